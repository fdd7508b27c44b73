//! Ports of containers, of Services and of network policies.

use plimsoll_kubernetes::Field;

/// A port's protocol, after defaulting.
pub(crate) fn protocol<'d>(port: &Field<'d>) -> &'d str {
    match port.get("protocol").text() {
        "" => "TCP",
        protocol => protocol,
    }
}

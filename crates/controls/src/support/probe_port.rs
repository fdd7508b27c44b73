//! The ports that probes ask.

use plimsoll_engine::Findings;
use plimsoll_kubernetes::{Container, Field};

/// Finds a probe's port that the container, which declares ports, doesn't declare; or a name that it
/// doesn't.
pub(crate) fn check<'d>(container: &Container<'_, 'd>, probe: &'static str, found: &mut Findings<'_, 'd>) {
    let ports = container.get("ports");
    let asked = container.get(probe);
    for handler in ["httpGet", "tcpSocket", "grpc"] {
        let port = asked.key(handler).get("port");
        if !port.exists() {
            continue;
        }
        // Every probe of the network goes over TCP, which is what a port without a protocol means.
        let declares = |field: &'static str, wanted: &Field<'_>| {
            ports.items().filter(|port| matches!(port.get("protocol").text(), "" | "TCP")).any(|port| {
                let declared = port.get(field);
                declared.as_str() == wanted.as_str() && declared.as_i64() == wanted.as_i64()
            })
        };
        let missing = match port.as_str() {
            Some(name) => !declares("name", &port) && name.parse::<u16>().is_err(),
            None => port.as_i64().is_some() && !ports.is_empty() && !declares("containerPort", &port),
        };
        if missing {
            let title = container.title();
            found.at(&port, format!("{title} doesn't declare the port of its {probe}: name it under ports"));
        }
    }
}

//! The metadata services of clouds, and whether rules of egress lead to one.

use std::net::{IpAddr, Ipv4Addr};

use super::super::selector::Match;
use super::Rule;

/// Addresses from which clouds give every node its identity, and the TCP ports that answer there: the
/// link-local one that most use, and Azure's wire server.
pub(crate) const METADATA_SERVICES: [(IpAddr, &[i64]); 2] = [
    (IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254)), &[80]),
    (IpAddr::V4(Ipv4Addr::new(168, 63, 129, 16)), &[80, 32526]),
];

/// Whether a rule lets a pod reach an address on a TCP port. Peers of pods are no addresses outside
/// the cluster.
pub(crate) fn reaches_address(rule: &Rule<'_>, address: IpAddr, port: i64) -> bool {
    rule.has_port("TCP", port) == Match::Yes
        && (rule.is_for_any_peer()
            || rule.peers().any(|peer| peer.block().is_some_and(|block| block.contains(address))))
}

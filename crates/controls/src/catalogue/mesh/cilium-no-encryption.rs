//! Cilium without encryption sends what pods say to one another over the network in clear text.
//!
//! ## What it checks
//! The ConfigMap `cilium-config`: whether `enable-wireguard` or `enable-ipsec` is `"true"`, or another text
//! that Cilium reads so (`"1"`, `"t"`, `"True"`; spaces and line ends around it are dropped).
//!
//! ## Why it matters
//! Who listens between the nodes, in the provider's network or on a switch, reads and changes all traffic
//! that applications don't encrypt themselves.
//!
//! ## How to fix
//! Set `enable-wireguard: "true"` (in the chart `encryption.enabled` and `encryption.type: wireguard`). Where a
//! mesh encrypts all traffic already, waive this with that reason.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: cilium-config
//!   namespace: kube-system
//! data: # <- here
//!   enable-ipv4: "true"
//!   enable-ipsec: "false"
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: cilium-config
//!   namespace: kube-system
//! data:
//!   enable-wireguard: "true"
//! ```
//! ```yaml near-miss
//! # As Cilium reads it.
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: cilium-config
//! data:
//!   enable-wireguard: "1"
//! ---
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: cilium-config
//! data:
//!   enable-ipsec: |
//!     true
//! ---
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: agent-config
//! data:
//!   enable-ipv4: "true"
//! ```

use crate::prelude::*;
use crate::support::go;

pub const CONTROL: Control = Control {
    id: "mesh/cilium-no-encryption",
    title: "Cilium without encryption",
    severity: Medium,
    frameworks: &[nsa("network/encryption"), owasp("K05")],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "ConfigMap")], check),
};

fn check<'d>(map: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let data = map.get("data");
    let encrypts = ["enable-wireguard", "enable-ipsec"]
        .into_iter()
        .any(|key| go::parse_bool(data.key(key).text().trim()) == Some(true));
    if map.name() == "cilium-config" && !data.is_empty() && !encrypts {
        found.at(
            &data.key("enable-wireguard"),
            "traffic between pods isn't encrypted: set enable-wireguard to \"true\"",
        );
    }
}

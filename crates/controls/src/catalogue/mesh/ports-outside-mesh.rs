//! Ports that bypass the proxy are neither encrypted nor checked by the mesh.
//!
//! ## What it checks
//! Annotations of pods, and for Linkerd of namespaces: `config.linkerd.io/skip-inbound-ports` and
//! `skip-outbound-ports`, Istio's `traffic.sidecar.istio.io/excludeInboundPorts`, `excludeOutboundPorts` and
//! `excludeOutboundIPRanges`. Ports on which TLS is customary (443, 6443, 8443, 9443, 636, 993, 995, 5671,
//! 10250) are left out; ranges of ports are not.
//!
//! ## Why it matters
//! What passes there is in clear text unless the application encrypts, and policies by identity don't see it.
//!
//! ## How to fix
//! Remove the port. For protocols where the server speaks first Linkerd has opaque ports, and Istio
//! `appProtocol: tcp`: both stay in the mesh.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   annotations:
//!     config.linkerd.io/skip-outbound-ports: 443,3306 # <- here
//!     traffic.sidecar.istio.io/excludeInboundPorts: "8080" # <- here
//!     traffic.sidecar.istio.io/excludeOutboundIPRanges: 10.0.0.0/8 # <- here
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ---
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//!   annotations:
//!     config.linkerd.io/skip-inbound-ports: 4000-5000 # <- here
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   annotations:
//!     config.linkerd.io/opaque-ports: "3306"
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml near-miss
//! # The port of a webhook, which speaks TLS to the API server.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: webhook
//!   annotations:
//!     traffic.sidecar.istio.io/excludeInboundPorts: "8443, 9443"
//!     traffic.sidecar.istio.io/excludeOutboundPorts: ""
//! spec:
//!   containers:
//!   - name: webhook
//!     image: registry.example.com/webhook:1.4
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "mesh/ports-outside-mesh",
    title: "Ports that bypass the mesh",
    severity: Medium,
    frameworks: &[nsa("network/encryption"), owasp("K05")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Inventory(&[GroupKind::new("", "Pod"), GroupKind::new("", "Namespace")], check),
};

const LINKERD: [&str; 2] = ["config.linkerd.io/skip-inbound-ports", "config.linkerd.io/skip-outbound-ports"];
const ISTIO: [&str; 3] = [
    "traffic.sidecar.istio.io/excludeInboundPorts",
    "traffic.sidecar.istio.io/excludeOutboundPorts",
    "traffic.sidecar.istio.io/excludeOutboundIPRanges",
];

/// Ports on which servers speak TLS by custom.
const TLS_PORTS: &[&str] = &["443", "636", "993", "995", "5671", "6443", "8443", "9443", "10250"];

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    for namespace in inventory.of_kind("", "Namespace") {
        for key in LINKERD {
            judge(namespace.annotation(key), found);
        }
    }
    for pod in inventory.pods() {
        for key in LINKERD.into_iter().chain(ISTIO) {
            judge(pod.annotation(key), found);
        }
    }
}

fn judge<'d>(annotation: Field<'d>, found: &mut Findings<'_, 'd>) {
    let plain: Vec<&str> = annotation
        .text()
        .split(',')
        .map(str::trim)
        .filter(|port| !port.is_empty() && !TLS_PORTS.contains(port))
        .collect();
    if !plain.is_empty() {
        found.at(
            &annotation,
            format!("{} bypasses the mesh: neither encrypted nor checked", plain.join(", ")),
        );
    }
}

//! An Istio Gateway that takes HTTP serves in clear text.
//!
//! ## What it checks
//! Servers of Istio Gateways with the protocol HTTP, HTTP2 or GRPC, unless `tls.httpsRedirect` sends clients on.
//! Gateways on the way out (a selector with `egressgateway`) are not meant: the mesh encrypts what comes
//! to them.
//!
//! ## Why it matters
//! Sessions, passwords and tokens cross every network between the user and the cluster readable and
//! changeable.
//!
//! ## How to fix
//! Use the protocol HTTPS with `tls.mode: SIMPLE` and a `credentialName`, and set `tls.httpsRedirect: true` on the
//! HTTP server.
//!
//! ```yaml bad
//! apiVersion: networking.istio.io/v1
//! kind: Gateway
//! metadata:
//!   name: edge
//! spec:
//!   selector: {istio: ingressgateway}
//!   servers:
//!   - hosts: [shop.example.com]
//!     port:
//!       name: http
//!       number: 80
//!       protocol: HTTP # <- here
//! ```
//! ```yaml good
//! apiVersion: networking.istio.io/v1
//! kind: Gateway
//! metadata:
//!   name: edge
//! spec:
//!   selector: {istio: ingressgateway}
//!   servers:
//!   - hosts: [shop.example.com]
//!     port: {name: https, number: 443, protocol: HTTPS}
//!     tls: {mode: SIMPLE, credentialName: shop-tls}
//!   - hosts: [shop.example.com]
//!     port: {name: http, number: 80, protocol: HTTP}
//!     tls: {httpsRedirect: true}
//! ```
//! ```yaml near-miss
//! apiVersion: networking.istio.io/v1
//! kind: Gateway
//! metadata:
//!   name: out
//! spec:
//!   selector: {istio: egressgateway}
//!   servers:
//!   - hosts: [api.example.com]
//!     port: {name: http, number: 80, protocol: HTTP}
//! ---
//! apiVersion: networking.istio.io/v1
//! kind: Gateway
//! metadata:
//!   name: passed-through
//! spec:
//!   servers:
//!   - hosts: [db.example.com]
//!     port: {name: db, number: 5432, protocol: TCP}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "gateway/istio-no-tls",
    title: "Istio Gateway that serves HTTP",
    severity: Medium,
    frameworks: &[aks("5.4.5"), eks("5.4.5"), nsa("network/encryption")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("networking.istio.io", "Gateway")], check),
};

fn check<'d>(gateway: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let is_egress = gateway
        .get("spec.selector")
        .entries()
        .any(|(_, value)| value.text().contains("egressgateway") || value.text().contains("egress-gateway"));
    if is_egress {
        return;
    }
    for server in gateway.get("spec.servers").items() {
        let protocol = server.get("port.protocol");
        let is_plain = ["HTTP", "HTTP2", "GRPC", "GRPC-WEB"]
            .iter()
            .any(|name| protocol.text().eq_ignore_ascii_case(name));
        if is_plain && !server.get("tls.httpsRedirect").is_true() {
            found.at(
                &protocol,
                "the server takes clear text: use HTTPS with a certificate, or set tls.httpsRedirect",
            );
        }
    }
}

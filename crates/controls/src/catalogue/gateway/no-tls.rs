//! A Gateway that takes HTTP serves in clear text.
//!
//! ## What it checks
//! Listeners of Gateways with the protocol HTTP, where a route of the scan that attaches to them (and that their
//! `allowedRoutes` and `hostname` take) does more than send the client to HTTPS, or where the Gateway has no
//! encrypted listener (HTTPS or TLS) and no such redirect is known. An HTTP listener beside an encrypted one whose
//! routes lie elsewhere is not judged.
//!
//! ## Why it matters
//! Sessions, passwords and tokens cross every network between the user and the cluster readable and
//! changeable.
//!
//! ## How to fix
//! Add a listener with the protocol HTTPS and a certificate, attach the routes to it by `sectionName`, and leave
//! one HTTPRoute with a RequestRedirect (`scheme: https`) on the HTTP listener.
//!
//! ```yaml bad
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: Gateway
//! metadata:
//!   name: plain
//! spec:
//!   listeners:
//!   - name: http
//!     protocol: HTTP # <- here
//!     port: 80
//! ---
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: Gateway
//! metadata:
//!   name: both
//! spec:
//!   listeners:
//!   - name: https
//!     protocol: HTTPS
//!     port: 443
//!   - name: http
//!     protocol: HTTP # <- here
//!     port: 80
//! ---
//! # Without a sectionName it attaches to both.
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: HTTPRoute
//! metadata:
//!   name: web
//! spec:
//!   parentRefs:
//!   - name: both
//!   rules:
//!   - backendRefs:
//!     - name: web
//!       port: 80
//! ```
//! ```yaml bad
//! # The labels of the namespace were not read: it may be one that the listener takes.
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: Gateway
//! metadata:
//!   name: both
//! spec:
//!   listeners:
//!   - name: https
//!     protocol: HTTPS
//!     port: 443
//!   - name: http
//!     protocol: HTTP # <- here
//!     port: 80
//!     hostname: "*.example.com"
//!     allowedRoutes:
//!       namespaces:
//!         from: Selector
//!         selector: {matchLabels: {edge: "true"}}
//! ---
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: HTTPRoute
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   hostnames: [shop.example.com]
//!   parentRefs:
//!   - name: both
//!     namespace: default
//!   rules:
//!   - backendRefs:
//!     - name: web
//!       port: 80
//! ```
//! ```yaml good
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: Gateway
//! metadata:
//!   name: both
//! spec:
//!   listeners:
//!   - name: https
//!     protocol: HTTPS
//!     port: 443
//!   - name: http
//!     protocol: HTTP
//!     port: 80
//! ---
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: HTTPRoute
//! metadata:
//!   name: web
//! spec:
//!   parentRefs:
//!   - name: both
//!     sectionName: https
//!   rules:
//!   - backendRefs:
//!     - name: web
//!       port: 80
//! ---
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: HTTPRoute
//! metadata:
//!   name: redirect
//! spec:
//!   parentRefs:
//!   - name: both
//!     sectionName: http
//!   rules:
//!   - filters:
//!     - type: RequestRedirect
//!       requestRedirect: {scheme: https, statusCode: 301}
//! ```
//! ```yaml near-miss
//! # The routes lie elsewhere; and a Gateway of a mesh.
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: Gateway
//! metadata:
//!   name: both
//! spec:
//!   listeners:
//!   - name: https
//!     protocol: HTTPS
//!     port: 443
//!   - name: http
//!     protocol: HTTP
//!     port: 80
//! ---
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: Gateway
//! metadata:
//!   name: waypoint
//! spec:
//!   gatewayClassName: istio-waypoint
//!   listeners:
//!   - name: mesh
//!     protocol: HBONE
//!     port: 15008
//! ```
//! ```yaml near-miss
//! # Teams name no listener, and only the encrypted ones take their routes: by namespace, host or kind.
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: Gateway
//! metadata:
//!   name: edge
//!   namespace: infra
//! spec:
//!   listeners:
//!   - name: own-namespace
//!     protocol: HTTP
//!     port: 80
//!   - name: other-host
//!     protocol: HTTP
//!     port: 8080
//!     hostname: "*.legacy.example.com"
//!     allowedRoutes:
//!       namespaces: {from: All}
//!   - name: other-kind
//!     protocol: HTTP
//!     port: 8081
//!     allowedRoutes:
//!       namespaces: {from: All}
//!       kinds: [{kind: GRPCRoute}]
//!   - name: https
//!     protocol: HTTPS
//!     port: 443
//!     allowedRoutes:
//!       namespaces: {from: All}
//! ---
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: HTTPRoute
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   hostnames: [shop.example.com]
//!   parentRefs:
//!   - name: edge
//!     namespace: infra
//!   rules:
//!   - backendRefs:
//!     - name: web
//!       port: 80
//! ```

use crate::prelude::*;
use crate::support::route;

pub const CONTROL: Control = Control {
    id: "gateway/no-tls",
    title: "Gateway that serves HTTP",
    severity: Medium,
    frameworks: &[aks("5.4.5"), eks("5.4.5"), nsa("network/encryption")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new(route::GROUP, "Gateway")], check),
};

fn check<'d>(gateway: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let listeners = gateway.get("spec.listeners");
    let has_encrypted = listeners.items().any(|listener| {
        let protocol = listener.get("protocol");
        protocol.is("HTTPS") || protocol.is("TLS")
    });
    for listener in listeners.items() {
        let protocol = listener.get("protocol");
        if !protocol.is("HTTP") {
            continue;
        }
        let mut redirects = false;
        let mut serves = false;
        for kind in ["HTTPRoute", "GRPCRoute"] {
            for object in inventory.of_kind(route::GROUP, kind) {
                if route::attaches(object, inventory, gateway, &listener) {
                    let only = route::only_redirects(object);
                    redirects |= only;
                    serves |= !only;
                }
            }
        }
        if serves || !(has_encrypted || redirects) {
            found.at(
                &protocol,
                "the listener serves HTTP in clear text: use HTTPS with a certificate, and redirect",
            );
        }
    }
}

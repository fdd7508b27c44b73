//! A route that leads to a Service or port that isn't there answers with errors.
//!
//! ## What it checks
//! `backendRefs` and mirrors (of a rule, or of one backend) of HTTPRoute, GRPCRoute, TLSRoute, TCPRoute and UDPRoute
//! that name a Service: whether it is in the route's namespace, or the one that the reference names, where the Services
//! of that namespace are part of the scan; and whether it has the port. Other kinds of backend and namespaces of which
//! nothing was read are not judged.
//!
//! ## Why it matters
//! The route serves 500. And who may create a Service of the free name there gets the host's traffic.
//!
//! ## How to fix
//! Write the name, the namespace and the port as the Service has them, or remove the backend.
//!
//! ## How others differ
//! Kubescape reads neither GRPCRoute nor TLSRoute, and no ports.
//!
//! ```yaml bad
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: HTTPRoute
//! metadata:
//!   name: shop
//! spec:
//!   rules:
//!   - backendRefs:
//!     - name: wep # <- here
//!       port: 80
//!     - name: web
//!       port: 8080 # <- here
//!     - name: web
//!       port: 80
//!       filters:
//!       - type: RequestMirror
//!         requestMirror:
//!           backendRef:
//!             name: shadow # <- here
//!             port: 80
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   ports:
//!   - port: 80
//!     targetPort: 8080
//! ```
//! ```yaml good
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: GRPCRoute
//! metadata:
//!   name: shop
//! spec:
//!   rules:
//!   - backendRefs:
//!     - name: web
//!       namespace: bank
//!       port: 80
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//!   namespace: bank
//! spec:
//!   ports:
//!   - port: 80
//! ```
//! ```yaml near-miss
//! # Another namespace, and another kind.
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: HTTPRoute
//! metadata:
//!   name: shop
//! spec:
//!   rules:
//!   - backendRefs:
//!     - name: web
//!       namespace: elsewhere
//!       port: 80
//!     - group: storage.example.com
//!       kind: Bucket
//!       name: files
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: api
//! spec:
//!   ports:
//!   - port: 80
//! ```

use crate::prelude::*;
use crate::support::ingress::{self, Target};
use crate::support::route;

pub const CONTROL: Control = Control {
    id: "gateway/backend-missing",
    title: "Route to a Service or port that isn't there",
    severity: Low,
    frameworks: &[],
    aliases: &["kubescape:C-0302"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(route::KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    for backend in route::backends(object, inventory) {
        let name = backend.name.text();
        match ingress::target(inventory, backend.namespace, name, &backend.port) {
            Target::Possible => {}
            Target::NoPort => {
                found.at(&backend.port, format!("the Service {name} has no such port"));
            }
            Target::NoService => {
                found.at(&backend.name, format!("the namespace {} has no Service {name}", backend.namespace));
            }
        }
    }
}

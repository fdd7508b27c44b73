//! An Ingress that leads to a Service or port that isn't there answers with errors.
//!
//! ## What it checks
//! Every backend of rules and the default one: whether a Service of that name is in the Ingress's
//! namespace, where its Services are part of the scan, and whether the Service has the port, by number or
//! name. Backends that aren't Services, namespaces of which nothing was read and those in which an
//! operator makes Services are not judged, nor is the port `use-annotation` of AWS load balancers.
//!
//! ## Why it matters
//! The path serves 503. And who may create a Service of the free name in that namespace gets the
//! host's traffic.
//!
//! ## How to fix
//! Write the name and the port as the Service has them, or remove the path.
//!
//! ## How others differ
//! Kubescape doesn't look at the port; kube-linter reads networking.k8s.io/v1 alone. kube-score leaves out the default
//! backend.
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//! spec:
//!   rules:
//!   - http:
//!       paths:
//!       - path: /
//!         backend:
//!           service:
//!             name: wep # <- here
//!             port: {number: 80}
//!       - path: /api
//!         backend:
//!           service:
//!             name: web
//!             port:
//!               number: 8080 # <- here
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   ports:
//!   - {name: http, port: 80, targetPort: 8080}
//! ---
//! apiVersion: extensions/v1beta1
//! kind: Ingress
//! metadata:
//!   name: old
//! spec:
//!   backend:
//!     serviceName: web
//!     servicePort: https # <- here
//! ```
//! ```yaml good
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//! spec:
//!   defaultBackend:
//!     service:
//!       name: web
//!       port: {name: http}
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   ports:
//!   - {name: http, port: 80}
//! ```
//! ```yaml near-miss
//! # A namespace of which nothing else was read, a bucket, and an action of a load balancer.
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   namespace: elsewhere
//! spec:
//!   rules:
//!   - http:
//!       paths:
//!       - path: /
//!         backend:
//!           service: {name: web, port: {number: 80}}
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: files
//! spec:
//!   defaultBackend:
//!     resource: {apiGroup: storage.example.com, kind: Bucket, name: files}
//!   rules:
//!   - http:
//!       paths:
//!       - path: /
//!         backend:
//!           service: {name: redirect, port: {name: use-annotation}}
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   ports:
//!   - {port: 80}
//! ```

use crate::prelude::*;
use crate::support::ingress::{self, Target};

pub const CONTROL: Control = Control {
    id: "ingress/backend-missing",
    title: "Ingress to a Service or port that isn't there",
    severity: Low,
    frameworks: &[],
    aliases: &[
        "kubescape:C-0298",
        "kube-linter:dangling-ingress",
        "kube-score:ingress-targets-service",
        "popeye:POP-1400",
        "popeye:POP-1401",
        "popeye:POP-1402",
    ],
    profiles: &[Recommended],
    fix: None,
    check: ingress::every(check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let namespace = inventory.namespace_of(object);
    for backend in ingress::backends(object) {
        if backend.port.is("use-annotation") {
            continue;
        }
        let name = backend.service.text();
        match ingress::target(inventory, namespace, name, &backend.port) {
            Target::Possible => {}
            Target::NoPort => {
                found.at(&backend.port, format!("the Service {name} has no such port"));
            }
            Target::NoService => {
                found.at(&backend.service, format!("the namespace {namespace} has no Service {name}"));
            }
        }
    }
}

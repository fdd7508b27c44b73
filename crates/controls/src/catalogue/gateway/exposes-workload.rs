//! A route of a Gateway puts a workload where people outside can reach it.
//!
//! ## What it checks
//! Routes of the Gateway API with a Gateway as parent, and VirtualServices of Istio on a Gateway, whose Service
//! selects a pod or pod template of the scan. Routes between services of a mesh are not meant.
//!
//! ## Why it matters
//! Not a fault by itself: the list of what is exposed, for a review that asks of each whether it should be,
//! and whether a login stands before it.
//!
//! ## How to fix
//! Remove routes that need not be reachable; waive the rest with the reason.
//!
//! ## How others differ
//! Kubescape's C-0266 marks the workload, here it is the backend.
//!
//! ```yaml bad
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: TCPRoute
//! metadata:
//!   name: db
//! spec:
//!   parentRefs:
//!   - name: edge
//!   rules:
//!   - backendRefs:
//!     - name: web # <- here
//!       port: 80
//! ---
//! apiVersion: networking.istio.io/v1
//! kind: VirtualService
//! metadata:
//!   name: web
//! spec:
//!   hosts: [shop.example.com]
//!   gateways: [edge]
//!   http:
//!   - route:
//!     - destination:
//!         host: web.default.svc.cluster.local # <- here
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   selector: {app: web}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   labels: {app: web}
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   selector: {app: web}
//! ```
//! ```yaml near-miss
//! # Within the mesh alone.
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: HTTPRoute
//! metadata:
//!   name: split
//! spec:
//!   parentRefs:
//!   - group: ""
//!     kind: Service
//!     name: web
//!   rules:
//!   - backendRefs:
//!     - name: web
//!       port: 80
//! ---
//! apiVersion: networking.istio.io/v1
//! kind: VirtualService
//! metadata:
//!   name: web
//! spec:
//!   hosts: [web]
//!   gateways: [mesh]
//!   http:
//!   - route:
//!     - destination: {host: web}
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   selector: {app: web}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   labels: {app: web}
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```

use crate::prelude::*;
use crate::support::{ingress, route};

pub const CONTROL: Control = Control {
    id: "gateway/exposes-workload",
    title: "Workload exposed by a Gateway",
    severity: Low,
    frameworks: &[mitre("T1133")],
    aliases: &["kubescape:C-0266"],
    profiles: &[],
    fix: None,
    check: Check::Object(
        &[
            GroupKind::new(route::GROUP, "HTTPRoute"),
            GroupKind::new(route::GROUP, "GRPCRoute"),
            GroupKind::new(route::GROUP, "TLSRoute"),
            GroupKind::new(route::GROUP, "TCPRoute"),
            GroupKind::new(route::GROUP, "UDPRoute"),
            GroupKind::new("networking.istio.io", "VirtualService"),
        ],
        check,
    ),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let backends: Vec<(Field<'d>, &'d str, &'d str)> = if object.kind() == "VirtualService" {
        of_virtual_service(object, inventory.namespace_of(object))
    } else if object.get("spec.parentRefs").items().any(|parent| route::is_to_gateway(&parent)) {
        let backends = route::backends(object, inventory).into_iter();
        backends.map(|backend| (backend.name, backend.name.text(), backend.namespace)).collect()
    } else {
        Vec::new()
    };
    for (field, service, namespace) in backends {
        if let Some(pod) = ingress::pods_behind(inventory, namespace, service).next() {
            let workload = pod.object();
            found.at(
                &field,
                format!("{} {} is reachable from outside by this route", workload.kind(), workload.name()),
            );
        }
    }
}

/// Destinations of a VirtualService on a Gateway; `mesh` stands for the sidecars.
fn of_virtual_service<'d>(object: &Object<'d>, own: &'d str) -> Vec<(Field<'d>, &'d str, &'d str)> {
    if !object.get("spec.gateways").strings().any(|gateway| gateway != "mesh") {
        return Vec::new();
    }
    ["spec.http", "spec.tls", "spec.tcp"]
        .into_iter()
        .flat_map(|path| object.get(path).items())
        .flat_map(|rule| rule.get("route").items())
        .map(|route| route.get("destination.host"))
        .map(|host| {
            // `web`, `web.shop`, `web.shop.svc.cluster.local`
            let mut parts = host.text().split('.');
            let service = parts.next().unwrap_or("");
            (host, service, parts.next().unwrap_or(own))
        })
        .collect()
}

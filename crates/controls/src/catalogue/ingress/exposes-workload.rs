//! An Ingress puts a workload where people outside can reach it.
//!
//! ## What it checks
//! Backends of Ingresses whose Service selects a pod or pod template of the scan.
//!
//! ## Why it matters
//! Not a fault by itself: the list of what is exposed, for a review that asks of each whether it should be,
//! and whether a login stands before it.
//!
//! ## How to fix
//! Remove paths that need not be reachable; waive the rest with the reason.
//!
//! ## How others differ
//! KICS reads only the form that Kubernetes 1.22 removed. Kubescape marks the workload, here it is the
//! backend.
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//! spec:
//!   defaultBackend:
//!     service:
//!       name: web # <- here
//!       port: {number: 80}
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
//! # The Service selects another pod.
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//! spec:
//!   defaultBackend:
//!     service: {name: web, port: {number: 80}}
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec: {}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```

use crate::prelude::*;
use crate::support::ingress;

pub const CONTROL: Control = Control {
    id: "ingress/exposes-workload",
    title: "Workload exposed by an Ingress",
    severity: Low,
    frameworks: &[mitre("T1133")],
    aliases: &["kubescape:C-0256", "kics:Ingress-Controller-Exposes-Workload"],
    profiles: &[],
    fix: None,
    check: ingress::every(check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let namespace = inventory.namespace_of(object);
    for backend in ingress::backends(object) {
        if let Some(pod) = ingress::pods_behind(inventory, namespace, backend.service.text()).next() {
            let workload = pod.object();
            found.at(
                &backend.service,
                format!("{} {} is reachable from outside by this path", workload.kind(), workload.name()),
            );
        }
    }
}

//! A Service that selects no pod answers nobody.
//!
//! ## What it checks
//! `spec.selector` of Services, where the pods of the namespace are part of the scan: whether a pod or pod template has
//! the labels, one without a spec too, which is a patch of another. Not judged: Services without a selector (their
//! endpoints are written by hand or by a controller), type ExternalName, namespaces in which an operator makes pods,
//! and labels that only controllers give to pods.
//!
//! ## Why it matters
//! Callers get refused connections. A Service whose labels are free is also an invitation: the next pod
//! that carries them receives its traffic.
//!
//! ## How to fix
//! Use the labels of the pod template (not those of the Deployment).
//!
//! ## How others differ
//! kube-linter finds Services without a selector, and those of which no pod is part of the input.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   selector: # <- here
//!     app: web
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   labels:
//!     app: web
//! spec:
//!   template:
//!     metadata:
//!       labels:
//!         app: website
//!     spec:
//!       containers:
//!       - name: web
//!         image: registry.example.com/web:1.4
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     app: web
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   labels:
//!     app: web
//!     tier: front
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml near-miss
//! # One pod of a StatefulSet; endpoints written by hand; a namespace of which no pod was read; one where
//! # an operator makes the pods.
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: db-0
//! spec:
//!   selector:
//!     app: db
//!     statefulset.kubernetes.io/pod-name: db-0
//! ---
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata:
//!   name: db
//! spec:
//!   template:
//!     metadata:
//!       labels:
//!         app: db
//!     spec:
//!       containers:
//!       - name: db
//!         image: registry.example.com/db:1.4
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: legacy
//! spec:
//!   clusterIP: None
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//!   namespace: elsewhere
//! spec:
//!   selector:
//!     app: web
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: queue
//!   namespace: queue
//! spec:
//!   selector:
//!     strimzi.io/cluster: queue
//! ---
//! apiVersion: kafka.strimzi.io/v1
//! kind: Kafka
//! metadata:
//!   name: queue
//!   namespace: queue
//! spec: {}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: client
//!   namespace: queue
//! spec:
//!   containers:
//!   - name: client
//!     image: registry.example.com/client:1.4
//! ```
//! ```yaml near-miss
//! # A patch gives the label.
//! apiVersion: v1
//! kind: Service
//! metadata: {name: web}
//! spec: {selector: {app: web, tier: front}}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   template:
//!     metadata: {labels: {app: web, tier: front}}
//! ```
//! ```yaml bad
//! # One of another namespace doesn't.
//! apiVersion: v1
//! kind: Service
//! metadata: {name: web, namespace: shop}
//! spec:
//!   selector: {app: web} # <- here
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: other, namespace: shop, labels: {app: other}}
//! spec: {containers: [{name: other, image: registry.example.com/other:1.4}]}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web, namespace: bank}
//! spec:
//!   template:
//!     metadata: {labels: {app: web}}
//! ```

use crate::prelude::*;
use crate::support::scope;

pub const CONTROL: Control = Control {
    id: "service/selects-nothing",
    title: "Service selects no pod",
    severity: Low,
    frameworks: &[],
    aliases: &[
        "kubescape:C-0293",
        "kube-linter:dangling-service",
        "kube-score:service-targets-pod",
        "popeye:POP-1100",
        "popeye:POP-1105",
        "popeye:POP-1109",
        "popeye:POP-1110",
        "kics:Service-Does-Not-Target-Pod",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "Service")], check),
};

fn check<'d>(service: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let namespace = inventory.namespace_of(service);
    let field = service.get("spec.selector");
    let selector = LabelSelector::plain(field);
    if selector.is_empty()
        || service.get("spec.type").is("ExternalName")
        || scope::selects_some(inventory, namespace, selector)
        || !scope::holds_pods_of(inventory, namespace)
    {
        return;
    }
    found.at(
        &field,
        format!("no pod of the namespace {namespace} has these labels: the Service has no endpoint"),
    );
}

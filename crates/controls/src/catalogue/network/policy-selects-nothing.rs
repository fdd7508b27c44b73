//! A NetworkPolicy that selects no pod protects nothing.
//!
//! ## What it checks
//! Whether `spec.podSelector` of a NetworkPolicy matches a pod or pod template of its namespace.
//! An empty selector matches every pod, those to come too, and is never found. Policies of a
//! namespace from which the scan holds no pod at all, or in which an operator makes pods, are not judged.
//!
//! ## Why it matters
//! A label that was renamed leaves the policy in place and the workload open, and nothing says so.
//!
//! ## How to fix
//! Make the selector match the labels of the pod template (not those of the Deployment).
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   podSelector: # <- here
//!     matchLabels:
//!       app: web
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   namespace: shop
//!   labels:
//!     app: web
//! spec:
//!   template:
//!     metadata:
//!       labels:
//!         app.kubernetes.io/name: web
//!     spec:
//!       containers:
//!       - name: web
//!         image: registry.example.com/web:1.4
//! ---
//! apiVersion: extensions/v1beta1
//! kind: NetworkPolicy
//! metadata:
//!   name: old
//!   namespace: shop
//! spec:
//!   podSelector: # <- here
//!     matchLabels:
//!       app: web
//! ```
//! ```yaml good
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   podSelector:
//!     matchExpressions:
//!     - key: app
//!       operator: In
//!       values: [web, api]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   labels:
//!     app: api
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml near-miss
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: default-deny
//! spec:
//!   podSelector: {}
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
//! ```yaml near-miss
//! # The operator makes the pods that the policy is for.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: prometheus
//! spec:
//!   podSelector:
//!     matchLabels:
//!       app.kubernetes.io/name: prometheus
//! ---
//! apiVersion: monitoring.coreos.com/v1
//! kind: Prometheus
//! metadata:
//!   name: main
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
use crate::support::{network_policy, scope};

pub const CONTROL: Control = Control {
    id: "network/policy-selects-nothing",
    title: "NetworkPolicy selects no pod",
    severity: Low,
    frameworks: &[cis("5.3.2"), aks("4.4.2"), eks("4.3.2"), nsa("network/policies"), owasp("K05")],
    aliases: &[
        "kubescape:C-0299",
        "kube-linter:dangling-networkpolicy",
        "kube-score:networkpolicy-targets-pod",
        "popeye:POP-1200",
        "kics:Network-Policy-Is-Not-Targeting-Any-Pod",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(network_policy::KINDS, check),
};

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let namespace = inventory.namespace_of(policy);
    let field = policy.get("spec.podSelector");
    let selector = LabelSelector::new(field);
    if selector.is_empty() || scope::selects_some(inventory, namespace, selector) {
        return;
    }
    if scope::holds_pods_of(inventory, namespace) {
        found.at(
            &field,
            format!("no pod of the namespace {namespace} has these labels: the policy does nothing"),
        );
    }
}

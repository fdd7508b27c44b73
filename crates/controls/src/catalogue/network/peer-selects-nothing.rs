//! A peer that no pod matches allows nothing: the connection that it was written for is cut.
//!
//! ## What it checks
//! Peers of NetworkPolicies with labels in `podSelector`, where the namespace is certain (the policy's
//! own, or named by the label `kubernetes.io/metadata.name`) and its pods are part of the scan: whether
//! one of them matches. Namespaces of the cluster's own, namespaces of which no pod was read, and those
//! in which an operator makes pods are not judged; nor are address blocks.
//!
//! ## Why it matters
//! A label was renamed or the peer was meant for another namespace. What doesn't work gets opened wider
//! until it does.
//!
//! ## How to fix
//! Use the labels of the peer's pod template, and add a `namespaceSelector` to the same peer where it
//! lives elsewhere.
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: db
//!   namespace: shop
//! spec:
//!   podSelector: {}
//!   ingress:
//!   - from:
//!     - podSelector: # <- here
//!         matchLabels: {app: api}
//!     - podSelector:
//!         matchLabels: {app: web}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//!   labels: {app: web}
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml good
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: db
//!   namespace: data
//! spec:
//!   podSelector: {}
//!   ingress:
//!   - from:
//!     - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}
//!       podSelector: {matchLabels: {app: web}}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//!   labels: {app: web}
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml near-miss
//! # DNS and the ingress controller lie outside; other labels leave the namespace open.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: db
//!   namespace: shop
//! spec:
//!   podSelector: {}
//!   policyTypes: [Ingress, Egress]
//!   ingress:
//!   - from:
//!     - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress-nginx}}
//!       podSelector: {matchLabels: {app: ingress-nginx}}
//!     - namespaceSelector: {matchLabels: {team: edge}}
//!       podSelector: {matchLabels: {app: proxy}}
//!   egress:
//!   - to:
//!     - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
//!       podSelector: {matchLabels: {k8s-app: kube-dns}}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//!   labels: {app: web}
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```

use crate::prelude::*;
use crate::support::network_policy::{self, Direction, NetworkPolicy};
use crate::support::scope;

pub const CONTROL: Control = Control {
    id: "network/peer-selects-nothing",
    title: "Peer of a network policy selects no pod",
    severity: Low,
    frameworks: &[nsa("network/policies"), microsoft("MS-TA9034"), owasp("K05")],
    aliases: &[
        "kube-linter:dangling-networkpolicypeer-podselector",
        "popeye:POP-1201",
        "popeye:POP-1202",
        "popeye:POP-1206",
        "popeye:POP-1207",
        "popeye:POP-1208",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(network_policy::KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let own = inventory.namespace_of(object);
    let policy = NetworkPolicy::new(*object);
    for direction in [Direction::Ingress, Direction::Egress] {
        for peer in policy.rules(direction).flat_map(|rule| rule.peers()) {
            let Some(selector) = peer.pod_selector().filter(|selector| !selector.is_empty()) else {
                continue;
            };
            let Some(namespace) = peer.only_namespace(own) else { continue };
            if !scope::selects_some(inventory, namespace, selector)
                && scope::holds_pods_of(inventory, namespace)
            {
                found.at(
                    &selector.field(),
                    format!("no pod of the namespace {namespace} has these labels: the peer allows nothing"),
                );
            }
        }
    }
}

//! A namespace has no network policy at all.
//!
//! ## What it checks
//! Every Namespace of the scan: at least one policy that touches its pods, of NetworkPolicy or of a kind of Cilium,
//! Calico or the like. What the policy says isn't judged: that is `network/default-deny-ingress` and its siblings,
//! which look only where the scan holds pods. `kube-system`, `kube-public` and `kube-node-lease` are the cluster's
//! own. In the profile `all` alone, since policies are often kept apart from their namespace.
//!
//! ## Why it matters
//! Every pod of the cluster can connect to every pod of the namespace.
//!
//! ## How to fix
//! Add a NetworkPolicy that selects every pod and allows nothing, then one for each connection that is needed.
//!
//! ## How others differ
//! Kubescape judges the namespaces of the cluster itself too.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Namespace # <- here
//! metadata:
//!   name: shop
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata: {name: deny, namespace: bank}
//! spec:
//!   podSelector: {}
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata: {name: deny, namespace: shop}
//! spec:
//!   podSelector: {}
//!   policyTypes: [Ingress, Egress]
//! ```
//! ```yaml near-miss
//! # A policy for one app, and a namespace of the cluster's own.
//! apiVersion: v1
//! kind: Namespace
//! metadata: {name: shop}
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata: {name: web, namespace: shop}
//! spec:
//!   podSelector: {matchLabels: {app: web}}
//! ---
//! apiVersion: v1
//! kind: Namespace
//! metadata: {name: kube-system}
//! ```

use crate::prelude::*;
use crate::support::isolation::Isolation;

pub const CONTROL: Control = Control {
    id: "network/namespace-without-policy",
    title: "Namespace without a network policy",
    severity: Low,
    frameworks: &[cis("5.3.2"), aks("4.4.2"), eks("4.3.2"), nsa("network/default-deny"), owasp("K05")],
    aliases: &["kubescape:C-0049", "kubescape:C-0054", "kubescape:C-0206"],
    profiles: &[],
    fix: None,
    check: Check::Inventory(&[GroupKind::new("", "Namespace")], check),
};

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    let isolation = Isolation::of(inventory);
    for namespace in inventory.of_kind("", "Namespace") {
        let name = namespace.name();
        let is_system = matches!(name, "" | "kube-system" | "kube-public" | "kube-node-lease");
        let is_touched = || !isolation.policies_in(name).is_empty() || isolation.foreign_touches(name);
        if !is_system && !is_touched() {
            found.on(
                namespace,
                format!("the namespace {name} has no network policy: add one that denies all"),
            );
        }
    }
}

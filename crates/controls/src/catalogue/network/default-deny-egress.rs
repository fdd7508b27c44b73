//! A namespace without a default deny leaves the egress of each new pod open until somebody remembers it.
//!
//! ## What it checks
//! Namespaces from which the scan holds pods: whether a NetworkPolicy there selects every pod
//! (`podSelector: {}`) and isolates egress without a rule that lets everything through. A policy of another
//! kind counts where it may select every pod and close egress; one of the network policy API does so only
//! by denying every peer on every port. `kube-system`, `kube-public` and `kube-node-lease` are the
//! cluster's own and not judged; a namespace of which neither the object nor a policy was read isn't
//! either.
//!
//! ## Why it matters
//! Policies only add up to a boundary where what none of them names is closed. Without a default a pod
//! with a new label is outside of all of them, and nothing says so.
//!
//! ## How to fix
//! Add a policy with `podSelector: {}`, `policyTypes: [Egress]` and no rules.
//!
//! ## How others differ
//! Kubescape is content with any policy in the namespace, whatever it selects.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Namespace
//! metadata: # <- here
//!   name: shop
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   podSelector:
//!     matchLabels:
//!       app: web
//!   policyTypes: [Ingress, Egress]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//!   labels:
//!     app: web
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml bad
//! # The policy selects every pod and lets everything through.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: open
//!   namespace: shop # <- here
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//!   egress:
//!   - {}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: default-deny
//!   namespace: shop
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml near-miss
//! # A namespace of which no pod was read, and one whose policies and object lie elsewhere.
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: bank
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```

use crate::prelude::*;
use crate::support::isolation::{self, Isolation};
use crate::support::network_policy::{self, Direction};

pub const CONTROL: Control = Control {
    id: "network/default-deny-egress",
    title: "Namespace without a default deny of egress",
    severity: Medium,
    frameworks: &[
        cis("5.3.2"),
        aks("4.4.2"),
        eks("4.3.2"),
        nsa("network/default-deny"),
        mitre("T1046"),
        microsoft("MS-TA9031"),
        microsoft("MS-TA9034"),
        owasp("K05"),
    ],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Inventory(network_policy::KINDS_AND_NAMESPACE, check),
};

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    let isolation = Isolation::of(inventory);
    for (namespace, field) in isolation::without_default_deny(&isolation, inventory, Direction::Egress) {
        found.at(
            &field,
            format!(
                "the namespace {namespace} has no default deny of egress: add a NetworkPolicy with podSelector: {{}} \
                 and policyTypes: [Egress]"
            ),
        );
    }
}

//! The ResourceQuotas of a namespace leave a bound on CPU or memory open.
//!
//! ## What it checks
//! All ResourceQuotas of a namespace together: `requests.cpu` (or `cpu`), `requests.memory` (or `memory`),
//! `limits.cpu` and `limits.memory` must be among their `hard` bounds. One with `scopes` or a `scopeSelector` bounds
//! some pods alone, and doesn't count. The finding stands at the first of them.
//!
//! ## Why it matters
//! Bounded requests with open limits let pods use up the node's memory all the same; bounded limits with open requests
//! let them reserve the cluster.
//!
//! ## How to fix
//! Add the missing bounds.
//!
//! ## How others differ
//! Trivy judges each ResourceQuota by itself, and doesn't know `cpu` and `memory`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: ResourceQuota
//! metadata: {name: compute, namespace: shop}
//! spec:
//!   hard: # <- here
//!     requests.cpu: "8"
//!     requests.memory: 16Gi
//! ---
//! apiVersion: v1
//! kind: ResourceQuota
//! metadata: {name: urgent, namespace: shop}
//! spec:
//!   hard: {limits.cpu: "8", limits.memory: 16Gi}
//!   scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In, values: [urgent]}]}
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: ResourceQuota
//! metadata: {name: compute, namespace: shop}
//! spec:
//!   hard:
//!     requests.cpu: "8"
//!     requests.memory: 16Gi
//!     limits.cpu: "16"
//!     limits.memory: 32Gi
//! ```
//! ```yaml near-miss
//! # Spread over two quotas, one of which counts objects too.
//! apiVersion: v1
//! kind: ResourceQuota
//! metadata: {name: requests, namespace: shop}
//! spec:
//!   hard: {cpu: "8", memory: 16Gi, pods: "20"}
//! ---
//! apiVersion: v1
//! kind: ResourceQuota
//! metadata: {name: limits, namespace: shop}
//! spec:
//!   hard: {limits.cpu: "16", limits.memory: 32Gi}
//! ```

use crate::prelude::*;
use crate::support::namespaces;

pub const CONTROL: Control = Control {
    id: "namespace/resource-quota-incomplete",
    title: "ResourceQuota that leaves CPU or memory open",
    severity: Low,
    frameworks: &[nsa("network/resource-policies"), owasp("K01")],
    aliases: &["trivy:KSV-0040"],
    profiles: &[],
    fix: None,
    check: Check::Inventory(&[GroupKind::new("", "ResourceQuota")], check),
};

/// What must be bounded, with the short name that means the same.
const BOUNDS: &[(&str, &str)] = &[
    ("requests.cpu", "cpu"),
    ("requests.memory", "memory"),
    ("limits.cpu", "limits.cpu"),
    ("limits.memory", "limits.memory"),
];

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    let mut known = Vec::new();
    for quota in inventory.of_kind("", "ResourceQuota") {
        let namespace = inventory.namespace_of(quota);
        if known.contains(&namespace) {
            continue;
        }
        known.push(namespace);
        let is_bound = |name: &str| {
            inventory
                .of_kind("", "ResourceQuota")
                .filter(|quota| inventory.namespace_of(quota) == namespace && !namespaces::has_scopes(quota))
                .any(|quota| quota.get("spec.hard").entries().any(|(key, _)| key == name))
        };
        let open: Vec<&str> = BOUNDS
            .iter()
            .filter(|(name, short)| !is_bound(name) && !is_bound(short))
            .map(|(name, _)| *name)
            .collect();
        if !open.is_empty() {
            let message = format!("the namespace {namespace} has no bound on {}: add it", open.join(", "));
            found.at(&quota.get("spec.hard"), message);
        }
    }
}

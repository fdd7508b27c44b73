//! A namespace without a ResourceQuota can use up the cluster.
//!
//! ## What it checks
//! Every namespace that the scan defines or that it holds workloads of: its ResourceQuotas together must
//! bound CPU and memory (`requests.*`, `limits.*`, or `cpu` and `memory`). One with `scopes` or a
//! `scopeSelector` bounds some pods alone, and doesn't count. The finding stands at the Namespace, or at
//! the first workload where the scan doesn't hold the Namespace. `kube-*` namespaces are the cluster's own.
//!
//! ## Why it matters
//! One namespace that scales without bound takes the nodes of all others, by mistake or by intent.
//!
//! ## How to fix
//! Add a ResourceQuota with `requests.cpu`, `requests.memory`, `limits.cpu` and `limits.memory`, and a
//! bound on the number of objects where tenants share the cluster.
//!
//! ## How others differ
//! Trivy looks at ResourceQuota objects, and not at namespaces that have none.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Namespace # <- here
//! metadata:
//!   name: shop
//! ---
//! apiVersion: v1
//! kind: ResourceQuota
//! metadata:
//!   name: objects
//!   namespace: shop
//! spec:
//!   hard:
//!     pods: "20"
//! ---
//! apiVersion: v1
//! kind: ResourceQuota
//! metadata: {name: jobs, namespace: shop}
//! spec:
//!   scopes: [Terminating]
//!   hard: {cpu: "8", memory: 16Gi}
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//! ---
//! apiVersion: v1
//! kind: ResourceQuota
//! metadata:
//!   name: compute
//!   namespace: shop
//! spec:
//!   hard:
//!     limits.cpu: "8"
//!     limits.memory: 16Gi
//! ```
//! ```yaml near-miss
//! # Bounds may be spread over several quotas, and cpu is short for requests.cpu.
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//! ---
//! apiVersion: v1
//! kind: ResourceQuota
//! metadata: {name: cpu, namespace: shop}
//! spec: {hard: {cpu: "8"}}
//! ---
//! apiVersion: v1
//! kind: ResourceQuota
//! metadata: {name: memory, namespace: shop}
//! spec: {hard: {requests.memory: 16Gi}}
//! ```

use crate::prelude::*;
use crate::support::namespaces::{self, judged};

pub const CONTROL: Control = Control {
    id: "namespace/resource-quota",
    title: "Namespace without a ResourceQuota",
    severity: Low,
    frameworks: &[nsa("network/resource-policies"), mitre("T1499"), microsoft("MS-TA9040"), owasp("K01")],
    aliases: &["trivy:KSV-0040", "kics:Pod-or-Container-Without-ResourceQuota"],
    profiles: &[],
    fix: None,
    check: Check::Inventory(&[GroupKind::new("", "Namespace"), GroupKind::new("", "ResourceQuota")], check),
};

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    for (name, object) in judged(inventory) {
        let bounds = |keys: [&str; 3]| {
            inventory
                .of_kind_in("", "ResourceQuota", name)
                .filter(|quota| !namespaces::has_scopes(quota))
                .any(|quota| quota.get("spec.hard").entries().any(|(key, _)| keys.contains(&key)))
        };
        if !bounds(["cpu", "requests.cpu", "limits.cpu"])
            || !bounds(["memory", "requests.memory", "limits.memory"])
        {
            found.on(
                &object,
                format!("the namespace {name} has no ResourceQuota for CPU and memory: add one"),
            );
        }
    }
}

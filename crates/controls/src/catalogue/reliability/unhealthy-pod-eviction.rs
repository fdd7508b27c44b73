//! Pods that never become ready block the drain of their node.
//!
//! ## What it checks
//! `spec.unhealthyPodEvictionPolicy` of every PodDisruptionBudget: it should say `AlwaysAllow`. Absent, it is
//! `IfHealthyBudget`.
//!
//! ## Why it matters
//! A crash-looping pod counts against the budget and may not be evicted, though nobody misses it: the node is never
//! upgraded.
//!
//! ## How to fix
//! Set `unhealthyPodEvictionPolicy: AlwaysAllow`.
//!
//! ```yaml bad
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec: # <- here
//!   maxUnavailable: 1
//! ```
//! ```yaml fixed
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec:
//!   maxUnavailable: 1
//!   unhealthyPodEvictionPolicy: AlwaysAllow
//! ```
//! ```yaml good
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec:
//!   maxUnavailable: 1
//!   unhealthyPodEvictionPolicy: AlwaysAllow
//! ```
//! ```yaml near-miss
//! # Somebody decided.
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: db}
//! spec:
//!   maxUnavailable: 1
//!   unhealthyPodEvictionPolicy: IfHealthyBudget
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "reliability/unhealthy-pod-eviction",
    title: "Unhealthy pods block a drain",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:pdb-unhealthy-pod-eviction-policy"],
    profiles: &[],
    fix: Some(Unsafe),
    check: Check::Object(&[GroupKind::new("policy", "PodDisruptionBudget")], check),
};

fn check<'d>(budget: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let policy = budget.get("spec.unhealthyPodEvictionPolicy");
    if !policy.exists() {
        found
            .at(
                &policy,
                "pods that never become ready block a drain: set unhealthyPodEvictionPolicy to AlwaysAllow",
            )
            .unsafe_fix(set(&policy, "AlwaysAllow"));
    }
}

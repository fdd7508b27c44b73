//! A pod under several disruption budgets can't be evicted at all.
//!
//! ## What it checks
//! Pods that more than one PodDisruptionBudget of their namespace selects. An empty selector selects every pod, and in
//! `policy/v1beta1` none.
//!
//! ## Why it matters
//! The eviction API answers with an error for such a pod, so that its node can't be drained.
//!
//! ## How to fix
//! Make the selectors disjoint.
//!
//! ```yaml bad
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: a}
//! spec: {maxUnavailable: 1, selector: {}}
//! ---
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: b}
//! spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
//! ---
//! apiVersion: v1
//! kind: Pod # <- here
//! metadata: {name: web, labels: {app: web}}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml good
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: b}
//! spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, labels: {app: web}}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml near-miss
//! # One budget, written twice.
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: twice, namespace: post}
//! spec: {maxUnavailable: 1, selector: {}}
//! ---
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: twice, namespace: post}
//! spec: {maxUnavailable: 2, selector: {}}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: post}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml near-miss
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: a, namespace: shop}
//! spec: {maxUnavailable: 1, selector: {}}
//! ---
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: b, namespace: bank}
//! spec: {maxUnavailable: 1, selector: {}}
//! ---
//! apiVersion: policy/v1beta1
//! kind: PodDisruptionBudget
//! metadata: {name: none, namespace: bank}
//! spec: {maxUnavailable: 1, selector: {}}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: bank}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```

use crate::prelude::*;
use crate::support::workloads;

pub const CONTROL: Control = Control {
    id: "reliability/several-disruption-budgets",
    title: "Pod under several disruption budgets",
    severity: Medium,
    frameworks: &[],
    aliases: &["popeye:POP-209"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Kind(&[GroupKind::new("policy", "PodDisruptionBudget")]), check),
};

/// More than these say nothing more.
const NAMED: usize = 3;

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let mut budgets: Vec<_> =
        workloads::budgets(found.inventory(), pod).map(|budget| budget.name()).collect();
    // The same budget may stand in several files, of which one is applied.
    budgets.sort_unstable();
    budgets.dedup();
    budgets.truncate(NAMED);
    if budgets.len() > 1 {
        let message = format!(
            "the disruption budgets {} select the same pods: make them disjoint",
            budgets.join(" and ")
        );
        found.on(&pod.object(), message);
    }
}

//! A budget that allows no disruption keeps the nodes from being upgraded.
//!
//! ## What it checks
//! PodDisruptionBudgets with `maxUnavailable: 0` (or `0%`), `minAvailable: 100%`, or `minAvailable` at or above the
//! replicas of a workload of the scan that they select (the least that its autoscaler may go to).
//!
//! ## Why it matters
//! The drain waits for ever: security updates of the node stay out, and on AKS an upgrade of the cluster fails.
//!
//! ## How to fix
//! Set `maxUnavailable: 1`.
//!
//! ```yaml bad
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: a}
//! spec:
//!   maxUnavailable: 0 # <- here
//! ---
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: b}
//! spec:
//!   minAvailable: "100%" # <- here
//! ---
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: d}
//! spec:
//!   minAvailable: 2 # <- here
//!   selector: {matchLabels: {app: d}}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: d}
//! spec:
//!   replicas: 2
//!   template:
//!     metadata: {labels: {app: d}}
//!     spec: {containers: [{name: d, image: registry.example.com/d:1.4}]}
//! ```
//! ```yaml good
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec:
//!   maxUnavailable: 1
//!   selector: {matchLabels: {app: web}}
//! ```
//! ```yaml near-miss
//! # Two of three must stay.
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec:
//!   minAvailable: 2
//!   selector: {matchLabels: {app: web}}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   replicas: 3
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```

use crate::prelude::*;
use crate::support::workloads;

pub const CONTROL: Control = Control {
    id: "reliability/disruption-budget-blocks",
    title: "Disruption budget that allows no disruption",
    severity: Medium,
    frameworks: &[],
    aliases: &[
        "kube-linter:pdb-max-unavailable",
        "kube-linter:pdb-min-available",
        "polaris:pdbDisruptionsIsZero",
        "polaris:pdbMinAvailableGreaterThanHPAMinReplicas",
        "popeye:POP-901",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("policy", "PodDisruptionBudget")], check),
};

fn check<'d>(budget: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let (most, least) = (budget.get("spec.maxUnavailable"), budget.get("spec.minAvailable"));
    let advice = "set maxUnavailable to 1";
    if most.as_i64() == Some(0) || percent(&most) == Some(0) {
        found.at(&most, format!("the budget allows no disruption: {advice}"));
    } else if percent(&least) == Some(100) {
        found.at(&least, format!("the budget allows no disruption: {advice}"));
    } else if let Some(replicas) = selected_replicas(budget, found.inventory()) {
        // The controller rounds a percentage of pods up.
        let wanted = percent(&least).map_or(least.as_i64(), |percent| Some((replicas * percent + 99) / 100));
        if replicas > 0 && wanted.is_some_and(|wanted| wanted >= replicas) {
            found.at(
                &least,
                format!("all of {replicas} replicas must stay, so no node can be drained: {advice}"),
            );
        }
    }
}

/// The number of a whole percentage: 50 of `50%`.
fn percent(field: &Field<'_>) -> Option<i64> {
    field.as_str()?.strip_suffix('%')?.parse().ok()
}

/// The least replicas of the first workload that the budget selects.
fn selected_replicas<'d>(budget: &Object<'d>, inventory: &Inventory<'d>) -> Option<i64> {
    let selector = budget.get("spec.selector");
    if !selector.exists() {
        return None;
    }
    let object = inventory
        .selected(inventory.namespace_of(budget), LabelSelector::new(selector))
        .map(|pod| pod.object())
        .find(|object| {
            workloads::REPLICATED.iter().any(|kind| kind.matches(object.group(), object.kind()))
        })?;
    let scaled = workloads::autoscalers(inventory, &object)
        .map(|autoscaler| autoscaler.get("spec.minReplicas").as_i64().unwrap_or(1))
        .next();
    Some(scaled.unwrap_or_else(|| workloads::replicas(&object)))
}

//! A budget that says neither how many may go nor how many must stay.
//!
//! ## What it checks
//! PodDisruptionBudgets: that `maxUnavailable` or `minAvailable` is set.
//!
//! ## Why it matters
//! The disruption controller counts no expected pod for such a budget and allows no disruption: every drain of a
//! node with one of its pods waits for ever.
//!
//! ## How to fix
//! Set `maxUnavailable: 1`.
//!
//! ```yaml bad
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec: # <- here
//!   selector: {matchLabels: {app: web}}
//! ---
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: nothing}
//! spec:
//!   maxUnavailable: null # <- here
//!   selector: {matchLabels: {app: nothing}}
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
//! # Zero is set; that it allows no disruption is another control's matter.
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec:
//!   maxUnavailable: 0
//!   selector: {matchLabels: {app: web}}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "reliability/disruption-budget-empty",
    title: "Disruption budget without a policy",
    severity: Medium,
    frameworks: &[],
    aliases: &["kube-score:poddisruptionbudget-has-policy"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("policy", "PodDisruptionBudget")], check),
};

fn check<'d>(budget: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let most = budget.get("spec.maxUnavailable");
    if !most.exists() && !budget.get("spec.minAvailable").exists() {
        found.at(
            &most,
            "the budget sets neither maxUnavailable nor minAvailable and allows nothing: set maxUnavailable to 1",
        );
    }
}

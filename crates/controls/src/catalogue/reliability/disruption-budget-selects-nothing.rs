//! A disruption budget that selects no pod keeps none.
//!
//! ## What it checks
//! `spec.selector` of every PodDisruptionBudget: it must match a pod or pod template of its namespace. Namespaces
//! from which the scan holds no pod, or in which an operator makes pods, are not judged. An empty selector matches
//! every pod, in `policy/v1beta1` none; none at all matches none, whatever pods there are.
//!
//! ## Why it matters
//! The labels were renamed and the budget was not: a drain takes every replica.
//!
//! ## How to fix
//! Use the labels of the pod template.
//!
//! ```yaml bad
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec:
//!   maxUnavailable: 1
//!   selector: # <- here
//!     matchLabels: {app: website}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, labels: {app: web}}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml bad
//! apiVersion: policy/v1beta1
//! kind: PodDisruptionBudget
//! metadata: {name: all}
//! spec:
//!   maxUnavailable: 1
//!   selector: {} # <- here
//! ```
//! ```yaml good
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec:
//!   maxUnavailable: 1
//!   selector: {matchLabels: {app: web}}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, labels: {app: web}}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml near-miss
//! # The pods of this namespace aren't part of the scan.
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web, namespace: shop}
//! spec:
//!   maxUnavailable: 1
//!   selector: {matchLabels: {app: website}}
//! ```
//! ```yaml near-miss
//! # The template has labels, though no spec.
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec: {maxUnavailable: 1, selector: {matchExpressions: [{key: app, operator: In, values: [web]}]}}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   template:
//!     metadata: {labels: {app: web}}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: other, labels: {app: other}}
//! spec: {containers: [{name: other, image: registry.example.com/other:1.4}]}
//! ```

use crate::prelude::*;
use crate::support::{scope, workloads};

pub const CONTROL: Control = Control {
    id: "reliability/disruption-budget-selects-nothing",
    title: "Disruption budget selects no pod",
    severity: Low,
    frameworks: &[],
    aliases: &["popeye:POP-900"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("policy", "PodDisruptionBudget")], check),
};

fn check<'d>(budget: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let namespace = inventory.namespace_of(budget);
    let selects_nothing = workloads::budget_selector(budget).is_none_or(|selector| {
        scope::holds_pods_of(inventory, namespace) && !scope::selects_some(inventory, namespace, selector)
    });
    if selects_nothing {
        found.at(
            &budget.get("spec.selector"),
            format!("no pod of the namespace {namespace} is selected: use the labels of the pod template"),
        );
    }
}

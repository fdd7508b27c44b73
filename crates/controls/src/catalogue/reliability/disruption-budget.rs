//! Replicas without a disruption budget may all be evicted at once.
//!
//! ## What it checks
//! Deployments, StatefulSets and OpenShift's DeploymentConfigs with two replicas or more (or scaled by an autoscaler,
//! KEDA too): a PodDisruptionBudget of the scan in their namespace that selects their pods. An empty selector selects
//! every pod, and in `policy/v1beta1` none.
//!
//! ## Why it matters
//! A drain evicts what it may. Without a budget an upgrade of the nodes takes every replica in the same minute.
//!
//! ## How to fix
//! Add a PodDisruptionBudget with `maxUnavailable: 1`.
//!
//! ## How others differ
//! Polaris takes any one label that matches for a match; KICS the value of any, in every namespace.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment # <- here
//! metadata: {name: web}
//! spec:
//!   replicas: 2
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml bad
//! # In this version an empty selector selects nothing.
//! apiVersion: policy/v1beta1
//! kind: PodDisruptionBudget
//! metadata: {name: all}
//! spec: {maxUnavailable: 1, selector: {}}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment # <- here
//! metadata: {name: web}
//! spec:
//!   replicas: 2
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   replicas: 2
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec:
//!   maxUnavailable: 1
//!   selector: {matchLabels: {app: web}}
//! ```
//! ```yaml near-miss
//! # One replica has nothing to keep.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml bad
//! # KEDA makes it several.
//! apiVersion: apps/v1
//! kind: Deployment # <- here
//! metadata: {name: queue}
//! spec:
//!   template:
//!     metadata: {labels: {app: queue}}
//!     spec: {containers: [{name: queue, image: registry.example.com/queue:1.4}]}
//! ---
//! apiVersion: keda.sh/v1alpha1
//! kind: ScaledObject
//! metadata: {name: queue}
//! spec:
//!   scaleTargetRef: {name: queue}
//!   triggers: []
//! ```

use crate::prelude::*;
use crate::support::workloads;

pub const CONTROL: Control = Control {
    id: "reliability/disruption-budget",
    title: "No disruption budget",
    severity: Low,
    frameworks: &[],
    aliases: &[
        "polaris:missingPodDisruptionBudget",
        "kube-score:statefulset-has-poddisruptionbudget",
        "kube-score:deployment-has-poddisruptionbudget",
        "popeye:POP-206",
        "kics:Deployment-Without-PodDisruptionBudget",
        "kics:StatefulSet-Without-PodDisruptionBudget",
    ],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let (object, inventory) = (pod.object(), found.inventory());
    if workloads::has_several_replicas(&object, inventory)
        && workloads::budgets(inventory, pod).next().is_none()
    {
        found.on(&object, "no disruption budget selects these pods: add one with maxUnavailable 1");
    }
}

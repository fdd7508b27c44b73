//! A budget that allows no disruption keeps the nodes from being upgraded.
//!
//! ## What it checks
//! PodDisruptionBudgets with `maxUnavailable: 0` (or `0%`), `minAvailable: 100%`, or `minAvailable` at or above the
//! replicas of all workloads of the scan together that they select (the least that an autoscaler may go to, KEDA's when
//! idle too; a pod by itself is one, and Jobs, which end, count none). A percentage is one of what controllers keep.
//! Not judged by replicas is a budget that selects a DaemonSet or another kind whose pods nobody can count; an empty
//! selector selects every pod, and in `policy/v1beta1` none.
//!
//! ## Why it matters
//! The drain waits for ever: security updates of the node stay out, and on AKS an upgrade of the cluster fails.
//!
//! ## How to fix
//! Set `maxUnavailable: 1`.
//!
//! ## How others differ
//! Polaris compares `minAvailable` with a `minReplicas` that is written, of budgets and autoscalers of any namespace,
//! and passes it where both are equal.
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
//! ```yaml bad
//! # All three of two workloads, and all two of a set.
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: both}
//! spec:
//!   minAvailable: 3 # <- here
//!   selector: {matchLabels: {app: web}}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   replicas: 2
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, labels: {app: web}}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: set}
//! spec:
//!   minAvailable: 51% # <- here
//!   selector: {matchLabels: {app: set}}
//! ---
//! apiVersion: apps/v1
//! kind: ReplicaSet
//! metadata: {name: set}
//! spec:
//!   replicas: 2
//!   template:
//!     metadata: {labels: {app: set}}
//!     spec: {containers: [{name: set, image: registry.example.com/set:1.4}]}
//! ```
//! ```yaml bad
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec:
//!   minAvailable: 1 # <- here
//!   selector: {matchLabels: {app: web}}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   replicas: 1
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: batch/v1
//! kind: Job
//! metadata: {name: migration}
//! spec:
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec:
//!       restartPolicy: Never
//!       containers: [{name: migration, image: registry.example.com/web:1.4}]
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
//! # Two of seven must stay.
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
//!   replicas: 2
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: more}
//! spec:
//!   replicas: 5
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml near-miss
//! # As many agents as nodes; and a budget that selects none, for its selector is empty in this version.
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: agents}
//! spec:
//!   minAvailable: 1
//!   selector: {matchLabels: {app: agent}}
//! ---
//! apiVersion: apps/v1
//! kind: DaemonSet
//! metadata: {name: agent}
//! spec:
//!   template:
//!     metadata: {labels: {app: agent}}
//!     spec: {containers: [{name: agent, image: registry.example.com/agent:1.4}]}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web, namespace: shop}
//! spec:
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: policy/v1beta1
//! kind: PodDisruptionBudget
//! metadata: {name: none, namespace: shop}
//! spec: {minAvailable: 1, selector: {}}
//! ```
//! ```yaml bad
//! # KEDA keeps two, but when idle; and how many the last one keeps isn't known.
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: queue}
//! spec:
//!   minAvailable: 2 # <- here
//!   selector: {matchLabels: {app: queue}}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: queue}
//! spec: {template: {metadata: {labels: {app: queue}}, spec: {containers: [{name: queue}]}}}
//! ---
//! apiVersion: keda.sh/v1alpha1
//! kind: ScaledObject
//! metadata: {name: queue}
//! spec: {scaleTargetRef: {name: queue}, minReplicaCount: 2}
//! ---
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: idle}
//! spec:
//!   minAvailable: 2
//!   selector: {matchLabels: {app: idle}}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: idle}
//! spec: {template: {metadata: {labels: {app: idle}}, spec: {containers: [{name: idle}]}}}
//! ---
//! apiVersion: keda.sh/v1alpha1
//! kind: ScaledObject
//! metadata: {name: idle}
//! spec: {scaleTargetRef: {name: idle}, minReplicaCount: 2, idleReplicaCount: 0}
//! ---
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: later}
//! spec:
//!   minAvailable: 2
//!   selector: {matchLabels: {app: later}}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: later}
//! spec: {template: {metadata: {labels: {app: later}}, spec: {containers: [{name: later}]}}}
//! ---
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: later}
//! spec:
//!   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: later}
//!   minReplicas: ${MIN}
//! ```

use std::collections::BTreeMap;

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
    } else if let Some(selected) = Selected::of(budget, found.inventory()) {
        let pods = selected.kept.saturating_add(selected.bare);
        let wanted = match percent(&least) {
            // The controller rounds a percentage up, and takes it of what controllers keep.
            Some(percent) => Some((i128::from(selected.kept) * i128::from(percent) + 99) / 100),
            None => least.as_i64().map(i128::from),
        };
        if pods > 0 && wanted.is_some_and(|wanted| wanted >= pods.into()) {
            found
                .at(&least, format!("all of {pods} replicas must stay, so no node can be drained: {advice}"));
        }
    }
}

/// The number of a whole percentage: 50 of `50%`.
fn percent(field: &Field<'_>) -> Option<i64> {
    field.as_str()?.strip_suffix('%')?.parse().ok()
}

/// How many pods a budget selects, at the least.
#[derive(Default)]
struct Selected {
    /// What controllers keep.
    kept: i64,
    /// Pods by themselves.
    bare: i64,
}

impl Selected {
    /// `None` where that can't be told: a DaemonSet has as many as there are nodes.
    fn of<'d>(budget: &Object<'d>, inventory: &Inventory<'d>) -> Option<Selected> {
        let selector = workloads::budget_selector(budget)?;
        let mut of_workloads: BTreeMap<(&str, &str, &str), i64> = BTreeMap::new();
        for pod in inventory.selected(inventory.namespace_of(budget), selector) {
            let object = pod.object();
            let pods = least(&object, inventory)?;
            // Of several variants of one workload one is applied: the largest is taken.
            let of_workload = of_workloads.entry((object.group(), object.kind(), object.name())).or_default();
            *of_workload = pods.max(*of_workload);
        }
        let mut selected = Selected::default();
        for ((_, kind, _), pods) in of_workloads {
            let sum = if kind == "Pod" { &mut selected.bare } else { &mut selected.kept };
            *sum = sum.saturating_add(pods);
        }
        Some(selected)
    }
}

/// The least number of pods of a workload.
fn least<'d>(object: &Object<'d>, inventory: &Inventory<'d>) -> Option<i64> {
    if object.is("", "Pod") {
        return Some(1);
    }
    // They come to an end.
    if matches!(object.kind(), "Job" | "CronJob") && object.group() == "batch" {
        return Some(0);
    }
    if !workloads::is_one_of(workloads::COUNTED, object) {
        return None;
    }
    workloads::least_replicas(inventory, object)
}

//! Replicas that nothing spreads over zones.
//!
//! ## What it checks
//! Pods of Deployments, StatefulSets and OpenShift's DeploymentConfigs with two replicas or more (or scaled by an
//! autoscaler, KEDA too): a topology spread constraint with a selector that matches the pods themselves. What it asks
//! of labels that controllers give to pods (`pod-template-hash` and the like) is taken to match.
//!
//! ## Why it matters
//! A zone that fails takes every replica. The scheduler's own defaults spread softly, so this control is in the
//! profile `all` alone.
//!
//! ## How to fix
//! Add a constraint with `topologyKey: topology.kubernetes.io/zone` and the labels of the pods.
//!
//! ## How others differ
//! Polaris asks it of one replica too, and doesn't ask whether a constraint selects the pods.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   replicas: 2
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec: # <- here
//!       containers:
//!       - {name: web, image: registry.example.com/web:1.4}
//! ```
//! ```yaml bad
//! # An autoscaler makes it several.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec: # <- here
//!       containers:
//!       - {name: web, image: registry.example.com/web:1.4}
//! ---
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: web}
//! spec:
//!   minReplicas: 3
//!   maxReplicas: 5
//!   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   replicas: 2
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec:
//!       topologySpreadConstraints:
//!       - maxSkew: 1
//!         topologyKey: topology.kubernetes.io/zone
//!         whenUnsatisfiable: ScheduleAnyway
//!         labelSelector: {matchLabels: {app: web}}
//!       containers:
//!       - {name: web, image: registry.example.com/web:1.4}
//! ```
//! ```yaml near-miss
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: one}
//! spec:
//!   replicas: 1
//!   template:
//!     spec:
//!       containers:
//!       - {name: one, image: registry.example.com/one:1.4}
//! ```
//! ```yaml near-miss
//! # Every pod of a Deployment has this label.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   replicas: 2
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec:
//!       topologySpreadConstraints:
//!       - maxSkew: 1
//!         topologyKey: topology.kubernetes.io/zone
//!         whenUnsatisfiable: ScheduleAnyway
//!         labelSelector:
//!           matchLabels: {app: web}
//!           matchExpressions: [{key: pod-template-hash, operator: Exists}]
//!       containers:
//!       - {name: web, image: registry.example.com/web:1.4}
//! ```

use crate::prelude::*;
use crate::support::{scope, workloads};

pub const CONTROL: Control = Control {
    id: "reliability/topology-spread",
    title: "No topology spread constraint",
    severity: Low,
    frameworks: &[],
    aliases: &["polaris:topologySpreadConstraint"],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    if !workloads::has_several_replicas(&pod.object(), found.inventory()) {
        return;
    }
    let constraints = pod.get("topologySpreadConstraints");
    let spread = constraints.items().any(|constraint| {
        let selector = constraint.get("labelSelector");
        selector.exists() && scope::can_select(LabelSelector::new(selector), pod)
    });
    if !spread {
        found.at(
            &constraints,
            "nothing spreads the replicas: add a topology spread constraint that selects them",
        );
    }
}

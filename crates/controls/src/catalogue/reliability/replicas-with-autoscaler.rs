//! A fixed number of replicas fights with the autoscaler.
//!
//! ## What it checks
//! `spec.replicas` of every Deployment and StatefulSet that a HorizontalPodAutoscaler of the scan scales, or KEDA by a
//! ScaledObject.
//!
//! ## Why it matters
//! Every apply sets the number back, in the middle of a peak too.
//!
//! ## How to fix
//! Leave `replicas` out. (Taking it out of a live object once resets it to 1: hand its ownership over first.)
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   replicas: 3 # <- here
//! ---
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: web}
//! spec:
//!   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
//! ```
//! ```yaml fixed
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec: {}
//! ---
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: web}
//! spec:
//!   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   replicas: 3
//! ```
//! ```yaml near-miss
//! # The autoscaler of another namespace.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web, namespace: shop}
//! spec:
//!   replicas: 3
//! ---
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: web, namespace: bank}
//! spec:
//!   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
//! ```
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: queue}
//! spec:
//!   replicas: 3 # <- here
//! ---
//! apiVersion: keda.sh/v1alpha1
//! kind: ScaledObject
//! metadata: {name: queue}
//! spec:
//!   scaleTargetRef: {kind: StatefulSet, name: queue}
//!   triggers: []
//! ```

use crate::prelude::*;
use crate::support::workloads;

pub const CONTROL: Control = Control {
    id: "reliability/replicas-with-autoscaler",
    title: "Replicas fixed beside an autoscaler",
    severity: Low,
    frameworks: &[],
    aliases: &[
        "kube-score:deployment-targeted-by-hpa-does-not-have-replicas-configured",
        "kics:HPA-Targeted-Deployments-With-Configured-Replica-Count",
    ],
    profiles: &[],
    fix: Some(Unsafe),
    check: Check::Object(workloads::REPLICATED, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let replicas = object.get("spec.replicas");
    if !replicas.exists() {
        return;
    }
    if let Some(autoscaler) = workloads::autoscalers(found.inventory(), object).next() {
        found
            .at(&replicas, "an autoscaler sets the replicas: leave them out here")
            .also(&autoscaler.get("spec.scaleTargetRef"), "the autoscaler")
            .unsafe_fix(remove(&replicas));
    }
}

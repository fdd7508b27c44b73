//! With fewer than three replicas, an outage during an upgrade leaves nobody.
//!
//! ## What it checks
//! `spec.replicas` of everything that keeps replicas of a pod, after defaulting (absent is 1, and none for a
//! DeploymentConfig): three or more. Not where an autoscaler of the scan scales it, a ScaledObject of KEDA too; 0 is
//! switched off, and passes. In the profile `all` alone; how many an organisation wants at least is
//! `reliability/replicas`.
//!
//! ## Why it matters
//! One replica is drained, one fails, and the third serves.
//!
//! ## How to fix
//! Set `replicas: 3`, spread over nodes and zones.
//!
//! ## How others differ
//! kube-linter fails 0, and what an autoscaler scales.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   replicas: 2 # <- here
//! ---
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: db}
//! spec: # <- here
//!   serviceName: db
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   replicas: 3
//! ```
//! ```yaml near-miss
//! # One for each node, one that is switched off, and one that is scaled.
//! apiVersion: apps/v1
//! kind: DaemonSet
//! metadata: {name: agent}
//! spec: {}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: old}
//! spec: {replicas: 0}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: api}
//! spec: {}
//! ---
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: api}
//! spec:
//!   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}
//! ```
//! ```yaml near-miss
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: queue}
//! spec: {}
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
    id: "reliability/three-replicas",
    title: "Fewer than three replicas",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:minimum-three-replicas"],
    profiles: &[],
    fix: None,
    check: Check::Object(workloads::COUNTED, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let Some(replicas) = workloads::replicas(object) else { return };
    let is_scaled = || workloads::autoscalers(found.inventory(), object).next().is_some();
    if matches!(replicas, 1..=2) && !is_scaled() {
        found.at(
            &object.get("spec.replicas"),
            format!("{replicas} of at least 3 replicas: set spec.replicas"),
        );
    }
}

//! One replica is an outage with every update of its node.
//!
//! ## What it checks
//! `spec.replicas` of every Deployment, after defaulting (absent is 1), against the parameter `minimum-replicas`
//! (2 unless set). Not where an autoscaler of the scan scales it, a ScaledObject of KEDA too; 0 is switched off, and
//! passes.
//!
//! ## Why it matters
//! Nodes are drained for upgrades; with one replica, nobody serves meanwhile.
//!
//! ## How to fix
//! Set `replicas: 2` or more, with a disruption budget and spread over nodes.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec: # <- here
//!   template: {}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: api}
//! spec:
//!   replicas: 1 # <- here
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   replicas: 2
//! ```
//! ```yaml near-miss
//! # Scaled by an autoscaler, and switched off.
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
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: old}
//! spec: {replicas: 0}
//! ---
//! # The API server refuses it, as `manifest/wrong-type` says.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: quoted}
//! spec: {replicas: "3"}
//! ```
//! ```yaml near-miss
//! # KEDA scales it: a Deployment unless its ScaledObject names another kind.
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
//! ```yaml bad
//! # What KEDA scales is of another kind.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: queue}
//! spec: # <- here
//!   template: {}
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
    id: "reliability/replicas",
    title: "Too few replicas",
    severity: Low,
    frameworks: &[],
    aliases: &["polaris:deploymentMissingReplicas", "kube-score:deployment-replicas"],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("apps", "Deployment")], check),
};

fn check<'d>(deployment: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let minimum = found.parameters().minimum_replicas;
    let Some(replicas) = workloads::replicas(deployment) else { return };
    if replicas == 0
        || replicas >= minimum
        || workloads::autoscalers(found.inventory(), deployment).next().is_some()
    {
        return;
    }
    let message = format!("{replicas} of at least {minimum} replicas: set spec.replicas");
    found.at(&deployment.get("spec.replicas"), message);
}

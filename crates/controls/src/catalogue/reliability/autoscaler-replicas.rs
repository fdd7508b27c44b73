//! An autoscaler that may go down to one replica.
//!
//! ## What it checks
//! `spec.minReplicas` of every HorizontalPodAutoscaler, after defaulting (absent is 1), against the parameter
//! `minimum-replicas` (2 unless set).
//!
//! ## Why it matters
//! In the quiet hours there is one pod, and its node's upgrade is an outage.
//!
//! ## How to fix
//! Set `minReplicas: 2` or more.
//!
//! ## How others differ
//! Polaris passes a `minReplicas` that isn't written.
//!
//! ```yaml bad
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: web}
//! spec: # <- here
//!   maxReplicas: 5
//! ```
//! ```yaml good
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: web}
//! spec:
//!   minReplicas: 2
//!   maxReplicas: 5
//! ```
//! ```yaml near-miss parameters={"minimum-replicas":1}
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: web}
//! spec:
//!   maxReplicas: 5
//! ```
//! ```yaml near-miss
//! # How many isn't known yet.
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: web}
//! spec:
//!   minReplicas: ${MIN}
//!   maxReplicas: 5
//! ```

use crate::prelude::*;
use crate::support::workloads;

pub const CONTROL: Control = Control {
    id: "reliability/autoscaler-replicas",
    title: "Autoscaler may go to too few replicas",
    severity: Low,
    frameworks: &[],
    aliases: &["polaris:hpaMinAvailability", "kube-score:horizontalpodautoscaler-replicas"],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("autoscaling", "HorizontalPodAutoscaler")], check),
};

fn check<'d>(autoscaler: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let minimum = found.parameters().minimum_replicas;
    let least = autoscaler.get("spec.minReplicas");
    let Some(floor) = workloads::number_or(&least, 1) else { return };
    if floor < minimum {
        found.at(
            &least,
            format!("the autoscaler may go down to {floor}: set minReplicas to at least {minimum}"),
        );
    }
}

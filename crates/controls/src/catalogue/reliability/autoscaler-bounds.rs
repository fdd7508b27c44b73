//! An autoscaler whose bounds are equal scales nothing.
//!
//! ## What it checks
//! That `spec.maxReplicas` of every HorizontalPodAutoscaler is larger than `spec.minReplicas`, after defaulting
//! (absent is 1).
//!
//! ## Why it matters
//! The number of pods is fixed, whatever the load, while everyone reads that it isn't. The API server rejects
//! bounds that are the wrong way round.
//!
//! ## How to fix
//! Set `maxReplicas` above `minReplicas`, or set the replicas and remove the autoscaler.
//!
//! ```yaml bad
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: api}
//! spec:
//!   minReplicas: 3
//!   maxReplicas: 3 # <- here
//! ---
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: defaulted}
//! spec:
//!   maxReplicas: 1 # <- here
//! ```
//! ```yaml good
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: web}
//! spec:
//!   minReplicas: 2
//!   maxReplicas: 5
//! ```
//! ```yaml near-miss
//! # Down to nothing, and up to one: that is scaling.
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: queue}
//! spec:
//!   minReplicas: 0
//!   maxReplicas: 1
//! ```
//! ```yaml near-miss
//! # How many isn't known yet.
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: web}
//! spec:
//!   minReplicas: ${MIN}
//!   maxReplicas: 1
//! ```

use crate::prelude::*;
use crate::support::workloads;

pub const CONTROL: Control = Control {
    id: "reliability/autoscaler-bounds",
    title: "Autoscaler without room to scale",
    severity: Low,
    frameworks: &[],
    aliases: &["polaris:hpaMaxAvailability"],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("autoscaling", "HorizontalPodAutoscaler")], check),
};

fn check<'d>(autoscaler: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let most = autoscaler.get("spec.maxReplicas");
    let floor = workloads::number_or(&autoscaler.get("spec.minReplicas"), 1);
    if most.as_i64().zip(floor).is_some_and(|(most, floor)| most <= floor) {
        found.at(&most, "the autoscaler has no room to scale: set maxReplicas above minReplicas");
    }
}

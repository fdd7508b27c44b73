//! An autoscaler that may go below three replicas.
//!
//! ## What it checks
//! `spec.minReplicas` of every HorizontalPodAutoscaler, after defaulting (absent is 1): three or more. In the profile
//! `all` alone; how many an organisation wants at least is `reliability/autoscaler-replicas`.
//!
//! ## Why it matters
//! In the quiet hours, when nodes are upgraded, one drained and one failed pod leave nobody.
//!
//! ## How to fix
//! Set `minReplicas: 3`.
//!
//! ```yaml bad
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: web}
//! spec:
//!   minReplicas: 2 # <- here
//!   maxReplicas: 5
//! ```
//! ```yaml good
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: web}
//! spec:
//!   minReplicas: 3
//!   maxReplicas: 5
//! ```
//! ```yaml near-miss
//! # A resource of the same name of another product.
//! apiVersion: scaling.example.com/v1
//! kind: HorizontalPodAutoscaler
//! metadata: {name: web}
//! spec:
//!   minReplicas: 1
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
    id: "reliability/autoscaler-three-replicas",
    title: "Autoscaler may go below three replicas",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:hpa-minimum-three-replicas"],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("autoscaling", "HorizontalPodAutoscaler")], check),
};

fn check<'d>(autoscaler: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let least = autoscaler.get("spec.minReplicas");
    let Some(floor) = workloads::number_or(&least, 1) else { return };
    if floor < 3 {
        found.at(&least, format!("the autoscaler may go down to {floor}: set minReplicas to at least 3"));
    }
}

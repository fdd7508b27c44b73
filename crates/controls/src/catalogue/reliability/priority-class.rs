//! A pod without a priority class is evicted like any other.
//!
//! ## What it checks
//! `priorityClassName` of every pod. In the profile `all` alone.
//!
//! ## Why it matters
//! When the cluster is full, the scheduler makes room for what has a higher priority. What matters most should say so,
//! and what matters least too.
//!
//! ## How to fix
//! Make a few PriorityClasses, and name one. The `system-*` classes are for the cluster's own pods.
//!
//! ## How others differ
//! kube-linter's check of this name wants the opposite: it fails pods whose class is not on a list, and passes those
//! without one. See `reliability/accepted-priority-class`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec: # <- here
//!   containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```
//! ```yaml good
//! priorityClassName: important
//! containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```
//! ```yaml near-miss
//! # These join other pods, and can't say it for them.
//! apiVersion: apps.kruise.io/v1alpha1
//! kind: SidecarSet
//! metadata: {name: logs}
//! spec:
//!   selector: {matchLabels: {app: shop}}
//!   containers:
//!   - name: logs
//!     image: registry.example.com/logs:1.4
//! ```
//! ```yaml near-miss
//! priorityClassName: system-node-critical
//! containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "reliability/priority-class",
    title: "No priority class",
    severity: Low,
    frameworks: &[],
    aliases: &["polaris:priorityClassNotSet"],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let class = pod.get("priorityClassName");
    if class.text().is_empty() && !pod.is_partial() {
        found.at(&class, "the pod has no priority: name a PriorityClass");
    }
}

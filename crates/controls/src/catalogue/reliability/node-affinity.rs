//! A pod that says nothing of the nodes it may run on.
//!
//! ## What it checks
//! `nodeSelector` or node affinity of every pod. In the profile `all` alone: most workloads rightly don't care.
//!
//! ## Why it matters
//! Where pools of nodes differ in trust, hardware or price, a pod that names none lands anywhere.
//!
//! ## How to fix
//! Add a `nodeSelector`, or node affinity, for the pool the workload belongs to.
//!
//! ## How others differ
//! kube-linter doesn't count `nodeSelector`, which is the shorter form of the same.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec: # <- here
//!   containers:
//!   - {name: web, image: registry.example.com/web:1.4}
//! ```
//! ```yaml good
//! affinity:
//!   nodeAffinity:
//!     requiredDuringSchedulingIgnoredDuringExecution:
//!       nodeSelectorTerms:
//!       - matchExpressions:
//!         - {key: pool, operator: In, values: [apps]}
//! containers:
//! - {name: web, image: registry.example.com/web:1.4}
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
//! nodeSelector: {pool: apps}
//! containers:
//! - {name: web, image: registry.example.com/web:1.4}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "reliability/node-affinity",
    title: "No node affinity",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:no-node-affinity"],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let affinity = pod.get("affinity.nodeAffinity");
    if !pod.is_partial()
        && affinity.is_empty()
        && pod.get("nodeSelector").is_empty()
        && !pod.get("nodeName").exists()
    {
        found.at(&affinity, "the pod may run on any node: name its pool by nodeSelector or node affinity");
    }
}

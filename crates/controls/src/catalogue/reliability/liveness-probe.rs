//! A container that hangs without a liveness probe hangs for ever.
//!
//! ## What it checks
//! `livenessProbe` of every app container of a pod that is meant to keep running: not of Jobs, nor of bare pods that
//! run once. Init and ephemeral containers have none, except init containers that stay (`restartPolicy: Always`),
//! which may.
//!
//! ## Why it matters
//! A deadlocked process answers nobody and nobody restarts it. A bad probe does harm too (it restarts what is
//! slow because it is loaded), so this control is in the profile `all` alone.
//!
//! ## How to fix
//! Add a cheap `livenessProbe` that fails only when a restart would help.
//!
//! ## How others differ
//! Kubescape and kube-linter ask it of Jobs and CronJobs too. kube-score asks it only of pods that a Service selects,
//! and one container's is enough for the pod.
//!
//! ```yaml bad
//! containers:
//! - name: app # <- here
//!   image: registry.example.com/app:1.4
//!   readinessProbe:
//!     httpGet: {path: /, port: 8080}
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   livenessProbe:
//!     httpGet: {path: /, port: 8080}
//! ```
//! ```yaml near-miss
//! # A Job runs to its end.
//! apiVersion: batch/v1
//! kind: Job
//! metadata: {name: once}
//! spec:
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       initContainers:
//!       - name: setup
//!         image: registry.example.com/setup:1.4
//!       containers:
//!       - name: app
//!         image: registry.example.com/app:1.4
//! ```

use crate::prelude::*;
use crate::support::workloads;

pub const CONTROL: Control = Control {
    id: "reliability/liveness-probe",
    title: "No liveness probe",
    severity: Low,
    frameworks: &[],
    aliases: &[
        "checkov:CKV_K8S_8",
        "kubescape:C-0056",
        "kube-linter:no-liveness-probe",
        "polaris:livenessProbeMissing",
        "kube-score:pod-probes",
        "popeye:POP-102",
        "popeye:POP-103",
        "kics:Liveness-Probe-Is-Not-Defined",
    ],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    if !workloads::keeps_running(pod) {
        return;
    }
    for container in pod.containers().filter(|container| container.kind() == ContainerKind::App) {
        let probe = container.get("livenessProbe");
        if probe.is_empty() {
            found.at(&probe, format!("{} has no liveness probe: set livenessProbe", container.title()));
        }
    }
}

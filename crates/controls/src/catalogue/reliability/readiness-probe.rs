//! A container without a readiness probe gets traffic before it can serve.
//!
//! ## What it checks
//! `readinessProbe` of every app container of a pod that is meant to keep running: not of Jobs, nor of bare pods that
//! run once. Init and ephemeral containers have none, except init containers that stay (`restartPolicy: Always`),
//! which may. Knative gives one to the only container of its Services, and of several to the one that declares a port.
//!
//! ## Why it matters
//! A Service sends requests to every container that runs, also while it starts or cannot reach what it needs;
//! a rolling update replaces good pods with ones that never worked. Workers that no Service selects need none,
//! so this control is in the profile `all` alone.
//!
//! ## How to fix
//! Add a `readinessProbe` that is true when the container can serve.
//!
//! ## How others differ
//! Kubescape and kube-linter ask it of Jobs and CronJobs too. kube-score asks it only of pods that a Service selects,
//! and one container's is enough for the pod.
//!
//! ```yaml bad
//! containers:
//! - name: app # <- here
//!   image: registry.example.com/app:1.4
//!   livenessProbe:
//!     httpGet: {path: /, port: 8080}
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   readinessProbe:
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
//! ```yaml bad
//! # Knative asks the port of the first container itself.
//! apiVersion: serving.knative.dev/v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   template:
//!     spec:
//!       containers:
//!       - {name: web, image: registry.example.com/web:1.4, ports: [{containerPort: 8080}]}
//!       - name: helper # <- here
//!         image: registry.example.com/helper:1.4
//! ---
//! apiVersion: serving.knative.dev/v1
//! kind: Service
//! metadata: {name: alone}
//! spec: {template: {spec: {containers: [{image: registry.example.com/web:1.4}]}}}
//! ```

use crate::prelude::*;
use crate::support::{probe_port, workloads};

pub const CONTROL: Control = Control {
    id: "reliability/readiness-probe",
    title: "No readiness probe",
    severity: Low,
    frameworks: &[],
    aliases: &[
        "checkov:CKV_K8S_9",
        "kubescape:C-0018",
        "kube-linter:no-readiness-probe",
        "polaris:readinessProbeMissing",
        "kube-score:pod-probes",
        "popeye:POP-102",
        "popeye:POP-104",
        "kics:Readiness-Probe-Is-Not-Configured",
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
        let probe = container.get("readinessProbe");
        if probe.is_empty() && !probe_port::is_given_by_knative(&container) {
            found.at(&probe, format!("{} has no readiness probe: set readinessProbe", container.title()));
        }
    }
}

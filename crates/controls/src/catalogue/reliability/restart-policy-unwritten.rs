//! A pod doesn't say that it is restarted.
//!
//! ## What it checks
//! `restartPolicy` of every pod that isn't a Job's: `Always` or `OnFailure` should be written. Absent means `Always`,
//! so this is a matter of taste; `Never` leaves a crashed pod where it is. Knative Services may not have the field,
//! and SidecarSets of OpenKruise have none. In the profile `all` alone. What the API server refuses is
//! `reliability/restart-policy`.
//!
//! ## Why it matters
//! Whoever reads the manifest sees what happens after a crash.
//!
//! ## How to fix
//! Write `restartPolicy: Always`.
//!
//! ## How others differ
//! kube-linter fails a Job's `Never` too.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: app}
//! spec: # <- here
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: once}
//! spec:
//!   restartPolicy: Never # <- here
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml fixed
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: app}
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!   restartPolicy: Always
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: once}
//! spec:
//!   restartPolicy: Never
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: app}
//! spec:
//!   restartPolicy: Always
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! apiVersion: batch/v1
//! kind: Job
//! metadata: {name: migrate}
//! spec:
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers:
//!       - name: app
//!         image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # A Knative Service may not have the field, and a SidecarSet has none.
//! apiVersion: serving.knative.dev/v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   template:
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: apps.kruise.io/v1alpha1
//! kind: SidecarSet
//! metadata: {name: agent}
//! spec: {containers: [{name: agent, image: registry.example.com/agent:1.4}]}
//! ```
//! ```yaml near-miss
//! # The API server refuses it here: nothing else than Always is allowed.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```

use crate::prelude::*;
use crate::support::workloads;

pub const CONTROL: Control = Control {
    id: "reliability/restart-policy-unwritten",
    title: "Restart policy not written",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:restart-policy"],
    profiles: &[],
    fix: Some(Safe),
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    if pod.origin() == PodOrigin::Batch || pod.is_partial() {
        return;
    }
    let policy = pod.get("restartPolicy");
    match policy.text() {
        "" => {
            found
                .at(&policy, "the pod doesn't say that it is restarted: write restartPolicy: Always")
                .fix(set(&policy, "Always"));
        }
        "Never" if !workloads::is_one_of(workloads::ALWAYS_RESTARTED, &pod.object()) => {
            found.at(&policy, "a crashed pod stays down: set restartPolicy to Always or OnFailure");
        }
        _ => {}
    }
}

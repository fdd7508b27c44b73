//! A Job whose pods say nothing of restarts is refused.
//!
//! ## What it checks
//! `restartPolicy` of the pods of Jobs and CronJobs: `OnFailure` or `Never` must be written, since the default,
//! `Always`, is not allowed there (not of a patch, whose containers have no images). And of Deployments and the like,
//! OpenShift's DeploymentConfigs too: anything but `Always` is refused.
//!
//! ## Why it matters
//! The API server refuses the object: the job never runs, the backup is never made.
//!
//! ## How to fix
//! Write `restartPolicy: OnFailure` or `Never`.
//!
//! ## How others differ
//! kube-linter wants `Always` or `OnFailure` written everywhere: it fails a Job's `Never`, and passes a Deployment's
//! `OnFailure`.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: CronJob
//! metadata: {name: report}
//! spec:
//!   jobTemplate:
//!     spec:
//!       template:
//!         spec: # <- here
//!           containers: [{name: report, image: registry.example.com/report:1.4}]
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   template:
//!     spec:
//!       restartPolicy: Never # <- here
//!       containers: [{name: web, image: registry.example.com/web:1.4}]
//! ---
//! apiVersion: apps.openshift.io/v1
//! kind: DeploymentConfig
//! metadata: {name: shop}
//! spec:
//!   template:
//!     spec:
//!       restartPolicy: OnFailure # <- here
//!       containers: [{name: shop, image: registry.example.com/shop:1.4}]
//! ```
//! ```yaml good
//! apiVersion: batch/v1
//! kind: Job
//! metadata: {name: once}
//! spec:
//!   template:
//!     spec:
//!       restartPolicy: Never
//!       containers: [{name: once, image: registry.example.com/once:1.4}]
//! ```
//! ```yaml near-miss
//! # A bare pod may do as it likes; a Deployment need not say it.
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: once}
//! spec:
//!   restartPolicy: Never
//!   containers: [{name: once, image: registry.example.com/once:1.4}]
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   template:
//!     spec:
//!       containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```

use crate::prelude::*;
use crate::support::workloads;

pub const CONTROL: Control = Control {
    id: "reliability/restart-policy",
    title: "Restart policy of a Job",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-score:cronjob-restartpolicy", "kube-linter:restart-policy"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let policy = pod.get("restartPolicy");
    match (pod.object().group(), pod.object().kind()) {
        ("batch", "Job" | "CronJob")
            if !matches!(policy.text(), "OnFailure" | "Never")
                && !workloads::is_patch(&pod.object(), found.inventory()) =>
        {
            found.at(&policy, "a Job's pods cannot restart always: set restartPolicy to OnFailure or Never");
        }
        _ if workloads::is_one_of(workloads::ALWAYS_RESTARTED, &pod.object())
            && !matches!(policy.text(), "" | "Always") =>
        {
            found
                .at(&policy, "the API server allows only restartPolicy Always here: remove it, or use a Job");
        }
        _ => {}
    }
}

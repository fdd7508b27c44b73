//! Finished Jobs and their pods stay until somebody deletes them.
//!
//! ## What it checks
//! `spec.ttlSecondsAfterFinished`: it should be set on a Job, and not on the Jobs of a CronJob, which has history
//! limits of its own.
//!
//! ## Why it matters
//! Pods of finished Jobs keep their logs and their Secrets' names in the API, fill etcd, and count against quotas. On
//! a CronJob's Jobs a short time to live removes the history that shows failures.
//!
//! ## How to fix
//! Set `ttlSecondsAfterFinished` on Jobs; use `successfulJobsHistoryLimit` and `failedJobsHistoryLimit` on CronJobs.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: Job
//! metadata: {name: once}
//! spec: # <- here
//!   backoffLimit: 1
//! ---
//! apiVersion: batch/v1
//! kind: CronJob
//! metadata: {name: report}
//! spec:
//!   jobTemplate:
//!     spec:
//!       ttlSecondsAfterFinished: 60 # <- here
//! ```
//! ```yaml good
//! apiVersion: batch/v1
//! kind: Job
//! metadata: {name: once}
//! spec:
//!   ttlSecondsAfterFinished: 86400
//! ```
//! ```yaml near-miss
//! # Made by an owner, which cleans up.
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: report-1
//!   ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: report, uid: "1"}]
//! spec: {}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "reliability/job-ttl",
    title: "Finished Jobs stay",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:job-ttl-seconds-after-finished"],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("batch", "Job"), GroupKind::new("batch", "CronJob")], check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let of_job = object.get("spec.ttlSecondsAfterFinished");
    let of_template = object.get("spec.jobTemplate.spec.ttlSecondsAfterFinished");
    if object.kind() == "Job" {
        if !of_job.exists() && object.get("metadata.ownerReferences").is_empty() {
            found.at(&of_job, "the finished Job stays for ever: set ttlSecondsAfterFinished");
        }
    } else if of_template.exists() {
        found.at(&of_template, "a CronJob keeps its history by limits: remove ttlSecondsAfterFinished");
    }
}

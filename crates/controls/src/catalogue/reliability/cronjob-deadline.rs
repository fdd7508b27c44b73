//! A CronJob without a starting deadline may stop for good.
//!
//! ## What it checks
//! `spec.startingDeadlineSeconds` of every CronJob.
//!
//! ## Why it matters
//! Without a deadline the controller counts all missed starts since the last one; after 100 it gives up and only
//! logs an error. A paused or long unreachable schedule never runs again.
//!
//! ## How to fix
//! Set it to somewhat less than the interval, and to at least 10.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: CronJob
//! metadata: {name: report}
//! spec: # <- here
//!   schedule: "0 2 * * *"
//! ```
//! ```yaml good
//! apiVersion: batch/v1
//! kind: CronJob
//! metadata: {name: report}
//! spec:
//!   schedule: "0 2 * * *"
//!   startingDeadlineSeconds: 600
//! ```
//! ```yaml near-miss
//! # A Job has no schedule.
//! apiVersion: batch/v1
//! kind: Job
//! metadata: {name: once}
//! spec: {}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "reliability/cronjob-deadline",
    title: "CronJob without a starting deadline",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-score:cronjob-has-deadline", "kics:CronJob-Deadline-Not-Configured"],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("batch", "CronJob")], check),
};

fn check<'d>(job: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let deadline = job.get("spec.startingDeadlineSeconds");
    if !deadline.exists() {
        found.at(&deadline, "after 100 missed starts the job never runs again: set startingDeadlineSeconds");
    }
}

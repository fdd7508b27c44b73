//! A CronJob runs code again and again: know each of them.
//!
//! ## What it checks
//! Every CronJob. In the profile `all` alone: it is a list to review.
//!
//! ## Why it matters
//! A CronJob is a way to stay in a cluster: it comes back after every clean-up, at night.
//!
//! ## How to fix
//! Know who owns it and what it runs, and waive it with that reason.
//!
//! ```yaml bad
//! apiVersion: batch/v1
//! kind: CronJob # <- here
//! metadata: {name: report}
//! spec: {schedule: "0 2 * * *"}
//! ```
//! ```yaml good
//! apiVersion: batch/v1
//! kind: Job
//! metadata: {name: once}
//! spec: {}
//! ```
//! ```yaml near-miss
//! # Another group's kind.
//! apiVersion: example.com/v1
//! kind: CronJob
//! metadata: {name: report}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "manifest/cronjob",
    title: "CronJob to review",
    severity: Low,
    frameworks: &[mitre("T1053.007"), microsoft("MS-TA9014")],
    aliases: &["kubescape:C-0026"],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("batch", "CronJob")], check),
};

fn check<'d>(job: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let schedule = job.get("spec.schedule").text();
    found
        .on(job, format!("this runs on the schedule {schedule:?}: know who owns it, and waive it with that"));
}

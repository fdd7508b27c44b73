//! A paused schedule makes no backups.
//!
//! ## What it checks
//! `spec.paused` of every Velero Schedule.
//!
//! ## Why it matters
//! Paused for a day of maintenance and forgotten, it is found out on the day that a backup is needed.
//!
//! ## How to fix
//! Remove `paused`.
//!
//! ```yaml bad
//! apiVersion: velero.io/v1
//! kind: Schedule
//! metadata: {name: nightly, namespace: velero}
//! spec:
//!   schedule: "0 2 * * *"
//!   paused: yes # <- here
//! ```
//! ```yaml fixed
//! apiVersion: velero.io/v1
//! kind: Schedule
//! metadata: {name: nightly, namespace: velero}
//! spec:
//!   schedule: "0 2 * * *"
//!   paused: false
//! ```
//! ```yaml good
//! apiVersion: velero.io/v1
//! kind: Schedule
//! metadata: {name: nightly, namespace: velero}
//! spec:
//!   schedule: "0 2 * * *"
//! ```
//! ```yaml near-miss
//! # Another tool's kind of the same name.
//! apiVersion: example.com/v1
//! kind: Schedule
//! metadata: {name: nightly}
//! spec: {paused: true}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "backup/schedule-paused",
    title: "Backup schedule paused",
    severity: Medium,
    frameworks: &[mitre("T1490"), microsoft("MS-TA9038")],
    aliases: &[],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Object(&[GroupKind::new("velero.io", "Schedule")], check),
};

fn check<'d>(schedule: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let paused = schedule.get("spec.paused");
    if paused.is_true() {
        found
            .at(&paused, "the schedule is paused and makes no backups: remove paused")
            .unsafe_fix(set(&paused, false));
    }
}

//! A backup of the objects without the data of their volumes.
//!
//! ## What it checks
//! The template of every Velero Schedule and the spec of every Backup: `snapshotVolumes: false` without
//! `defaultVolumesToFsBackup: true`, which was `defaultVolumesToRestic`, or `snapshotMoveData: true`.
//!
//! ## Why it matters
//! The restore brings back claims, and the disks are empty.
//!
//! ## How to fix
//! Leave `snapshotVolumes` out, or set `defaultVolumesToFsBackup: true`. Schedules for objects alone are sound
//! beside one that takes the data: waive them.
//!
//! ```yaml bad
//! apiVersion: velero.io/v1
//! kind: Schedule
//! metadata: {name: nightly, namespace: velero}
//! spec:
//!   schedule: "0 2 * * *"
//!   template:
//!     snapshotVolumes: false # <- here
//! ```
//! ```yaml good
//! apiVersion: velero.io/v1
//! kind: Schedule
//! metadata: {name: nightly, namespace: velero}
//! spec:
//!   schedule: "0 2 * * *"
//!   template:
//!     snapshotVolumes: true
//! ```
//! ```yaml near-miss
//! # The data goes by another way.
//! apiVersion: velero.io/v1
//! kind: Backup
//! metadata: {name: once, namespace: velero}
//! spec:
//!   snapshotVolumes: false
//!   defaultVolumesToFsBackup: true
//! ---
//! apiVersion: velero.io/v1
//! kind: Backup
//! metadata: {name: old, namespace: velero}
//! spec:
//!   snapshotVolumes: false
//!   defaultVolumesToRestic: true
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "backup/without-data",
    title: "Backup without the data of volumes",
    severity: Medium,
    frameworks: &[mitre("T1490"), microsoft("MS-TA9038")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(
        &[GroupKind::new("velero.io", "Schedule"), GroupKind::new("velero.io", "Backup")],
        check,
    ),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let template = if object.kind() == "Schedule" { object.get("spec.template") } else { object.get("spec") };
    let snapshots = template.get("snapshotVolumes");
    let by_file = ["defaultVolumesToFsBackup", "defaultVolumesToRestic", "snapshotMoveData"]
        .iter()
        .any(|way| template.get(way).is_true());
    if snapshots.is_false() && !by_file {
        found.at(
            &snapshots,
            "the data of volumes is left out: remove snapshotVolumes, or back them up as files",
        );
    }
}

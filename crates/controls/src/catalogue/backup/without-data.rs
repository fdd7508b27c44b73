//! A backup of the objects without the data of their volumes.
//!
//! ## What it checks
//! The template of every Velero Schedule and the spec of every Backup: `snapshotVolumes: false` without
//! `defaultVolumesToFsBackup: true`, which was `defaultVolumesToRestic`. `snapshotMoveData` moves what a snapshot
//! holds, and of none is nothing moved. What a `resourcePolicy` does with a volume goes before all of this and stands
//! in a ConfigMap: such backups aren't judged.
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
//! ---
//! # Without a snapshot there is nothing to move.
//! apiVersion: velero.io/v1
//! kind: Backup
//! metadata: {name: moved, namespace: velero}
//! spec:
//!   snapshotVolumes: false # <- here
//!   snapshotMoveData: true
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
//! ---
//! # The policy says which volumes are snapshots and which files.
//! apiVersion: velero.io/v1
//! kind: Backup
//! metadata: {name: chosen, namespace: velero}
//! spec:
//!   snapshotVolumes: false
//!   resourcePolicy: {kind: configmap, name: volumes}
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
    let by_file =
        ["defaultVolumesToFsBackup", "defaultVolumesToRestic"].iter().any(|way| template.get(way).is_true());
    let is_by_policy = !template.get("resourcePolicy.name").text().is_empty();
    if snapshots.is_false() && !by_file && !is_by_policy {
        found.at(
            &snapshots,
            "the data of volumes is left out: remove snapshotVolumes, or back them up as files",
        );
    }
}

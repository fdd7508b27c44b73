//! Data without any backup schedule.
//!
//! ## What it checks
//! Where the scan holds PersistentVolumeClaims or StatefulSets with claim templates and no backup at all (Schedules of
//! Velero and K8up, SnapScheduler's SnapshotSchedules, CloudNativePG's ScheduledBackups, Kasten's policies with a
//! backup, Stork's ApplicationBackupSchedules, VolSync's ReplicationSources, Longhorn's RecurringJobs for backups): one
//! finding at the first claim of each namespace.
//!
//! ## Why it matters
//! What was encrypted, deleted or corrupted stays so. Backups are often kept in another repository than the
//! workloads, so this control is in the profile `all` alone.
//!
//! ## How to fix
//! Schedule backups, and restore one now and then.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: PersistentVolumeClaim # <- here
//! metadata: {name: data, namespace: bank}
//! spec: {}
//! ---
//! apiVersion: v1
//! kind: PersistentVolumeClaim
//! metadata: {name: more, namespace: bank}
//! spec: {}
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: PersistentVolumeClaim
//! metadata: {name: data, namespace: bank}
//! spec: {}
//! ---
//! apiVersion: velero.io/v1
//! kind: Schedule
//! metadata: {name: nightly, namespace: velero}
//! spec: {schedule: "0 2 * * *"}
//! ```
//! ```yaml near-miss
//! # Another tool's backup.
//! apiVersion: v1
//! kind: PersistentVolumeClaim
//! metadata: {name: data, namespace: bank}
//! spec: {}
//! ---
//! apiVersion: k8up.io/v1
//! kind: Schedule
//! metadata: {name: nightly, namespace: bank}
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: PersistentVolumeClaim
//! metadata: {name: data, namespace: bank}
//! spec: {}
//! ---
//! apiVersion: longhorn.io/v1beta2
//! kind: RecurringJob
//! metadata: {name: nightly, namespace: longhorn-system}
//! spec: {task: backup, cron: "0 2 * * *"}
//! ```
//! ```yaml bad
//! # Neither of these backs anything up.
//! apiVersion: v1
//! kind: PersistentVolumeClaim # <- here
//! metadata: {name: data, namespace: bank}
//! spec: {}
//! ---
//! apiVersion: longhorn.io/v1beta2
//! kind: RecurringJob
//! metadata: {name: tidy, namespace: longhorn-system}
//! spec: {task: filesystem-trim, cron: "0 2 * * *"}
//! ---
//! apiVersion: config.kio.kasten.io/v1alpha1
//! kind: Policy
//! metadata: {name: standby, namespace: kasten-io}
//! spec: {frequency: "@daily", actions: [{action: import}]}
//! ```

use std::collections::HashSet;

use crate::prelude::*;
use crate::support::backup::TOOLS;

pub const CONTROL: Control = Control {
    id: "backup/no-schedule",
    title: "Data without a backup schedule",
    severity: Low,
    frameworks: &[mitre("T1490"), microsoft("MS-TA9038")],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Inventory(
        &[GroupKind::new("", "PersistentVolumeClaim"), GroupKind::new("apps", "StatefulSet")],
        check,
    ),
};

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    if TOOLS.iter().any(|tool| tool.is_in(inventory)) {
        return;
    }
    let mut seen = HashSet::new();
    for object in inventory.objects() {
        let keeps_data = object.is("", "PersistentVolumeClaim")
            || (object.is("apps", "StatefulSet") && !object.get("spec.volumeClaimTemplates").is_empty());
        let namespace = inventory.namespace_of(object);
        if keeps_data && seen.insert(namespace) {
            found.on(
                object,
                format!(
                    "the namespace {namespace} keeps data and the scan holds no backup schedule: add one"
                ),
            );
        }
    }
}

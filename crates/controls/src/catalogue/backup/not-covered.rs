//! Claims that no backup schedule takes.
//!
//! ## What it checks
//! Where the scan holds a Velero Schedule: every PersistentVolumeClaim, and every StatefulSet with claim
//! templates, must be taken by a Schedule that isn't paused (its namespaces, resources and label selectors).
//!
//! ## Why it matters
//! There is a backup, and everyone believes that it has everything.
//!
//! ## How to fix
//! Add the namespace to a Schedule, or label the claims so that its selector takes them.
//!
//! ```yaml bad
//! apiVersion: velero.io/v1
//! kind: Schedule
//! metadata: {name: nightly, namespace: velero}
//! spec:
//!   schedule: "0 2 * * *"
//!   template: {includedNamespaces: [shop]}
//! ---
//! apiVersion: v1
//! kind: PersistentVolumeClaim # <- here
//! metadata: {name: data, namespace: bank}
//! spec: {}
//! ---
//! apiVersion: apps/v1
//! kind: StatefulSet # <- here
//! metadata: {name: db, namespace: bank}
//! spec:
//!   volumeClaimTemplates:
//!   - metadata: {name: data}
//! ```
//! ```yaml good
//! apiVersion: velero.io/v1
//! kind: Schedule
//! metadata: {name: nightly, namespace: velero}
//! spec:
//!   schedule: "0 2 * * *"
//!   template: {includedNamespaces: ["*"], excludedNamespaces: [scratch]}
//! ---
//! apiVersion: v1
//! kind: PersistentVolumeClaim
//! metadata: {name: data, namespace: bank}
//! spec: {}
//! ```
//! ```yaml near-miss
//! # No schedule at all is another control's matter; a StatefulSet without claims keeps nothing.
//! apiVersion: v1
//! kind: PersistentVolumeClaim
//! metadata: {name: data, namespace: bank}
//! spec: {}
//! ---
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: cache, namespace: bank}
//! spec: {}
//! ```

use crate::prelude::*;
use crate::support::velero;

pub const CONTROL: Control = Control {
    id: "backup/not-covered",
    title: "Claim that no backup takes",
    severity: Medium,
    frameworks: &[mitre("T1490"), microsoft("MS-TA9038")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(
        &[GroupKind::new("", "PersistentVolumeClaim"), GroupKind::new("apps", "StatefulSet")],
        check,
    ),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    if !inventory.has("velero.io", "Schedule") || !keeps_data(object) {
        return;
    }
    let namespace = inventory.namespace_of(object);
    if !velero::running(inventory)
        .any(|schedule| velero::covers(schedule, namespace, Labels(object.labels())))
    {
        found.on(
            object,
            format!("no backup schedule takes the claims of the namespace {namespace}: add it to one"),
        );
    }
}

fn keeps_data(object: &Object<'_>) -> bool {
    object.kind() == "PersistentVolumeClaim" || !object.get("spec.volumeClaimTemplates").is_empty()
}

//! Claims that no backup schedule takes.
//!
//! ## What it checks
//! Where the scan holds a Velero Schedule: every PersistentVolumeClaim, and every StatefulSet with claim templates,
//! must be taken by a Schedule that isn't paused (its namespaces, resources and label selectors). The label
//! `velero.io/exclude-from-backup: "true"` of a claim or of its namespace leaves it out. Claims of a StatefulSet have
//! the labels of their template and of the selector, not the set's own. A Schedule of K8up in the namespace takes
//! them too, as does a ReplicationSource of VolSync that names the claim.
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
//! ```yaml bad
//! # By labels that the claims don't have, by a label that excludes, and by a list of kinds.
//! apiVersion: velero.io/v1
//! kind: Schedule
//! metadata: {name: nightly, namespace: velero}
//! spec:
//!   schedule: "0 2 * * *"
//!   template: {labelSelector: {matchLabels: {backup: "yes"}}}
//! ---
//! apiVersion: velero.io/v1
//! kind: Schedule
//! metadata: {name: settings, namespace: velero}
//! spec:
//!   schedule: "0 3 * * *"
//!   template: {includedNamespaceScopedResources: [configmaps, secrets]}
//! ---
//! apiVersion: apps/v1
//! kind: StatefulSet # <- here
//! metadata: {name: db, namespace: bank, labels: {backup: "yes"}}
//! spec:
//!   selector: {matchLabels: {app: db}}
//!   volumeClaimTemplates:
//!   - metadata: {name: data}
//! ---
//! apiVersion: v1
//! kind: PersistentVolumeClaim # <- here
//! metadata:
//!   name: data
//!   namespace: bank
//!   labels: {backup: "yes", velero.io/exclude-from-backup: "true"}
//! spec: {}
//! ---
//! apiVersion: v1
//! kind: Namespace
//! metadata: {name: scratch, labels: {velero.io/exclude-from-backup: "true"}}
//! ---
//! apiVersion: v1
//! kind: PersistentVolumeClaim # <- here
//! metadata: {name: data, namespace: scratch, labels: {backup: "yes"}}
//! spec: {}
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
//! # Labels of the template and of the selector, and another tool's schedule.
//! apiVersion: velero.io/v1
//! kind: Schedule
//! metadata: {name: nightly, namespace: velero}
//! spec:
//!   schedule: "0 2 * * *"
//!   template: {labelSelector: {matchLabels: {backup: "yes", app: db}}}
//! ---
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: db, namespace: bank}
//! spec:
//!   selector: {matchLabels: {app: db}}
//!   volumeClaimTemplates:
//!   - metadata: {name: data, labels: {backup: "yes"}}
//! ---
//! apiVersion: k8up.io/v1
//! kind: Schedule
//! metadata: {name: nightly, namespace: shop}
//! ---
//! apiVersion: v1
//! kind: PersistentVolumeClaim
//! metadata: {name: data, namespace: shop}
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
//! ```yaml near-miss
//! # Velero finds resources by names in letters of any size.
//! apiVersion: velero.io/v1
//! kind: Schedule
//! metadata: {name: nightly, namespace: velero}
//! spec:
//!   schedule: "0 2 * * *"
//!   template: {includedResources: [PersistentVolumeClaims, Pods]}
//! ---
//! apiVersion: v1
//! kind: PersistentVolumeClaim
//! metadata: {name: data, namespace: bank}
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
    if is_taken_by_others(object, namespace, inventory) {
        return;
    }
    let is_excluded = inventory
        .namespace(namespace)
        .is_some_and(|namespace| Labels(namespace.labels()).get(velero::EXCLUDED) == Some("true"));
    let takes = |labels: &[Labels<'_>]| {
        let label = |key: &str| labels.iter().find_map(|labels| labels.get(key));
        !is_excluded
            && label(velero::EXCLUDED) != Some("true")
            && velero::running(inventory).any(|schedule| velero::covers(schedule, namespace, label))
    };
    let is_taken = if object.kind() == "StatefulSet" {
        // What the controller writes into a claim: the selector's labels over those of the template.
        let selector = Labels(object.get("spec.selector.matchLabels"));
        let mut templates = object.get("spec.volumeClaimTemplates").items();
        templates.all(|template| takes(&[selector, Labels(template.get("metadata.labels"))]))
    } else {
        takes(&[Labels(object.labels())])
    };
    if !is_taken {
        found.on(
            object,
            format!("no backup schedule takes the claims of the namespace {namespace}: add it to one"),
        );
    }
}

/// Whether another tool backs the claims up.
fn is_taken_by_others<'d>(object: &Object<'d>, namespace: &str, inventory: &Inventory<'d>) -> bool {
    inventory.of_kind_in("k8up.io", "Schedule", namespace).next().is_some()
        || inventory
            .of_kind_in("volsync.backube", "ReplicationSource", namespace)
            .any(|source| source.get("spec.sourcePVC").is(object.name()))
}

fn keeps_data(object: &Object<'_>) -> bool {
    object.kind() == "PersistentVolumeClaim" || !object.get("spec.volumeClaimTemplates").is_empty()
}

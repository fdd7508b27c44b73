//! Claims that no backup schedule takes.
//!
//! ## What it checks
//! Where the scan holds a Velero Schedule: every PersistentVolumeClaim, and every StatefulSet with claim templates,
//! must be taken by a Schedule that isn't paused (its namespaces, resources and label selectors), or come with a pod
//! that mounts it and that the Schedule takes. The label `velero.io/exclude-from-backup: "true"` of a claim or of its
//! namespace leaves it out. Claims of a StatefulSet have the labels of their template and of the selector, not the
//! set's own. Other tools take claims too: K8up and SnapScheduler in the namespace of their schedules, CloudNativePG
//! those of its cluster, VolSync the one that it names, Kasten and Stork by the name of the namespace, Longhorn all of
//! them.
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
//! ```yaml bad
//! # The pod is taken, but the schedule has no claims; another pod is left out.
//! apiVersion: velero.io/v1
//! kind: Schedule
//! metadata: {name: nightly, namespace: velero}
//! spec:
//!   schedule: "0 2 * * *"
//!   template: {includedResources: [pods], labelSelector: {matchLabels: {app: db}}}
//! ---
//! apiVersion: velero.io/v1
//! kind: Schedule
//! metadata: {name: weekly, namespace: velero}
//! spec:
//!   schedule: "0 3 * * 0"
//!   template: {labelSelector: {matchLabels: {app: web}}}
//! ---
//! apiVersion: v1
//! kind: PersistentVolumeClaim # <- here
//! metadata: {name: data, namespace: bank}
//! spec: {}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: db, namespace: bank, labels: {app: db}}
//! spec:
//!   containers: [{name: db, image: registry.example.com/db:1.4}]
//!   volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: bank, labels: {app: web, velero.io/exclude-from-backup: "true"}}
//! spec:
//!   containers: [{name: web, image: registry.example.com/web:1.4}]
//!   volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
//! ```
//! ```yaml bad
//! # Schedules of other tools that take other claims, and patterns that match other namespaces.
//! apiVersion: velero.io/v1
//! kind: Schedule
//! metadata: {name: nightly, namespace: velero}
//! spec:
//!   schedule: "0 2 * * *"
//!   template: {includedNamespaces: ["bank?", "[cd]ank"]}
//! ---
//! apiVersion: velero.io/v1
//! kind: Schedule
//! metadata: {name: weekly, namespace: velero}
//! spec:
//!   schedule: "0 2 * * 0"
//!   template: {excludedNamespaces: ["ban?"]}
//! ---
//! apiVersion: snapscheduler.backube/v1
//! kind: SnapshotSchedule
//! metadata: {name: hourly, namespace: bank}
//! spec: {schedule: "0 * * * *", claimSelector: {matchLabels: {backup: "yes"}}}
//! ---
//! apiVersion: config.kio.kasten.io/v1alpha1
//! kind: Policy
//! metadata: {name: daily, namespace: kasten-io}
//! spec:
//!   actions: [{action: backup}]
//!   selector: {matchExpressions: [{key: k10.kasten.io/appNamespace, operator: In, values: ["shop*"]}]}
//! ---
//! apiVersion: stork.libopenstorage.org/v1alpha1
//! kind: ApplicationBackupSchedule
//! metadata: {name: daily, namespace: bank}
//! spec: {schedulePolicyName: daily, template: {spec: {namespaces: [shop]}}}
//! ---
//! apiVersion: postgresql.cnpg.io/v1
//! kind: ScheduledBackup
//! metadata: {name: daily, namespace: bank}
//! spec: {schedule: "0 0 2 * * *", cluster: {name: ledger}}
//! ---
//! apiVersion: volsync.backube/v1alpha1
//! kind: ReplicationSource
//! metadata: {name: other, namespace: bank}
//! spec: {sourcePVC: other}
//! ---
//! apiVersion: v1
//! kind: PersistentVolumeClaim # <- here
//! metadata: {name: data, namespace: bank}
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
//! # The claims come with pods that the schedule takes.
//! apiVersion: velero.io/v1
//! kind: Schedule
//! metadata: {name: nightly, namespace: velero}
//! spec:
//!   schedule: "0 2 * * *"
//!   template: {labelSelector: {matchLabels: {backup: "yes"}}}
//! ---
//! apiVersion: v1
//! kind: PersistentVolumeClaim
//! metadata: {name: data, namespace: bank}
//! spec: {}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web, namespace: bank}
//! spec:
//!   selector: {matchLabels: {app: web}}
//!   template:
//!     metadata: {labels: {app: web, backup: "yes"}}
//!     spec:
//!       containers: [{name: web, image: registry.example.com/web:1.4}]
//!       volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
//! ---
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: db, namespace: bank}
//! spec:
//!   selector: {matchLabels: {app: db}}
//!   template:
//!     metadata: {labels: {app: db, backup: "yes"}}
//!     spec:
//!       containers: [{name: db, image: registry.example.com/db:1.4}]
//!   volumeClaimTemplates:
//!   - metadata: {name: data}
//! ```
//! ```yaml near-miss
//! # Each by the schedule of another tool.
//! apiVersion: velero.io/v1
//! kind: Schedule
//! metadata: {name: nightly, namespace: velero}
//! spec:
//!   schedule: "0 2 * * *"
//!   template: {includedNamespaces: ["[a-c]shop", "sho?"]}
//! ---
//! apiVersion: v1
//! kind: PersistentVolumeClaim
//! metadata: {name: data, namespace: bshop}
//! spec: {}
//! ---
//! apiVersion: v1
//! kind: PersistentVolumeClaim
//! metadata: {name: data, namespace: shop}
//! spec: {}
//! ---
//! apiVersion: snapscheduler.backube/v1
//! kind: SnapshotSchedule
//! metadata: {name: hourly, namespace: snapped}
//! spec: {schedule: "0 * * * *", claimSelector: {}}
//! ---
//! apiVersion: v1
//! kind: PersistentVolumeClaim
//! metadata: {name: data, namespace: snapped}
//! spec: {}
//! ---
//! apiVersion: config.kio.kasten.io/v1alpha1
//! kind: Policy
//! metadata: {name: daily, namespace: kasten-io}
//! spec:
//!   actions: [{action: backup}]
//!   selector: {matchExpressions: [{key: k10.kasten.io/appNamespace, operator: In, values: ["kept-*"]}]}
//! ---
//! apiVersion: v1
//! kind: PersistentVolumeClaim
//! metadata: {name: data, namespace: kept-1}
//! spec: {}
//! ---
//! apiVersion: stork.libopenstorage.org/v1alpha1
//! kind: ApplicationBackupSchedule
//! metadata: {name: daily, namespace: admin}
//! spec: {schedulePolicyName: daily, template: {spec: {namespaces: [storked]}}}
//! ---
//! apiVersion: v1
//! kind: PersistentVolumeClaim
//! metadata: {name: data, namespace: storked}
//! spec: {}
//! ---
//! apiVersion: postgresql.cnpg.io/v1
//! kind: ScheduledBackup
//! metadata: {name: daily, namespace: bank}
//! spec: {schedule: "0 0 2 * * *", cluster: {name: ledger}}
//! ---
//! apiVersion: v1
//! kind: PersistentVolumeClaim
//! metadata: {name: ledger-1, namespace: bank, labels: {cnpg.io/cluster: ledger}}
//! spec: {}
//! ---
//! apiVersion: volsync.backube/v1alpha1
//! kind: ReplicationSource
//! metadata: {name: queue, namespace: bank}
//! spec: {sourcePVC: data-queue-0}
//! ---
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: queue, namespace: bank}
//! spec:
//!   volumeClaimTemplates:
//!   - metadata: {name: data}
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
use crate::support::backup::{Claim, TOOLS};

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
    if !inventory.has("velero.io", "Schedule") {
        return;
    }
    let namespace = inventory.namespace_of(object);
    let is_taken = |template| {
        let claim = Claim { inventory, object, template, namespace };
        TOOLS.iter().any(|tool| tool.takes(&claim))
    };
    let all_are_taken = if object.kind() == "StatefulSet" {
        object.get("spec.volumeClaimTemplates").items().all(|template| is_taken(Some(template)))
    } else {
        is_taken(None)
    };
    if !all_are_taken {
        found.on(
            object,
            format!("no backup schedule takes the claims of the namespace {namespace}: add it to one"),
        );
    }
}

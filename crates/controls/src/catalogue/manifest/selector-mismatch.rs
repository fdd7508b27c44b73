//! A workload that doesn't select its own pods.
//!
//! ## What it checks
//! `spec.selector` of Deployments, ReplicaSets, StatefulSets, DaemonSets, ReplicationControllers and OpenShift's
//! DeploymentConfigs against the labels of their template. Labels that aren't strings aren't compared:
//! `manifest/wrong-type` finds them; nor is what another tool replaces first, `${NAME}`. In `apps/v1` the selector must
//! be written; a ReplicationController's and a DeploymentConfig's default to the labels of the template. A workload
//! whose template has no labels, or none of whose containers has an image, is a patch of another and needs none.
//!
//! The API server makes the selector of a Job itself. One that is written may ask for nothing but the labels that Jobs
//! are given (`controller-uid`, `job-name`), which is taken to be met. With `manualSelector: true` it is the Job's own,
//! and must be there. The Jobs of a CronJob may have neither.
//!
//! ## Why it matters
//! The API server refuses the object, and the old version keeps running, with its holes.
//!
//! ## How to fix
//! Use the same labels in the selector and in the template.
//!
//! ## How others differ
//! Popeye reads matchLabels alone, and kube-score looks at Deployments and StatefulSets. Kubescape compares the
//! selectors of Jobs and of a CronJob's Jobs with their templates alone, and passes those that the API server refuses
//! whatever they say.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   selector: # <- here
//!     matchLabels: {app: web}
//!   template:
//!     metadata: {labels: {app: website}}
//! ---
//! apiVersion: apps/v1
//! kind: DaemonSet
//! metadata: {name: agent}
//! spec: # <- here
//!   template:
//!     metadata: {labels: {app: agent}}
//!     spec: {containers: [{name: agent, image: registry.example.com/agent:1.4}]}
//! ---
//! # Its selector has the labels without matchLabels.
//! apiVersion: apps.openshift.io/v1
//! kind: DeploymentConfig
//! metadata: {name: shop}
//! spec:
//!   selector: {app: shop} # <- here
//!   template:
//!     metadata: {labels: {app: store}}
//! ```
//! ```yaml bad
//! # Jobs: one that may not select by a label of its own, one that the template doesn't match, and two that are
//! # to select by themselves.
//! apiVersion: batch/v1
//! kind: Job
//! metadata: {name: migration}
//! spec:
//!   selector: # <- here
//!     matchLabels: {app: migration}
//!   template:
//!     metadata: {labels: {app: migration}}
//! ---
//! apiVersion: batch/v1
//! kind: Job
//! metadata: {name: import}
//! spec:
//!   selector: # <- here
//!     matchExpressions: [{key: app, operator: DoesNotExist}]
//!   template:
//!     metadata: {labels: {app: import}}
//! ---
//! apiVersion: batch/v1
//! kind: Job
//! metadata: {name: report}
//! spec:
//!   manualSelector: true
//!   selector: # <- here
//!     matchLabels: {job-name: report}
//!   template:
//!     metadata: {labels: {app: report}}
//! ---
//! apiVersion: batch/v1
//! kind: Job
//! metadata: {name: backup}
//! spec: # <- here
//!   manualSelector: true
//!   template:
//!     metadata: {labels: {app: backup}}
//!     spec: {containers: [{name: backup, image: registry.example.com/backup:1.4}]}
//! ---
//! # The Jobs of a CronJob can't select.
//! apiVersion: batch/v1
//! kind: CronJob
//! metadata: {name: nightly}
//! spec:
//!   jobTemplate:
//!     spec:
//!       manualSelector: true # <- here
//!       selector: # <- here
//!         matchLabels: {app: nightly}
//!       template:
//!         metadata: {labels: {app: nightly}}
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   selector:
//!     matchExpressions:
//!     - {key: app, operator: In, values: [web, website]}
//!   template:
//!     metadata: {labels: {app: website, tier: front}}
//! ```
//! ```yaml near-miss
//! # As the API server completed it.
//! apiVersion: batch/v1
//! kind: Job
//! metadata: {name: migration}
//! spec:
//!   selector:
//!     matchLabels: {batch.kubernetes.io/controller-uid: 1a2b3c}
//!   template:
//!     metadata: {labels: {app: migration}}
//! ---
//! apiVersion: batch/v1
//! kind: Job
//! metadata: {name: report}
//! spec:
//!   manualSelector: true
//!   selector: {matchLabels: {app: report}}
//!   template:
//!     metadata: {labels: {app: report}}
//! ---
//! apiVersion: batch/v1
//! kind: CronJob
//! metadata: {name: nightly}
//! spec:
//!   jobTemplate:
//!     spec:
//!       manualSelector: false
//!       template:
//!         metadata: {labels: {app: nightly}}
//! ---
//! # Its selector follows its template.
//! apiVersion: v1
//! kind: ReplicationController
//! metadata: {name: old}
//! spec:
//!   template:
//!     metadata: {labels: {app: old}}
//! ---
//! apiVersion: apps.openshift.io/v1
//! kind: DeploymentConfig
//! metadata: {name: shop}
//! spec:
//!   template:
//!     metadata: {labels: {app: shop}}
//! ---
//! apiVersion: apps.openshift.io/v1
//! kind: DeploymentConfig
//! metadata: {name: store}
//! spec:
//!   selector: {app: store}
//!   template:
//!     metadata: {labels: {app: store, tier: front}}
//! ---
//! # And so does that of a version which is gone.
//! apiVersion: apps/v1beta1
//! kind: Deployment
//! metadata: {name: older}
//! spec:
//!   template:
//!     metadata: {labels: {app: older}}
//!     spec: {containers: [{name: older, image: registry.example.com/older:1.4}]}
//! ---
//! # Alike in both, though refused for another reason.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: unquoted}
//! spec:
//!   selector: {matchLabels: {version: 1}}
//!   template:
//!     metadata: {labels: {version: 1}}
//! ---
//! # What it becomes isn't known yet.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: later}
//! spec:
//!   selector: {matchLabels: {app: later}}
//!   template:
//!     metadata: {labels: {app: "${NAME}"}}
//! ---
//! # A patch, for kustomize to merge into the whole.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   template:
//!     metadata: {labels: {mode: fast}}
//!     spec: {containers: [{name: web, env: [{name: MODE, value: fast}]}]}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: api}
//! spec:
//!   template:
//!     spec: {containers: [{name: api, image: registry.example.com/api:1.5}]}
//! ```

use plimsoll_doc::Kind;

use crate::prelude::*;
use crate::support::{scope, workloads};

pub const CONTROL: Control = Control {
    id: "manifest/selector-mismatch",
    title: "Selector does not match the template",
    severity: Medium,
    frameworks: &[],
    aliases: &[
        "kubescape:C-0296",
        "kube-linter:mismatching-selector",
        "kube-score:deployment-pod-selector-labels-match-template-metadata-labels",
        "kube-score:statefulset-pod-selector-labels-match-template-metadata-labels",
        "popeye:POP-508",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(
        &[
            GroupKind::new("apps", "Deployment"),
            GroupKind::new("apps", "ReplicaSet"),
            GroupKind::new("apps", "StatefulSet"),
            GroupKind::new("apps", "DaemonSet"),
            GroupKind::new("", "ReplicationController"),
            GroupKind::new("batch", "Job"),
            GroupKind::new("batch", "CronJob"),
            workloads::DEPLOYMENT_CONFIGS[0],
            workloads::DEPLOYMENT_CONFIGS[1],
        ],
        check,
    ),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if object.kind() == "CronJob" {
        check_job_template(&object.get("spec.jobTemplate.spec"), found);
        return;
    }
    let field = object.get("spec.selector");
    let selector = if matches!(object.kind(), "ReplicationController" | "DeploymentConfig") {
        LabelSelector::plain(field)
    } else {
        LabelSelector::new(field)
    };
    let labels = object.get("spec.template.metadata.labels");
    let is_manual = object.get("spec.manualSelector").is_true();
    if selector.is_empty() {
        if workloads::lacks_selector(object, found.inventory()) {
            found.at(
                &field,
                "the API server refuses a workload without a selector: select the labels of the template",
            );
        } else if object.kind() == "Job"
            && is_manual
            && !field.exists()
            && !workloads::is_patch(object, found.inventory())
        {
            found.at(
                &field,
                "the API server refuses manualSelector without a selector: select the labels of the template, or \
                 leave it out",
            );
        }
        return;
    }
    // The selector of such a Job is made for it, of labels that it is given: nothing else may be asked for.
    let is_made = object.kind() == "Job" && !is_manual;
    let is_given = |key: &str| is_made && scope::is_given(object, key);
    if has_other_values(&selector, labels) {
        return;
    }
    if is_made && !selector.can_match_by(|_| None, is_given) {
        found.at(
            &field,
            "the API server selects the pods of a Job itself and refuses other labels: leave the selector out",
        );
    } else if !selector.can_match_by(|key| Labels(labels).get(key), is_given) {
        found
            .at(&field, "the selector doesn't match the labels of the template: the API server refuses this");
    }
}

/// What the Jobs of a CronJob select isn't anybody's to say.
fn check_job_template<'d>(job: &Field<'d>, found: &mut Findings<'_, 'd>) {
    let (manual, selector) = (job.get("manualSelector"), job.get("selector"));
    if manual.is_true() {
        found.at(&manual, "the API server refuses manualSelector in a CronJob: leave it out");
    }
    if selector.exists() {
        found.at(
            &selector,
            "the API server refuses a selector in a CronJob: leave it out, each Job is given its own",
        );
    }
}

/// Whether the selector or the labels have values that aren't strings, as `manifest/wrong-type` says, or that another
/// tool replaces: whether they match shows after that.
fn has_other_values<'d>(selector: &LabelSelector<'d>, labels: Field<'d>) -> bool {
    let selected = selector.field();
    let plain = [selected, selected.get("matchLabels"), labels].into_iter().flat_map(|map| map.entries());
    plain.map(|(_, value)| value).any(|value| {
        value.is_replaced()
            || value
                .value()
                .is_some_and(|value| matches!(value.kind(), Kind::Bool | Kind::Integer | Kind::Float))
    })
}

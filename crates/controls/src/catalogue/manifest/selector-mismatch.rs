//! A workload that doesn't select its own pods.
//!
//! ## What it checks
//! `spec.selector` of Deployments, ReplicaSets, StatefulSets, DaemonSets and ReplicationControllers against the
//! labels of their template. Labels that aren't strings aren't compared: `manifest/wrong-type` finds them; nor is what
//! another tool replaces first, `${NAME}`. In `apps/v1` the selector must be written; a ReplicationController's defaults to the labels of its template. A
//! workload whose template has no labels, or none of whose containers has an image, is a patch of another and needs
//! none.
//!
//! ## Why it matters
//! The API server refuses the object, and the old version keeps running, with its holes.
//!
//! ## How to fix
//! Use the same labels in the selector and in the template.
//!
//! ## How others differ
//! Popeye and kube-score read matchLabels alone.
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
//! # Its selector follows its template.
//! apiVersion: v1
//! kind: ReplicationController
//! metadata: {name: old}
//! spec:
//!   template:
//!     metadata: {labels: {app: old}}
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
use crate::support::workloads;

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
        ],
        check,
    ),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let field = object.get("spec.selector");
    let selector = if object.kind() == "ReplicationController" {
        LabelSelector::plain(field)
    } else {
        LabelSelector::new(field)
    };
    let labels = object.get("spec.template.metadata.labels");
    if selector.is_empty() {
        if workloads::lacks_selector(object, found.inventory()) {
            found.at(
                &field,
                "the API server refuses a workload without a selector: select the labels of the template",
            );
        }
    } else if !selector.matches(Labels(labels)) && !has_other_values(&selector, labels) {
        found
            .at(&field, "the selector doesn't match the labels of the template: the API server refuses this");
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

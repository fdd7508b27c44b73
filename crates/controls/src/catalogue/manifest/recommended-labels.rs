//! A workload that says nothing of what it is.
//!
//! ## What it checks
//! Objects that make pods, and their templates: at least one of the labels that Kubernetes recommends
//! (`app.kubernetes.io/name`, `instance`, `version`, `component`, `part-of`, `managed-by`). In the profile `all` alone.
//!
//! ## Why it matters
//! Policies, dashboards and people find workloads by their labels.
//!
//! ## How to fix
//! Add `app.kubernetes.io/name`.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: # <- here
//!   name: web
//! spec:
//!   template:
//!     metadata: {labels: {app.kubernetes.io/name: web}}
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   labels: {app.kubernetes.io/name: web}
//! spec:
//!   template:
//!     metadata: {labels: {app.kubernetes.io/part-of: shop}}
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, labels: {app.kubernetes.io/component: database}}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "manifest/recommended-labels",
    title: "No recommended label",
    severity: Low,
    frameworks: &[],
    aliases: &["kubescape:C-0077"],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

const RECOMMENDED: &[&str] = &[
    "app.kubernetes.io/name",
    "app.kubernetes.io/instance",
    "app.kubernetes.io/version",
    "app.kubernetes.io/component",
    "app.kubernetes.io/part-of",
    "app.kubernetes.io/managed-by",
];

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let object = pod.object();
    let mut places = vec![object.labels()];
    if !pod.is_object() {
        places.push(pod.labels());
    }
    for labels in places {
        if !labels.entries().any(|(key, _)| RECOMMENDED.contains(&key)) {
            found.at(&labels, "no label says what this is: add app.kubernetes.io/name");
        }
    }
}

//! Nobody is named as the owner of a workload.
//!
//! ## What it checks
//! The label `owner` of every object that makes pods. In the profile `all` alone; what an organisation itself asks for is
//! `manifest/required-labels`.
//!
//! ## Why it matters
//! When it breaks, or a secret in it leaks, somebody must be found quickly.
//!
//! ## How to fix
//! Add the label.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   labels: {app: web} # <- here
//! spec:
//!   template:
//!     spec:
//!       containers: []
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   labels: {app: web, owner: shop}
//! spec:
//!   template:
//!     spec:
//!       containers: []
//! ```
//! ```yaml near-miss
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   labels: {owner: "7"}
//! spec:
//!   template:
//!     spec:
//!       containers: []
//! ---
//! # Makes no pods.
//! apiVersion: v1
//! kind: ConfigMap
//! metadata: {name: web}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "manifest/owner-label",
    title: "No owner label",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:required-label-owner"],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let object = pod.object();
    if object.label("owner").text().is_empty() {
        found.at(&object.labels().key("owner"), "who owns this is not said: add the label owner");
    }
}

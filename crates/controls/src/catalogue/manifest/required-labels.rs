//! A workload without a label that the organisation asks for.
//!
//! ## What it checks
//! The labels of every object that makes pods, against the parameter `required-labels`. Empty, the default, asks for none.
//!
//! ## Why it matters
//! Who owns a workload, and whom to call, has to be known before the night when it matters.
//!
//! ## How to fix
//! Add the label.
//!
//! ## How others differ
//! kube-linter asks for the label `owner` unless told otherwise.
//!
//! ```yaml bad parameters={"required-labels":["owner","example.com/team"]}
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   labels: # <- here
//!     owner: shop
//! spec:
//!   template:
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml good parameters={"required-labels":["owner"]}
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   labels: {owner: shop}
//! spec:
//!   template:
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml near-miss parameters={"required-labels":["owner"]}
//! # It makes no pods.
//! apiVersion: v1
//! kind: Service
//! metadata: {name: web}
//! ```

use crate::prelude::*;
use crate::support::required;

pub const CONTROL: Control = Control {
    id: "manifest/required-labels",
    title: "Required label missing",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:required-label-owner"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let object = pod.object();
    let missing = required::missing(&found.parameters().required_labels, &object.labels());
    if !missing.is_empty() {
        found.at(&object.labels(), format!("the labels {} are missing: add them", missing.join(", ")));
    }
}

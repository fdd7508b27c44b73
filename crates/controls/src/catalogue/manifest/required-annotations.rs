//! A workload without an annotation that the organisation asks for.
//!
//! ## What it checks
//! The annotations of every object that makes pods, against the parameter `required-annotations`. Empty, the default, asks for none.
//!
//! ## Why it matters
//! Who owns a workload, and whom to call, has to be known before the night when it matters.
//!
//! ## How to fix
//! Add the annotation.
//!
//! ## How others differ
//! kube-linter asks for an annotation with an e-mail address unless told otherwise.
//!
//! ```yaml bad parameters={"required-annotations":["owner","example.com/team"]}
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   annotations: # <- here
//!     owner: shop
//! spec:
//!   template:
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml good parameters={"required-annotations":["owner"]}
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   annotations: {owner: shop}
//! spec:
//!   template:
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml near-miss parameters={"required-annotations":["owner"]}
//! # It makes no pods.
//! apiVersion: v1
//! kind: Service
//! metadata: {name: web}
//! ```

use crate::prelude::*;
use crate::support::required;

pub const CONTROL: Control = Control {
    id: "manifest/required-annotations",
    title: "Required annotation missing",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:required-annotation-email"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let object = pod.object();
    let missing = required::missing(&found.parameters().required_annotations, &object.annotations());
    if !missing.is_empty() {
        found.at(
            &object.annotations(),
            format!("the annotations {} are missing: add them", missing.join(", ")),
        );
    }
}

//! A required field is missing: the API server refuses the object.
//!
//! ## What it checks
//! What the API of Kubernetes 1.37 requires: a Deployment's selector and template, a container's name and image, a
//! port's number, a binding's role, a name for the object. Fields whose zero is a good value aren't asked for. A part of
//! a workload that is a patch, without a selector and without an image, isn't taken for the whole.
//!
//! ## Why it matters
//! The API server refuses the object, and what it was to mend stays as it is.
//!
//! ## How to fix
//! Write the field.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec: # <- here
//!   template:
//!     metadata:
//!       labels: {app: web}
//!     spec:
//!       containers:
//!       - image: registry.example.com/web:1.4 # <- here
//!         ports:
//!         - name: http # <- here
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   containers:
//!   - name: web # <- here
//!     env:
//!     - value: a # <- here
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1 # <- here
//! kind: RoleBinding
//! metadata: {name: web}
//! subjects: []
//! ---
//! apiVersion: v1
//! kind: ConfigMap # <- here
//! metadata: {labels: {app: web}}
//! ```
//! ```yaml bad
//! # What is null is absent.
//! apiVersion: v1
//! kind: Pod
//! metadata: {generateName: web-}
//! spec:
//!   containers: # <- here
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   selector: {matchLabels: {app: web}}
//!   template:
//!     metadata:
//!       labels: {app: web}
//!     spec:
//!       containers:
//!       - name: web
//!         image: registry.example.com/web:1.4
//!         ports:
//!         - containerPort: 80
//! ```
//! ```yaml near-miss
//! # A patch of a Deployment; a review, which has no name; zero is a value; another group's kind.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   template:
//!     spec:
//!       containers:
//!       - name: web
//!         env: [{name: LEVEL, value: debug}]
//! ---
//! apiVersion: authentication.k8s.io/v1
//! kind: TokenReview
//! spec: {token: ""}
//! ---
//! apiVersion: scheduling.k8s.io/v1
//! kind: PriorityClass
//! metadata: {name: usual}
//! ---
//! apiVersion: example.com/v1
//! kind: Deployment
//! metadata: {labels: {app: web}}
//! ```

use plimsoll_kubernetes::schema::{Trouble, type_of};

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "manifest/missing-field",
    title: "Missing required field",
    severity: Medium,
    frameworks: &[],
    aliases: &["kube-linter:schema-validation"],
    profiles: &[Recommended],
    fix: None,
    check: Check::AnyObject(check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let problems = inventory.problems_of(object);
    let lacks = |what: &str| {
        problems.iter().any(|problem| {
            matches!(problem.trouble, Trouble::Missing { .. }) && name(&problem.field) == Some(what)
        })
    };
    let is_patch = object.kind() != "Pod"
        && (lacks("selector") || lacks("template"))
        && (lacks("image") || lacks("containers") || lacks("spec"));
    if !is_patch {
        for problem in problems {
            let Trouble::Missing { of } = problem.trouble else { continue };
            let Some(name) = name(&problem.field) else { continue };
            found.at(&problem.field, format!("{} must have {name:?}: write it", of.name()));
        }
    }
    let is_nameless = object.name().is_empty() && !object.kind().ends_with("Review");
    if is_nameless && type_of(object.group(), object.version(), object.kind()).is_some() {
        found.on(object, "an object must have a name: write metadata.name");
    }
}

/// The key that is missing, or that is null.
fn name<'d>(field: &Field<'d>) -> Option<&'d str> {
    field.absent().last().copied().or_else(|| field.anchor().key())
}

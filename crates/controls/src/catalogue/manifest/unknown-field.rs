//! A field that the API doesn't know: misspelt, or at the wrong place.
//!
//! ## What it checks
//! Every key of every kind that Kubernetes itself serves, and of the pod templates in other kinds, against the fields of
//! Kubernetes 1.37. Names are case-sensitive. The status is left out, and so are the directives of patches (`$patch`).
//!
//! ## Why it matters
//! The API server drops the field, or refuses the object where the client asks for strict validation, as `kubectl` does
//! since 1.25. A security setting with a misspelt name protects nothing.
//!
//! ## How to fix
//! Correct the name, or its indentation.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContex: # <- here
//!     runAsNonRoot: true
//!   securityContext:
//!     readonlyRootFilesystem: true # <- here
//!     limits: {cpu: 1} # <- here
//! resourses: {} # <- here
//! livenessProbe: # <- here
//!   httpGet: {path: /, port: 80}
//! ```
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   replicas: 3 # <- here
//! spec:
//!   selector: {matchLabels: {app: web}}
//!   containers: [] # <- here
//!   template:
//!     metadata:
//!       labels: {app: web}
//!     spec:
//!       containers:
//!       - {name: web, image: registry.example.com/web:1.4}
//! extra: 1 # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     runAsNonRoot: true
//! ```
//! ```yaml near-miss
//! # Free keys of maps, fields without a type, a field that is null, a patch, another group's kind.
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: web
//!   labels: {anything: goes}
//!   creationTimestamp: null
//! data: {securityContex: x}
//! ---
//! apiVersion: apiextensions.k8s.io/v1
//! kind: CustomResourceDefinition
//! metadata: {name: widgets.example.com}
//! spec:
//!   group: example.com
//!   scope: Namespaced
//!   names: {plural: widgets, kind: Widget}
//!   versions:
//!   - name: v1
//!     served: true
//!     storage: true
//!     schema:
//!       openAPIV3Schema:
//!         type: object
//!         x-kubernetes-preserve-unknown-fields: true
//!         properties: {securityContex: {type: array, items: {type: string, default: a}}}
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   ports:
//!   - $patch: delete
//!     port: 80
//! ---
//! apiVersion: serving.knative.dev/v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   template:
//!     spec:
//!       containerConcurrency: 10
//!       containers: [{image: registry.example.com/web:1.4}]
//! ---
//! apiVersion: example.com/v1
//! kind: Pod
//! metadata: {name: web}
//! spec: {securityContex: {}}
//! ```

use plimsoll_engine::nearest;
use plimsoll_kubernetes::schema::{Trouble, Type};

use crate::prelude::*;
use crate::support::schema::shown;

pub const CONTROL: Control = Control {
    id: "manifest/unknown-field",
    title: "Unknown field",
    severity: Medium,
    frameworks: &[],
    aliases: &["kube-linter:schema-validation"],
    profiles: &[Recommended],
    fix: None,
    check: Check::AnyObject(check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    for problem in inventory.problems_of(object) {
        let Trouble::Unknown { of, within } = problem.trouble else { continue };
        let key = problem.field.anchor().key().unwrap_or_default();
        let hint = hint(key, of, within);
        found.at_key(&problem.field, format!("{} has no field {}{hint}", of.name(), shown(key)));
    }
}

/// Where the key would be known: under a like name, one level down, or one level up.
fn hint(key: &str, of: &Type, within: Option<&Type>) -> String {
    if let Some(near) = nearest(key, of.fields()) {
        return format!(": did you mean {near:?}?");
    }
    if let Some(field) = of.fields().find(|field| of.child(field).is_some_and(|child| child.has(key))) {
        return format!(": it belongs below {field:?}");
    }
    match within {
        Some(within) if within.has(key) => {
            format!(": it belongs one level up, to {}", within.name())
        }
        _ => ": take it out, or correct its name or its indentation".to_owned(),
    }
}

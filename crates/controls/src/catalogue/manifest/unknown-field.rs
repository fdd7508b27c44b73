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
//! securityContext:
//!   privileged: true # <- here
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
//! # Free keys of maps, fields without a type, a field that is null, a patch, another group's kind, SOPS.
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
//! apiVersion: v1
//! kind: Secret
//! metadata: {name: web}
//! data: {token: "ENC[AES256_GCM,data:abc=,type:str]"}
//! sops: {mac: "ENC[AES256_GCM,data:abc=,type:str]"}
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
        let holder = problem.field.anchor().parent().and_then(|object| object.key());
        let hint = hint(key, of, holder, within);
        found.at_key(&problem.field, format!("{} has no field {}{hint}", of.name(), shown(key)));
    }
}

/// Where the key would be known: under a like name, or in a type nearby. `holder` is the field that holds
/// the object, of the type `within`.
fn hint(key: &str, of: &Type, holder: Option<&str>, within: Option<&Type>) -> String {
    if let Some(near) = nearest(key, of.fields()) {
        return format!(": did you mean {near:?}?");
    }
    if of.name() == "LabelSelector" {
        return ": it belongs below \"matchLabels\"".to_owned();
    }
    let has_below = |field: &&str| of.child(field).is_some_and(|child| child.has(key));
    if let Some(field) = ["containers"].into_iter().chain(of.fields()).find(has_below) {
        return format!(": it belongs below {field:?}");
    }
    let Some(within) = within else { return ": take it out, or correct its name".to_owned() };
    if within.has(key) {
        return format!(": it belongs one level up, to {}", within.name());
    }
    // The pod's securityContext and its containers' have different fields.
    let has_in = |field: &&str| {
        let cousin = within.child(field).zip(holder).and_then(|(child, holder)| child.child(holder));
        cousin.is_some_and(|cousin| cousin.has(key))
    };
    match within.fields().find(has_in).zip(holder) {
        Some((field, holder)) => format!(": it belongs below {holder:?} of {field:?}"),
        None => ": take it out, or correct its name or its indentation".to_owned(),
    }
}

//! A field is of another type than the API's: the object is refused.
//!
//! ## What it checks
//! Every field of every kind that Kubernetes itself serves, and of other kinds their names, labels, annotations and
//! pod templates; all of their fields where their CustomResourceDefinition is in the scan too. What the API server
//! takes passes: numbers as quantities, ports as numbers or names, whole numbers written `1.0`, `null` anywhere. The
//! status is read too, as the server reads it. The values under a Secret's `data` must be base64. What another tool
//! replaces first isn't judged: `${NAME}`, and what SOPS encrypted.
//!
//! ## Why it matters
//! The API server refuses the object, and what it was to mend stays as it is. The commonest mistake is a value without
//! quotes: in YAML `yes`, `on`, `1` and `1.20` are no strings.
//!
//! ## How to fix
//! Put quotes around booleans and numbers in environment variables, arguments, labels and annotations; take them off
//! ports, counts and booleans.
//!
//! ## How others differ
//! kube-linter's `schema-validation` downloads schemas, and without them passes everything. Here the types of
//! Kubernetes 1.20 to 1.37 are built in; `manifest/unknown-field`, `manifest/missing-field`, `manifest/invalid-value`
//! and `manifest/unknown-kind` say the rest of what it says.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   annotations:
//!     example.com/port: 8080 # <- here
//! spec:
//!   replicas: "3" # <- here
//!   selector: {matchLabels: {app: web}}
//!   template:
//!     metadata:
//!       labels: {app: web}
//!     spec:
//!       hostNetwork: "false" # <- here
//!       containers:
//!       - name: web
//!         image: registry.example.com/web:1.4
//!         args: [--workers, 4] # <- here
//!         env:
//!         - name: DEBUG
//!           value: yes # <- here
//!         - name: VERSION
//!           value: 1.20 # <- here
//! ```
//! ```yaml fixed
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   annotations:
//!     example.com/port: "8080"
//! spec:
//!   replicas: 3
//!   selector: {matchLabels: {app: web}}
//!   template:
//!     metadata:
//!       labels: {app: web}
//!     spec:
//!       hostNetwork: false
//!       containers:
//!       - name: web
//!         image: registry.example.com/web:1.4
//!         args: [--workers, "4"]
//!         env:
//!         - name: DEBUG
//!           value: "yes"
//!         - name: VERSION
//!           value: "1.20"
//! ```
//! ```yaml bad
//! # No fix: what is meant can't be told.
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//!     command: /bin/web # <- here
//!     resources:
//!       limits: {cpu: true} # <- here
//!     livenessProbe:
//!       httpGet: {path: /, port: 80.5} # <- here
//!     ports: # <- here
//!       containerPort: 80
//!     env:
//!     - {name: LIMIT, value: 1_000} # <- here
//! ---
//! apiVersion: v1
//! kind: Secret
//! metadata: {name: web}
//! data:
//!   token: not base64 # <- here
//!   pin: 1234 # <- here
//! ---
//! # A custom resource: its pod template is a pod template.
//! apiVersion: argoproj.io/v1alpha1
//! kind: Rollout
//! metadata:
//!   name: 123 # <- here
//!   namespace: no # <- here
//! spec:
//!   replicas: "3"
//!   template:
//!     spec:
//!       containers:
//!       - name: web
//!         image: registry.example.com/web:1.4
//!         stdin: "on" # <- here
//! ```
//! ```yaml bad
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
//!         properties:
//!           spec:
//!             type: object
//!             properties:
//!               size: {type: integer}
//!               port: {x-kubernetes-int-or-string: true}
//!               parts: {type: array, items: {type: object}}
//!               labels: {type: object, additionalProperties: {type: string}}
//! ---
//! apiVersion: example.com/v1
//! kind: Widget
//! metadata: {name: web}
//! spec:
//!   size: "3" # <- here
//!   port: true # <- here
//!   labels: {a: 1} # <- here
//!   parts:
//!   - a # <- here
//! ---
//! apiVersion: example.com/v1
//! kind: Widget
//! metadata: {name: db}
//! spec: {size: 3, port: 80, labels: {a: b}, parts: null}
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   replicas: 3
//!   selector: {matchLabels: {app: web}}
//!   template:
//!     metadata:
//!       labels: {app: web}
//!     spec:
//!       containers:
//!       - name: web
//!         image: registry.example.com/web:1.4
//!         args: [--workers, "4"]
//!         env:
//!         - {name: DEBUG, value: "yes"}
//! ```
//! ```yaml near-miss
//! # All of this is taken.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   creationTimestamp: null
//!   labels: null
//! spec:
//!   priority: 1.0
//!   hostNetwork: on
//!   volumes:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//!     args: [null, "1"]
//!     resources:
//!       limits: {cpu: 1, memory: 1.5e9, example.com/gpu: "2"}
//!     livenessProbe:
//!       httpGet: {path: /, port: http}
//!     readinessProbe:
//!       httpGet: {path: /, port: 80}
//! ---
//! apiVersion: v1
//! kind: Secret
//! metadata: {name: web}
//! data:
//!   empty: ""
//!   token: |
//!     c29tZXRo
//!     aW5n
//!   later: ${TOKEN}
//! ---
//! # A kind of its own, for which no types are known.
//! apiVersion: example.com/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec: {replicas: "3"}
//! ```

use plimsoll_doc::Kind;
use plimsoll_kubernetes::schema::{CustomTrouble, Trouble, Wanted};

use crate::prelude::*;
use crate::support::schema::{found as found_kind, wanted as wanted_kind, written};

pub const CONTROL: Control = Control {
    id: "manifest/wrong-type",
    title: "Field of the wrong type",
    severity: Medium,
    frameworks: &[],
    aliases: &["kube-linter:schema-validation"],
    profiles: &[Recommended],
    fix: Some(Safe),
    check: Check::AnyObject(Needs::Nothing, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    for problem in inventory.problems_of(object) {
        match problem.trouble {
            Trouble::WrongType(wanted) => report(&problem.field, wanted, found),
            Trouble::Malformed(Wanted::Base64) if object.is("", "Secret") => {
                found.at(&problem.field, "this is not base64: encode it, or move it to stringData");
            }
            Trouble::Malformed(Wanted::Base64) => {
                found.at(&problem.field, "this is not base64: encode it");
            }
            _ => {}
        }
    }
    for problem in inventory.custom_problems_of(object) {
        if let CustomTrouble::WrongType(wanted) = problem.trouble {
            report(&problem.field, wanted, found);
        }
    }
}

fn report<'d>(field: &Field<'d>, wanted: Wanted, found: &mut Findings<'_, 'd>) {
    let Some(value) = field.value() else { return };
    let (is, must) = (found_kind(value), wanted_kind(wanted));
    let text = value.as_str().unwrap_or_default();
    match wanted {
        Wanted::Text if !matches!(value.kind(), Kind::Mapping | Kind::Sequence) => {
            let draft = found.at(field, format!("this is {is} and must be {must}: quote it"));
            if let Some(text) = written(value) {
                draft.fix(set(field, text));
            }
        }
        Wanted::Boolean if matches!(text, "true" | "false") => {
            found
                .at(field, format!("this is a string and must be {must}: take the quotes off"))
                .fix(set(field, text == "true"));
        }
        Wanted::Integer => match text.parse::<i64>() {
            Ok(number) if number.to_string() == text => {
                found
                    .at(field, format!("this is a string and must be {must}: take the quotes off"))
                    .fix(set(field, number));
            }
            _ => {
                found.at(field, format!("this is {is} and must be {must}"));
            }
        },
        _ => {
            found.at(field, format!("this is {is} and must be {must}"));
        }
    }
}

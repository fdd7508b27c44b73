//! A field that the API doesn't know: misspelt, or at the wrong place.
//!
//! ## What it checks
//! Every key of every kind that Kubernetes itself serves, its status too, and of the pod templates in other kinds,
//! against the fields of Kubernetes: of the parameter `kubernetes-version`, the newest known unless set. Names are
//! case-sensitive. A custom resource is held against its CustomResourceDefinition where that is in the scan too; without
//! one it is passed over, and counted in the report's coverage. What is to come only with a later release is `manifest/newer-field`. The directives of patches
//! (`$patch`) are left out. What is found is what the API server's strict validation calls an unknown field.
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
//! ```yaml bad
//! # Fields of the pod in a container, and the other way round; one that is there no more.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   clusterName: east # <- here
//! spec:
//!   runAsNonRoot: true # <- here
//!   allowPrivilegeEscalation: false # <- here
//!   securityContext:
//!     readOnlyRootFilesystem: true # <- here
//!     runAsNonroot: true # <- here
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//!     hostNetwork: true # <- here
//!     securityContext:
//!       fsGroup: 2000 # <- here
//!       hostPID: true # <- here
//! status:
//!   fase: Running # <- here
//! ```
//! ```yaml bad parameters={"kubernetes-version":"1.35"}
//! # It went with 1.36.
//! schedulingGroup: {}
//! workloadRef: {name: train, podGroup: workers}
//! extra: 1 # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
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
//!               labels: {type: object, additionalProperties: {type: string}}
//!               free: {type: object, x-kubernetes-preserve-unknown-fields: true}
//! ---
//! apiVersion: example.com/v1
//! kind: Widget
//! metadata:
//!   name: web
//!   label: {} # <- here
//! spec:
//!   sise: 3 # <- here
//!   labels: {anything: goes}
//!   free: {anything: goes}
//! sepc: {} # <- here
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
use plimsoll_kubernetes::schema::{CustomTrouble, Trouble};

use crate::prelude::*;
use crate::support::field_place::Place;
use crate::support::schema::shown;

pub const CONTROL: Control = Control {
    id: "manifest/unknown-field",
    title: "Unknown field",
    severity: Medium,
    frameworks: &[],
    aliases: &["kube-linter:schema-validation"],
    profiles: &[Recommended],
    fix: None,
    check: Check::AnyObject(Needs::Nothing, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let parameters = found.parameters();
    for problem in inventory.problems_of(object) {
        let key = problem.field.anchor().key().unwrap_or_default();
        match problem.trouble {
            Trouble::Unknown { of } => {
                let hint = Place::of(&problem.field, object, parameters.kubernetes_minor()).hint(key, of);
                found.at_key(&problem.field, format!("{} has no field {}{hint}", of.name(), shown(key)));
            }
            Trouble::Dated { of, life } => {
                if let Some(gone) = life.gone().filter(|gone| *gone <= parameters.kubernetes_minor()) {
                    let what = format!("{} has no field {} any more", of.name(), shown(key));
                    found.at_key(
                        &problem.field,
                        format!("{what}: it went with Kubernetes 1.{gone}: take it out"),
                    );
                }
            }
            _ => {}
        }
    }
    for problem in inventory.custom_problems_of(object) {
        let key = problem.field.anchor().key().unwrap_or_default();
        let (holder, near) = match problem.trouble {
            CustomTrouble::Unknown(Some(schema)) => ("the schema", nearest(key, schema.fields())),
            CustomTrouble::Unknown(None) => ("the schema", None),
            CustomTrouble::UnknownMetadata(of) => {
                (of.name(), nearest(key, of.fields_in(parameters.kubernetes_minor())))
            }
            _ => continue,
        };
        let hint = match near {
            Some(near) => format!("did you mean {near:?}?"),
            None => "take it out, or correct its name or its indentation".to_owned(),
        };
        let of = match problem.trouble {
            CustomTrouble::UnknownMetadata(_) => String::new(),
            _ => format!(" of {} {}", object.api_version(), object.kind()),
        };
        found.at_key(&problem.field, format!("{holder}{of} has no field {} here: {hint}", shown(key)));
    }
}

//! A required field is missing: the API server refuses the object.
//!
//! ## What it checks
//! What the API of Kubernetes 1.37 requires: a Deployment's template, a container's name and image, a port's number, a
//! binding's role, a name for the object; and what a CustomResourceDefinition in the same scan requires. A pod without
//! a container and a container with an empty name lack them too, and in what Kubernetes itself serves one with an empty
//! image. A workload without a selector is `manifest/selector-mismatch`. Fields whose zero is a good value aren't asked
//! for. A patch isn't taken for the whole: an object that lacks its spec and has labels or annotations, one that lacks
//! all that its spec must have, a workload that lacks its selector and with it its images or the labels to select
//! (kustomize writes both).
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
//! spec:
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
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec: # <- here
//!   selector: {matchLabels: {app: web}}
//! ---
//! apiVersion: apps/v1 # <- here
//! kind: StatefulSet
//! metadata: {name: web}
//! ```
//! ```yaml bad
//! # What is null is absent, and what is empty.
//! apiVersion: v1
//! kind: Pod
//! metadata: {generateName: web-}
//! spec:
//!   containers: # <- here
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: none}
//! spec:
//!   containers: [] # <- here
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: empty}
//! spec:
//!   containers:
//!   - name: "" # <- here
//!     image: "" # <- here
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   selector: {matchLabels: {app: web}}
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec:
//!       containers:
//!       - name: web
//!         image: "" # <- here
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
//!             required: [mode, size, colour]
//!             properties:
//!               mode: {type: string, default: Safe}
//!               size: {type: integer}
//!               colour: {type: string, nullable: true}
//!               parts: {type: array, items: {type: object, required: [name, kind]}}
//! ---
//! apiVersion: example.com/v1
//! kind: Widget
//! metadata: {name: web}
//! spec: # <- here
//!   colour: red
//!   parts:
//!   - kind: wheel # <- here
//! ---
//! apiVersion: example.com/v1
//! kind: Widget
//! metadata: {name: nulls}
//! spec:
//!   colour: null
//!   size: null # <- here
//! ---
//! # A patch.
//! apiVersion: example.com/v1
//! kind: Widget
//! metadata: {name: web, labels: {app: web}}
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
//! # Patches; a review, which has no name; zero is a value; another group's kind.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec: {replicas: 3}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web, annotations: {example.com/team: shop}}
//! ---
//! apiVersion: batch/v1
//! kind: CronJob
//! metadata: {name: web}
//! spec: {schedule: "@daily"}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   template:
//!     spec:
//!       containers: [{name: web, image: registry.example.com/web:1.5}]
//! ---
//! $patch: delete
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata: {name: web}
//! ---
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
//! ```yaml near-miss
//! # A boolean of YAML in the place of a name, which `manifest/wrong-type` finds; and OpenShift fills in the image.
//! apiVersion: v1
//! kind: ConfigMap
//! metadata: {name: n}
//! ---
//! apiVersion: apps.openshift.io/v1
//! kind: DeploymentConfig
//! metadata: {name: web}
//! spec:
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec: {containers: [{name: web, image: ""}]}
//! ```

use plimsoll_kubernetes::schema::{CustomProblem, CustomTrouble, Problem, Trouble, Type, type_of};

use crate::prelude::*;
use crate::support::workloads;

pub const CONTROL: Control = Control {
    id: "manifest/missing-field",
    title: "Missing required field",
    severity: Medium,
    frameworks: &[],
    aliases: &[
        "kube-linter:schema-validation",
        "kube-score:container-ports-check",
        "kics:HPA-Targets-Invalid-Object",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::AnyObject(Needs::Nothing, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let missing = Missing(inventory.problems_of(object).collect());
    let lacks_some = missing.all().next().is_some();
    if !lacks_some || !missing.is_of_patch(object) {
        // selector-mismatch says which one to write.
        let is_told = |name: &str| name == "selector" && workloads::lacks_selector(object, inventory);
        for (field, of, name) in missing.all().filter(|(_, _, name)| !is_told(name)) {
            found.at(&field, format!("{} must have {name:?}: write it", of.name()));
        }
        inventory.pods_of(object).iter().filter(|pod| !pod.is_partial()).for_each(|pod| empty(pod, found));
    }
    let custom = inventory.custom_problems_of(object);
    if !custom.is_empty() && !is_custom_patch(object, &custom) {
        for problem in &custom {
            // What is null has its key.
            let name = problem.field.absent().last().or_else(|| problem.field.anchor().key());
            if let (CustomTrouble::Missing(_), Some(name)) = (problem.trouble, name) {
                found.at(&problem.field, format!("{} must have {name:?} here: write it", object.kind()));
            }
        }
    }
    // A name of another type is one, as wrong-type says.
    let has_name = |path| object.get(path).value().is_some_and(|name| name.as_str() != Some(""));
    let is_nameless = !object.kind().ends_with("Review")
        && !has_name("metadata.name")
        && !has_name("metadata.generateName");
    if is_nameless && type_of(object.group(), object.version(), object.kind()).is_some() {
        found.on(object, "an object must have a name: write metadata.name");
    }
}

/// Finds what a pod must have and has empty.
fn empty<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let containers = pod.get("containers");
    if containers.is_sequence() && containers.is_empty() {
        found.at(&containers, "a pod must have a container: write one");
    }
    // Another kind may leave the image to a controller that fills it in.
    let is_built_in = pod.object().served().is_some();
    for container in pod.containers() {
        let (name, image) = (container.get("name"), container.get("image"));
        if name.is("") {
            found.at(&name, "a container must have a name: write one");
        }
        if is_built_in && image.is("") {
            found.at(&image, "a container must have an image: write one");
        }
    }
}

/// Whether a custom resource is only a part of one: it lacks all that its spec must have and has something else.
fn is_custom_patch<'d>(object: &Object<'d>, problems: &[CustomProblem<'d>]) -> bool {
    let Some(spec) = object.get("spec").value() else {
        return object.labels().exists() || object.annotations().exists();
    };
    let mut lacks = problems.iter().filter_map(|problem| match problem.trouble {
        CustomTrouble::Missing(schema) if problem.field.anchor() == spec => Some(schema),
        _ => None,
    });
    let Some(schema) = lacks.next() else { return false };
    let needs = schema.required().count();
    needs > 1 && 1 + lacks.count() == needs && !spec.is_empty()
}

struct Missing<'d>(Vec<Problem<'d>>);

impl<'d> Missing<'d> {
    /// Every missing field, the type that lacks it, and its name.
    fn all(&self) -> impl Iterator<Item = (Field<'d>, &'static Type, &'d str)> {
        self.0.iter().filter_map(|problem| {
            let Trouble::Missing { of } = problem.trouble else { return None };
            let absent = problem.field.absent().last();
            // What is null has its key.
            Some((problem.field, of, absent.or_else(|| problem.field.anchor().key())?))
        })
    }

    fn has(&self, names: &[&str]) -> bool {
        self.all().any(|(_, _, name)| names.contains(&name))
    }

    /// Whether the object is only a part of one, to be merged with the rest: it lacks what nobody forgets.
    fn is_of_patch(&self, object: &Object<'d>) -> bool {
        let spec = object.get("spec");
        let Some(value) = spec.value() else {
            return object.labels().exists() || object.annotations().exists();
        };
        let mut lacks = self.all().filter(|(field, _, _)| field.anchor() == value).peekable();
        let needs = lacks.peek().map_or(0, |(_, of, _)| of.required().count());
        let lacks_all = needs > 1 && lacks.count() == needs && !value.is_empty();
        let lacks_core = object.kind() != "Pod" && self.has(&["image", "containers", "spec"]);
        lacks_all
            || self.has(&["jobTemplate", "scaleTargetRef"])
            || (lacks_core && self.has(&["selector", "schedule"]))
            // A kustomization gives the selector and the labels that it selects together.
            || (self.has(&["selector"]) && !object.get("spec.template.metadata.labels").exists())
    }
}

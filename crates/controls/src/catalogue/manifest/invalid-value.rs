//! A value that the API server refuses: a word that is none of its words, a quantity or a time that is none.
//!
//! ## What it checks
//! Fields that take one of a set of words (`imagePullPolicy`, a Service's `type`, `protocol`, `restartPolicy` and so
//! on; they are case-sensitive), quantities, times and the range of integers, in every kind that Kubernetes itself
//! serves and in the pod templates of other kinds; and the words that a CustomResourceDefinition in the same scan
//! lists.
//!
//! `minAvailable` and `maxUnavailable` of PodDisruptionBudgets, and `maxUnavailable` and `maxSurge` of rolling updates,
//! where they are neither a whole number nor a percentage: text without `%`, a number in quotes too, less than 0, or
//! more than 100% (but a Deployment's `maxSurge`). A StatefulSet's from Kubernetes 1.37 on: older ones drop the field.
//! A DaemonSet's with `OnDelete` doesn't count.
//!
//! `allowPrivilegeEscalation: false` next to `privileged: true`, or to an added `CAP_SYS_ADMIN`, by that name: each is
//! a value of its own, and the two together are refused.
//!
//! ## Why it matters
//! The API server refuses the object, and what it was to mend stays as it is.
//!
//! ## How to fix
//! Write one of the words, or a value of the form that the message names. Of two that exclude each other, take one out.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   type: Loadbalancer # <- here
//!   ports:
//!   - port: 80
//!     protocol: tcp # <- here
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   restartPolicy: never # <- here
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//!     imagePullPolicy: always # <- here
//! ```
//! ```yaml fixed
//! apiVersion: v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   type: LoadBalancer
//!   ports:
//!   - port: 80
//!     protocol: TCP
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   restartPolicy: Never
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//!     imagePullPolicy: Always
//! ```
//! ```yaml bad
//! # No fix: what is meant can't be told.
//! containers:
//! - name: web
//!   image: registry.example.com/web:1.4
//!   imagePullPolicy: Sometimes # <- here
//!   resources:
//!     limits: {memory: 512MB} # <- here
//!   securityContext:
//!     procMount: Masked # <- here
//! priority: 3000000000 # <- here
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
//!               mode: {type: string, enum: [Fast, Safe]}
//! ---
//! apiVersion: example.com/v1
//! kind: Widget
//! metadata: {name: web}
//! spec:
//!   mode: slow # <- here
//! ---
//! apiVersion: example.com/v1
//! kind: Widget
//! metadata: {name: db}
//! spec: {mode: Safe}
//! ```
//! ```yaml bad
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec:
//!   maxUnavailable: "0" # <- here
//!   minAvailable: none # <- here
//!   selector: {matchLabels: {app: web}}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   strategy:
//!     rollingUpdate:
//!       maxSurge: "1" # <- here
//!       maxUnavailable: 150% # <- here
//! ---
//! apiVersion: apps/v1
//! kind: DaemonSet
//! metadata: {name: agent}
//! spec:
//!   updateStrategy:
//!     rollingUpdate:
//!       maxUnavailable: -1 # <- here
//!       maxSurge: 99999999999999999999% # <- here
//! ---
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: db}
//! spec:
//!   updateStrategy:
//!     rollingUpdate: {maxUnavailable: 12.5%} # <- here
//! ```
//! ```yaml fixed
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec:
//!   maxUnavailable: 0 # <- here
//!   minAvailable: none # <- here
//!   selector: {matchLabels: {app: web}}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   strategy:
//!     rollingUpdate:
//!       maxSurge: 1 # <- here
//!       maxUnavailable: 150% # <- here
//! ---
//! apiVersion: apps/v1
//! kind: DaemonSet
//! metadata: {name: agent}
//! spec:
//!   updateStrategy:
//!     rollingUpdate:
//!       maxUnavailable: -1 # <- here
//!       maxSurge: 99999999999999999999% # <- here
//! ---
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: db}
//! spec:
//!   updateStrategy:
//!     rollingUpdate: {maxUnavailable: 12.5%} # <- here
//! ```
//! ```yaml near-miss
//! # A Deployment may surge to twice its size and more; what OnDelete doesn't use isn't read.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   strategy:
//!     rollingUpdate: {maxSurge: 200%, maxUnavailable: 0%}
//! ---
//! apiVersion: apps/v1
//! kind: DaemonSet
//! metadata: {name: agent}
//! spec:
//!   updateStrategy:
//!     type: OnDelete
//!     rollingUpdate: {maxUnavailable: "1"}
//! ---
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec:
//!   maxUnavailable: "${LOST}"
//!   selector: {matchLabels: {app: web}}
//! ---
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: db}
//! spec: {minAvailable: 100%, selector: {matchLabels: {app: db}}}
//! ```
//! ```yaml near-miss parameters={"kubernetes-version":"1.36"}
//! # The field is dropped.
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: db}
//! spec:
//!   updateStrategy:
//!     rollingUpdate: {maxUnavailable: "1"}
//! ```
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     privileged: true
//!     allowPrivilegeEscalation: false # <- here
//! initContainers:
//! - name: mount
//!   image: registry.example.com/mount:1.4
//!   securityContext:
//!     allowPrivilegeEscalation: false # <- here
//!     capabilities: {add: [CAP_SYS_ADMIN]}
//! ```
//! ```yaml near-miss
//! # The API server looks for the longer name of the capability alone; and true goes with both.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     allowPrivilegeEscalation: false
//!     privileged: false
//!     capabilities: {add: [SYS_ADMIN]}
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     allowPrivilegeEscalation: true
//!     privileged: true
//!     capabilities: {add: [CAP_SYS_ADMIN], drop: [ALL]}
//! ```
//! ```yaml good
//! restartPolicy: OnFailure
//! containers:
//! - name: web
//!   image: registry.example.com/web:1.4
//!   imagePullPolicy: IfNotPresent
//!   resources:
//!     limits: {memory: 512Mi}
//! ```
//! ```yaml near-miss
//! # Empty stands for the default; a taint's key is free; runAsUser has 64 bits.
//! restartPolicy: ""
//! tolerations:
//! - {key: noexecute, effect: NoExecute}
//! containers:
//! - name: web
//!   image: registry.example.com/web:1.4
//!   resources:
//!     limits: {memory: " 1e3 "}
//!   securityContext:
//!     runAsUser: 3000000000
//! ```

use plimsoll_engine::{Parameters, nearest};
use plimsoll_kubernetes::schema::{CustomTrouble, Trouble, Wanted};

use crate::prelude::*;
use crate::support::schema::wanted;
use crate::support::security_context;

/// Sets of more words than this aren't listed.
const LISTED: usize = 8;

pub const CONTROL: Control = Control {
    id: "manifest/invalid-value",
    title: "Value that the API refuses",
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
            Trouble::NotOneOf(words) => report(&problem.field, words, found),
            // wrong-type speaks of base64: it stands for bytes, and there is no word to show.
            Trouble::Malformed(form) if form != Wanted::Base64 => {
                found.at(&problem.field, format!("this must be {}", wanted(form)));
            }
            _ => {}
        }
    }
    for problem in inventory.custom_problems_of(object) {
        if let CustomTrouble::NotOneOf(schema) = problem.trouble {
            report(&problem.field, &schema.words().collect::<Vec<_>>(), found);
        }
    }
    for (kind, path, most) in SHARES {
        if kind.matches(object.group(), object.kind()) && is_read(object, found.parameters()) {
            share(&object.get(path), *most, found);
        }
    }
    for pod in inventory.pods_of(object) {
        pod.containers().for_each(|container| escalation(&container, found));
    }
}

const BUDGET: GroupKind = GroupKind::new("policy", "PodDisruptionBudget");
const DEPLOYMENT: GroupKind = GroupKind::new("apps", "Deployment");
const DAEMON_SET: GroupKind = GroupKind::new("apps", "DaemonSet");
const STATEFUL_SET: GroupKind = GroupKind::new("apps", "StatefulSet");

/// Fields that are a number of pods or a share of them, and the most that it may be.
const SHARES: &[(GroupKind, &str, u64)] = &[
    (BUDGET, "spec.minAvailable", 100),
    (BUDGET, "spec.maxUnavailable", 100),
    (DEPLOYMENT, "spec.strategy.rollingUpdate.maxUnavailable", 100),
    (DEPLOYMENT, "spec.strategy.rollingUpdate.maxSurge", u64::MAX),
    (DAEMON_SET, "spec.updateStrategy.rollingUpdate.maxUnavailable", 100),
    (DAEMON_SET, "spec.updateStrategy.rollingUpdate.maxSurge", 100),
    (STATEFUL_SET, "spec.updateStrategy.rollingUpdate.maxUnavailable", 100),
];

/// The release in which the API server keeps `maxUnavailable` of StatefulSets without being told to.
const STATEFUL_SETS_ROLL_SEVERAL: u16 = 37;

/// Whether the API server looks at these fields of an object.
fn is_read(object: &Object<'_>, parameters: &Parameters) -> bool {
    match object.kind() {
        "DaemonSet" => !object.get("spec.updateStrategy.type").is("OnDelete"),
        "StatefulSet" => parameters.kubernetes_minor() >= STATEFUL_SETS_ROLL_SEVERAL,
        _ => true,
    }
}

fn share<'d>(field: &Field<'d>, most: u64, found: &mut Findings<'_, 'd>) {
    let Some(text) = field.as_str() else {
        if field.as_i64().is_some_and(|number| number < 0) {
            found.at(field, "this must not be less than 0");
        }
        return;
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.strip_suffix('%') {
        _ if field.is_replaced() => {}
        Some(share) if is_number(share) => {
            if share.parse().unwrap_or(u64::MAX) > most {
                found.at(field, "a share of the pods is at most 100%");
            }
        }
        _ => match text.parse::<i32>() {
            Ok(number) if is_number(text) && number.to_string() == text => {
                let message = "text must be a percentage, such as 25%: take the quotes off a number";
                found.at(field, message).fix(set(field, i64::from(number)));
            }
            _ => {
                found.at(field, "this must be a whole number or a percentage, such as 25%");
            }
        },
    }
}

/// What a container may not be when it may not gain privileges.
fn escalation<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let allowed = container.security("allowPrivilegeEscalation");
    if let Some(reason) = security_context::needs_escalation(container)
        && allowed.is_false()
    {
        let title = container.title();
        found.at(
            &allowed,
            format!("{title} {reason}, which the API server refuses next to this: take one of them out"),
        );
    }
}

fn report<'d>(field: &Field<'d>, words: &[&str], found: &mut Findings<'_, 'd>) {
    let text = field.text();
    let known = || words.iter().copied().filter(|word| !word.is_empty());
    let same = known().find(|word| word.eq_ignore_ascii_case(text));
    // The value itself is not repeated: who misplaced a password finds it at its place alone.
    let mut message = "this is no value that the API knows".to_owned();
    match same.or_else(|| nearest(text, known())) {
        Some(near) => message.push_str(&format!(": did you mean {near}?")),
        None if words.len() <= LISTED => {
            message.push_str(&format!(": write one of {}", known().collect::<Vec<_>>().join(", ")))
        }
        None => message.push_str(": see the documentation of the field"),
    }
    let draft = found.at(field, message);
    if let Some(word) = same {
        draft.fix(set(field, word));
    }
}

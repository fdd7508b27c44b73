//! A value that the API doesn't know: a word that is none of its words, a quantity or a time that is none.
//!
//! ## What it checks
//! Fields that take one of a set of words (`imagePullPolicy`, a Service's `type`, `protocol`, `restartPolicy` and so
//! on; they are case-sensitive), quantities, times and the range of integers, in every kind that Kubernetes itself
//! serves and in the pod templates of other kinds; and the words that a CustomResourceDefinition in the same scan lists.
//!
//! ## Why it matters
//! The API server refuses the object, and what it was to mend stays as it is.
//!
//! ## How to fix
//! Write one of the words.
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

use plimsoll_engine::nearest;
use plimsoll_kubernetes::schema::{CustomTrouble, Trouble, Wanted};

use crate::prelude::*;
use crate::support::schema::wanted;

/// Sets of more words than this aren't listed.
const LISTED: usize = 8;

pub const CONTROL: Control = Control {
    id: "manifest/invalid-value",
    title: "Value that the API doesn't know",
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
}

fn report<'d>(field: &Field<'d>, words: &[&str], found: &mut Findings<'_, 'd>) {
    let text = field.text();
    let known = || words.iter().copied();
    let same = known().find(|word| word.eq_ignore_ascii_case(text));
    // The value itself is not repeated: who misplaced a password finds it at its place alone.
    let mut message = "this is no value that the API knows".to_owned();
    match same.or_else(|| nearest(text, known())) {
        Some(near) => message.push_str(&format!(": did you mean {near}?")),
        None if words.len() <= LISTED => message.push_str(&format!(": write one of {}", words.join(", "))),
        None => message.push_str(": see the documentation of the field"),
    }
    let draft = found.at(field, message);
    if let Some(word) = same {
        draft.fix(set(field, word));
    }
}

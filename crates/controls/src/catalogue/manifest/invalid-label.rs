//! A label that the API server refuses.
//!
//! ## What it checks
//! Every label of every object and pod template, key and value: at most 63 characters of
//! letters, digits, `-`, `_` and `.`, beginning and ending with a letter or digit (an empty value is allowed); the
//! optional prefix of a key is a DNS subdomain. Values that aren't strings are `manifest/wrong-type`; what another tool
//! replaces first, `${NAME}`, isn't judged.
//!
//! ## Why it matters
//! The API server refuses the object: the fix that was meant to be rolled out is not.
//!
//! ## How to fix
//! Keep to the characters.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: web
//!   labels:
//!     owner: the shop # <- here
//!     -x: a # <- here
//! ```
//! ```yaml bad
//! # Its labels are those of its pod.
//! apiVersion: serving.knative.dev/v1
//! kind: Revision
//! metadata:
//!   name: web
//!   labels:
//!     owner: the shop # <- here
//! spec: {containers: [{image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: web
//!   labels:
//!     version: "1.0"
//!     example.com/owner: the-shop
//! ```
//! ```yaml near-miss
//! # Annotations are free; an empty value is allowed.
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: web
//!   annotations: {owner: the shop}
//!   labels: {empty: "", nothing: null, a.b_c-d: A.b_C}
//! ```
//! ```yaml near-miss
//! # What it becomes isn't known yet.
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: web
//!   labels: {env: "${ENV}", "${TEAM}/part": web}
//! ```

use plimsoll_kubernetes::schema::is_replaced;

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "manifest/invalid-label",
    title: "Invalid label",
    severity: Medium,
    frameworks: &[],
    aliases: &["kube-score:label-values", "kics:Metadata-Label-Is-Invalid"],
    profiles: &[Recommended],
    fix: None,
    check: Check::AnyObject(Needs::Key(&["labels"]), check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let templates = found.inventory().pods_of(object);
    let of_templates = templates.iter().filter(|pod| !pod.is_object()).map(Pod::labels);
    for labels in std::iter::once(object.labels()).chain(of_templates) {
        for (key, value) in labels.entries() {
            if is_replaced(key) || value.is_replaced() {
                continue;
            }
            let wrong = if !is_key(key) {
                "this is no valid label key"
            } else if !value.text().is_empty() && !is_name(value.text()) {
                "this is no valid label value: letters, digits, - _ and . alone"
            } else {
                continue;
            };
            found.at(&value, wrong);
        }
    }
}

/// `prefix/name` or `name`.
fn is_key(key: &str) -> bool {
    match key.split_once('/') {
        Some((prefix, name)) => is_subdomain(prefix) && is_name(name),
        None => is_name(key),
    }
}

fn is_name(name: &str) -> bool {
    let edge = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    name.len() <= 63
        && edge(name.bytes().next())
        && edge(name.bytes().next_back())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

fn is_subdomain(name: &str) -> bool {
    name.len() <= 253
        && name.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        })
}

//! A credential stands in a field of an object that is no Secret.
//!
//! ## What it checks
//! Every text of every other object, custom resources too: credentials by their form, fields whose name promises one
//! (`password: …`, `clientSecret: …`) with a value that looks made, pairs of `name` and `value` (variables of
//! pipelines, parameters of charts, headers of probes), and assignments in text of many lines. Definitions of custom
//! resources are left out, and what other controls of this area look at.
//!
//! ## Why it matters
//! Custom resources are stored without encryption, and roles that may read them are given freely.
//!
//! ## How to fix
//! Change the credential: it counts as known. Most kinds have a field beside it that refers to a Secret
//! (`passwordSecretRef`, `valueFrom`).
//!
//! ```yaml bad
//! apiVersion: argoproj.io/v1alpha1
//! kind: Application
//! metadata:
//!   name: votes
//! spec:
//!   source:
//!     repoURL: https://ci:hunter2-not-real@git.example.com/votes.git # <- here
//!     helm:
//!       parameters:
//!       - name: db.password
//!         value: hunter2-not-real # <- here
//!       valuesObject:
//!         auth: {adminPassword: hunter2-not-real} # <- here
//! ```
//! ```yaml bad
//! # A probe's header.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//!     readinessProbe:
//!       httpGet:
//!         port: 8080
//!         httpHeaders:
//!         - name: Authorization
//!           value: Basic Y2k6aHVudGVyMi1ub3QtcmVhbA== # <- here
//! ```
//! ```yaml good
//! apiVersion: argoproj.io/v1alpha1
//! kind: Application
//! metadata:
//!   name: votes
//! spec:
//!   source:
//!     repoURL: https://git.example.com/votes.git
//!     helm:
//!       parameters:
//!       - name: db.existingSecret
//!         value: db-credentials
//! ```
//! ```yaml near-miss
//! apiVersion: external-secrets.io/v1
//! kind: ExternalSecret
//! metadata:
//!   name: db
//! spec:
//!   secretStoreRef: {name: vault, kind: SecretStore}
//!   target: {name: db}
//!   data:
//!   - secretKey: password
//!     remoteRef: {key: votes/db, property: password}
//! ---
//! apiVersion: bitnami.com/v1alpha1
//! kind: SealedSecret
//! metadata:
//!   name: db
//! spec:
//!   encryptedData:
//!     password: AgBq7RtZ1pW9xKc4LmB2vNs8YhD6fGjT3eU
//! ---
//! apiVersion: apiextensions.k8s.io/v1
//! kind: CustomResourceDefinition
//! metadata:
//!   name: logins.example.com
//! spec:
//!   group: example.com
//!   versions:
//!   - name: v1
//!     schema:
//!       openAPIV3Schema:
//!         properties:
//!           password: {type: string, default: hunter2-not-real}
//! ```

use plimsoll_doc::{Key, Kind, Value};

use crate::prelude::*;
use crate::support::credential::{self, Found};

pub const CONTROL: Control = Control {
    id: "secret/in-field",
    title: "Credential in a field",
    severity: High,
    frameworks: &[nsa("network/secrets"), mitre("T1552.001"), microsoft("MS-TA9027"), owasp("K03")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::AnyObject(Needs::Nothing, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let is_left_out = match object.group() {
        "" => matches!(object.kind(), "Secret" | "ConfigMap" | "Event"),
        "apiextensions.k8s.io" => true,
        _ => false,
    };
    if is_left_out {
        return;
    }
    let makes_pods = !plimsoll_kubernetes::pod_templates(object.group(), object.kind()).is_empty();
    let is_one_of = |value: Value<'d>, keys: &[Key<'_>]| keys.iter().any(|key| value.is_under(*key));
    for value in object.root().children().filter(|value| !is_one_of(*value, &METADATA)) {
        if value.kind() == Kind::String {
            judge(value, found);
        }
        value.walk(|value| {
            if is_one_of(value, &ELSEWHERE) || makes_pods && is_one_of(value, &OF_CONTAINERS) {
                return false;
            }
            if value.kind() == Kind::String {
                judge(value, found);
            }
            true
        });
    }
}

/// Keys of an object that hold nothing of its own.
const METADATA: [Key<'static>; 5] = Key::all(["metadata", "status", "sops", "apiVersion", "kind"]);

/// What other controls look at, and what is encrypted or public.
const ELSEWHERE: [Key<'static>; 5] =
    Key::all(["annotations", "labels", "encryptedData", "caBundle", "managedFields"]);

/// The same of a pod's containers.
const OF_CONTAINERS: [Key<'static>; 3] = Key::all(["env", "args", "command"]);

fn judge<'d>(value: Value<'d>, found: &mut Findings<'_, 'd>) {
    let Some(text) = value.as_str().filter(|text| text.len() >= 3) else { return };
    let name = name_of(value);
    let credential = credential::strictly_named(name, text)
        .or_else(|| credential::in_header(name, text))
        .map(|what| Found { what, inside: None })
        .or_else(|| {
            let inside = text.contains('\n').then(|| credential::in_text(text))??;
            Some(Found { what: inside.what, inside: Some(inside) })
        });
    if let Some(credential) = credential {
        found.at(
            &Field::new(value),
            format!(
                "{name:?} holds {} in clear text: change it and refer to a Secret",
                credential.describe()
            ),
        );
    }
}

/// What a value is called: the `name` beside a `value`, else its own key, of a list that of the list.
fn name_of<'d>(value: Value<'d>) -> &'d str {
    let parent = value.parent();
    match value.key() {
        Some(key @ ("value" | "stringValue" | "default")) => {
            ["name", "key"].into_iter().find_map(|sibling| parent?.get(sibling)?.as_str()).unwrap_or(key)
        }
        Some(key) => key,
        None => parent.and_then(Value::key).unwrap_or(""),
    }
}

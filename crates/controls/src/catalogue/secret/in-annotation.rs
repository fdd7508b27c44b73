//! A credential stands in an annotation or a label.
//!
//! ## What it checks
//! Annotations and labels of every object and pod template: credentials by their form and by the key's name, and in
//! what a controller writes into nginx's settings (`…-snippet`) the logins of headers, but for
//! hashes of one (`checksum/…`) and what injectors are told of one (`vault.hashicorp.com/agent-inject-secret-…`); and
//! `kubectl.kubernetes.io/last-applied-configuration` that holds the values of a Secret, as `kubectl apply` writes it.
//!
//! ## Why it matters
//! Metadata is never encrypted, is copied to events, metrics and logs, and is readable wherever the object is. What
//! stands in the last applied configuration stays there after the value was taken out of the Secret.
//!
//! ## How to fix
//! Change the credential: it counts as known. Remove the annotation; create Secrets with server-side apply, which
//! writes no such copy.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: db
//!   annotations:
//!     kubectl.kubernetes.io/last-applied-configuration: | # <- here
//!       {"apiVersion":"v1","kind":"Secret","metadata":{"name":"db"},"data":{"password":"aHVudGVyMi1ub3QtcmVhbA=="}}
//!     example.com/admin-password: hunter2-not-real # <- here
//! ```
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   selector: {matchLabels: {app: web}}
//!   template:
//!     metadata:
//!       labels: {app: web}
//!       annotations:
//!         scrape: https://metrics:hunter2-not-real@web.example.com/metrics # <- here
//!     spec:
//!       containers:
//!       - name: web
//!         image: registry.example.com/web:1.4
//! ```
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: web
//!   annotations:
//!     nginx.ingress.kubernetes.io/configuration-snippet: | # <- here
//!       proxy_set_header Authorization "Basic Y2k6aHVudGVyMi1ub3QtcmVhbA==";
//!     nginx.ingress.kubernetes.io/auth-snippet: |
//!       proxy_set_header Authorization $http_authorization;
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: db
//!   annotations:
//!     example.com/owner: team-vote
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: db
//!   labels:
//!     token: issued
//!   annotations:
//!     kubectl.kubernetes.io/last-applied-configuration: |
//!       {"apiVersion":"v1","kind":"Secret","metadata":{"name":"db"},"type":"Opaque","data":{"password":""}}
//!     nginx.ingress.kubernetes.io/auth-secret: basic-auth
//!     vault.hashicorp.com/agent-inject-secret-db-password: internal/data/database/config
//!     vault.hashicorp.com/agent-inject-perms-db-password: "0400"
//!     vault.hashicorp.com/agent-inject-command-db-password: pkill -HUP app
//!     bao.openbao.org/agent-inject-file-db-password: db-pass.env
//!     conjur.org/conjur-secrets.db-password: "- apps/db/password"
//!     reloader.stakater.com/match-password: dbpass
//!     example.com/admin-password: secret/data/admin
//!     checksum/config: 0c9f3d1a7be2b8a5a1f6cf5a2f3c4f5e0b7de1a6b5c4d3e2f1a0b9c8d7e6f5a4
//!     checksum/db-password: 0c9f3d1a7be2b8a5a1f6cf5a2f3c4f5e0b7de1a6b5c4d3e2f1a0b9c8d7e6f5a4
//!     sha256.example.com/api-token: 0c9f3d1a7be2b8a5a1f6cf5a2f3c4f5e0b7de1a6b5c4d3e2f1a0b9c8d7e6f5a4
//!     description: the password is in the vault, ask the team for a token
//! ```

use std::sync::Arc;

use plimsoll_doc::{Limits, SourceFile, parse};

use crate::prelude::*;
use crate::support::{credential, secrets};

pub const CONTROL: Control = Control {
    id: "secret/in-annotation",
    title: "Credential in an annotation or a label",
    severity: High,
    frameworks: &[nsa("network/secrets"), mitre("T1552.001"), microsoft("MS-TA9027"), owasp("K03")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::AnyObject(Needs::Key(&["annotations", "labels"]), check),
};

/// Where `kubectl apply` keeps what it was given.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let metadata = object.get("metadata");
    judge(&metadata, found);
    for pod in found.inventory().pods_of(object) {
        if pod.metadata().value() != metadata.value() {
            judge(&pod.metadata(), found);
        }
    }
}

fn judge<'d>(metadata: &Field<'d>, found: &mut Findings<'_, 'd>) {
    for (key, field) in metadata.get("annotations").entries() {
        if key == LAST_APPLIED {
            if holds_a_secret(field.text()) {
                found.at(
                    &field,
                    "the last applied configuration holds the Secret's values: remove the annotation",
                );
            }
            continue;
        }
        report("annotation", key, &field, found);
    }
    for (key, field) in metadata.get("labels").entries() {
        report("label", key, &field, found);
    }
}

fn report<'d>(place: &str, key: &str, field: &Field<'d>, found: &mut Findings<'_, 'd>) {
    // Settings that a controller writes into those of nginx.
    let is_of_nginx = key.ends_with("-snippet") || key.ends_with("-snippets");
    let in_snippet =
        |text| if is_of_nginx { credential::in_text(text).map(|inside| inside.what) } else { None };
    let what =
        field.as_str().and_then(|text| credential::strictly_named(key, text).or_else(|| in_snippet(text)));
    if let Some(what) = what {
        found.at(
            field,
            format!("{place} {key:?} holds {what} in clear text: change it and remove it from here"),
        );
    }
}

/// Whether a manifest within an annotation is a Secret with a value that isn't encrypted.
fn holds_a_secret(text: &str) -> bool {
    if !text.contains("Secret") {
        return false;
    }
    let file = Arc::new(SourceFile::new("annotation", text.as_bytes().to_vec()));
    parse(&file, &Limits::default()).into_iter().flatten().any(|document| {
        Object::new(document.root()).is_some_and(|object| {
            object.is("", "Secret")
                && secrets::entries(&object)
                    .any(|entry| !entry.is_empty() && !entry.field.text().starts_with("ENC["))
        })
    })
}

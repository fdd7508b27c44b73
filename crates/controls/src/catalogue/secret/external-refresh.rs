//! An ExternalSecret is read once and never again.
//!
//! ## What it checks
//! `refreshInterval` of 0 and `refreshPolicy: CreatedOnce` of an ExternalSecret or of the template of a
//! ClusterExternalSecret. Without a policy, an interval of 0 means once.
//!
//! ## Why it matters
//! A credential that was changed in the store, because it leaked, goes on in use in the cluster.
//!
//! ## How to fix
//! Set `refreshInterval: 1h`. Keep `CreatedOnce` for generated values that must not change.
//!
//! ```yaml bad
//! apiVersion: external-secrets.io/v1
//! kind: ExternalSecret
//! metadata:
//!   name: db
//! spec:
//!   refreshInterval: "0" # <- here
//! ---
//! apiVersion: external-secrets.io/v1
//! kind: ExternalSecret
//! metadata:
//!   name: cache
//! spec:
//!   refreshPolicy: CreatedOnce # <- here
//! ```
//! ```yaml good
//! apiVersion: external-secrets.io/v1
//! kind: ExternalSecret
//! metadata:
//!   name: db
//! spec:
//!   refreshInterval: 1h0m0s
//! ```
//! ```yaml near-miss
//! # One hour when nothing is said; and changes of the object itself refresh it.
//! apiVersion: external-secrets.io/v1
//! kind: ExternalSecret
//! metadata:
//!   name: db
//! spec: {}
//! ---
//! apiVersion: external-secrets.io/v1
//! kind: ExternalSecret
//! metadata:
//!   name: cache
//! spec:
//!   refreshPolicy: OnChange
//!   refreshInterval: "0"
//! ```

use crate::prelude::*;

const KINDS: &[GroupKind] = &[
    GroupKind::new("external-secrets.io", "ExternalSecret"),
    GroupKind::new("external-secrets.io", "ClusterExternalSecret"),
];

pub const CONTROL: Control = Control {
    id: "secret/external-refresh",
    title: "External secret never refreshed",
    severity: Low,
    frameworks: &[owasp("K03")],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Object(KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let spec = match object.kind() {
        "ClusterExternalSecret" => object.get("spec.externalSecretSpec"),
        _ => object.get("spec"),
    };
    let (interval, policy) = (spec.get("refreshInterval"), spec.get("refreshPolicy"));
    if policy.is("CreatedOnce") {
        found.at(&policy, "the secret is read once: refresh it periodically");
    } else if !policy.is("OnChange") && (is_zero(interval.text()) || interval.as_i64() == Some(0)) {
        found.at(&interval, "the secret is never read again: set a refreshInterval such as 1h");
    }
}

/// A duration of nothing: `0`, `0s`, `0h0m0s`.
fn is_zero(duration: &str) -> bool {
    duration.contains('0')
        && duration.bytes().all(|b| matches!(b, b'0' | b'.' | b'h' | b'm' | b's' | b'u' | b'n'))
}

//! A PushSecret copies a Secret out of the cluster.
//!
//! ## What it checks
//! Every PushSecret and ClusterPushSecret.
//!
//! ## Why it matters
//! The Secret's values go to another system, with its own rules of who may read. Who may create a PushSecret in a
//! namespace takes out every Secret of it, without the right to read one.
//!
//! ## How to fix
//! Make the store the origin and pull from it with an ExternalSecret. Where pushing is meant, limit who may create a
//! PushSecret and say so in a waiver.
//!
//! ```yaml bad
//! apiVersion: external-secrets.io/v1alpha1
//! kind: PushSecret # <- here
//! metadata:
//!   name: db
//! spec:
//!   secretStoreRefs: [{name: vault}]
//!   selector: {secret: {name: db}}
//! ```
//! ```yaml good
//! apiVersion: external-secrets.io/v1
//! kind: ExternalSecret
//! metadata:
//!   name: db
//! spec:
//!   secretStoreRef: {name: vault}
//! ```
//! ```yaml near-miss
//! # Pushes what a generator made, not a Secret of the cluster.
//! apiVersion: external-secrets.io/v1alpha1
//! kind: PushSecret
//! metadata:
//!   name: db
//! spec:
//!   secretStoreRefs: [{name: vault}]
//!   selector:
//!     generatorRef: {kind: Password, name: db}
//! ```

use crate::prelude::*;

const KINDS: &[GroupKind] = &[
    GroupKind::new("external-secrets.io", "PushSecret"),
    GroupKind::new("external-secrets.io", "ClusterPushSecret"),
];

pub const CONTROL: Control = Control {
    id: "secret/pushed",
    title: "Secret pushed out of the cluster",
    severity: Low,
    frameworks: &[owasp("K03")],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Object(KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let selector = object.get(match object.kind() {
        "ClusterPushSecret" => "spec.pushSecretSpec.selector",
        _ => "spec.selector",
    });
    if selector.get("generatorRef").exists() && !selector.get("secret").exists() {
        return;
    }
    found.on(object, "values of a Secret leave the cluster: pull them from the store instead");
}

//! A SecretProviderClass copies what it mounts into Secrets.
//!
//! ## What it checks
//! `spec.secretObjects` of a SecretProviderClass that is not empty.
//!
//! ## Why it matters
//! The store was chosen so that credentials stay out of etcd. A copy is there again, readable for all who may read
//! Secrets of the namespace, and lives as long as a pod mounts the class.
//!
//! ## How to fix
//! Read the mounted files and remove `secretObjects`. Keep it only for what must be a Secret, such as an Ingress
//! certificate, with a waiver that says so.
//!
//! ```yaml bad
//! apiVersion: secrets-store.csi.x-k8s.io/v1
//! kind: SecretProviderClass
//! metadata:
//!   name: votes
//! spec:
//!   provider: azure
//!   parameters:
//!     clientID: 00000000-0000-0000-0000-000000000001
//!     keyvaultName: kv-votes
//!   secretObjects: # <- here
//!   - secretName: votes
//!     type: Opaque
//!     data:
//!     - objectName: api-key
//!       key: api-key
//! ```
//! ```yaml good
//! apiVersion: secrets-store.csi.x-k8s.io/v1
//! kind: SecretProviderClass
//! metadata:
//!   name: votes
//! spec:
//!   provider: azure
//!   parameters:
//!     clientID: 00000000-0000-0000-0000-000000000001
//!     keyvaultName: kv-votes
//! ```
//! ```yaml near-miss
//! apiVersion: secrets-store.csi.x-k8s.io/v1
//! kind: SecretProviderClass
//! metadata:
//!   name: votes
//! spec:
//!   provider: azure
//!   parameters:
//!     clientID: 00000000-0000-0000-0000-000000000001
//!     keyvaultName: kv-votes
//!   secretObjects: []
//! ```

use crate::prelude::*;

const KINDS: &[GroupKind] = &[GroupKind::new("secrets-store.csi.x-k8s.io", "SecretProviderClass")];

pub const CONTROL: Control = Control {
    id: "secret/provider-sync",
    title: "Secrets store copies into Secrets",
    severity: Low,
    frameworks: &[owasp("K03")],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Object(KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let objects = object.get("spec.secretObjects");
    if !objects.is_empty() {
        found.at(&objects, "values of the store are copied into Secrets: read the mounted files instead");
    }
}

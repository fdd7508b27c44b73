//! An EncryptionConfiguration that forgets Secrets.
//!
//! ## What it checks
//! Every EncryptionConfiguration: some entry must name `secrets`, `*.` or `*.*`.
//!
//! ## Why it matters
//! What no entry names is written to etcd in plain text.
//!
//! ## How to fix
//! Add `secrets` (and `configmaps`) to an entry with an encrypting provider.
//!
//! ```yaml bad
//! apiVersion: apiserver.config.k8s.io/v1
//! kind: EncryptionConfiguration
//! resources: # <- here
//! - resources: [configmaps, secrets.example.com]
//!   providers:
//!   - secretbox: {keys: []}
//! ```
//! ```yaml good
//! apiVersion: apiserver.config.k8s.io/v1
//! kind: EncryptionConfiguration
//! resources:
//! - resources: [configmaps, secrets]
//!   providers:
//!   - secretbox: {keys: []}
//! ```
//! ```yaml near-miss
//! # Every resource of the core group.
//! apiVersion: apiserver.config.k8s.io/v1
//! kind: EncryptionConfiguration
//! resources:
//! - resources: ["*."]
//!   providers:
//!   - secretbox: {keys: []}
//! ```

use crate::prelude::*;
use crate::support::encryption;

pub const CONTROL: Control = Control {
    id: "control-plane/secrets-not-encrypted",
    title: "Secrets not among what is encrypted",
    severity: High,
    frameworks: &[cis("1.2.28"), nsa("network/secrets-encryption"), owasp("K03")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(encryption::KINDS, check),
};

fn check<'d>(configuration: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let resources = configuration.get("resources");
    if !resources.items().any(|entry| encryption::takes_secrets(&entry)) {
        found.at(&resources, "Secrets are not encrypted: add them to an entry with an encrypting provider");
    }
}

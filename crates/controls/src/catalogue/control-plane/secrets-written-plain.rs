//! The first provider of an EncryptionConfiguration writes; identity first writes plain text.
//!
//! ## What it checks
//! The first entry of an EncryptionConfiguration (`apiserver.config.k8s.io/v1`, or by its
//! first name `v1` `EncryptionConfig`) that takes in Secrets, by name, by
//! `*.` or by `*.*`: its first provider must not be `identity`. Entries below it don't count for them.
//!
//! ## Why it matters
//! The API server encrypts with the first provider and decrypts with any. With `identity` first, Secrets lie in etcd,
//! its backups and its disks readable, though a key stands right below.
//!
//! ## How to fix
//! Put the encrypting provider first, `identity` last while old data is rewritten, and then rewrite it:
//! `kubectl get secrets -A -o json | kubectl replace -f -`.
//!
//! ## How others differ
//! Checkov looks at the flags of the API server alone: it fails one without `--encryption-provider-config`, and doesn't
//! read the file that the flag names.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: EncryptionConfig
//! resources:
//! - resources: [secrets]
//!   providers:
//!   - identity: {} # <- here
//! ```
//! ```yaml bad
//! apiVersion: apiserver.config.k8s.io/v1
//! kind: EncryptionConfiguration
//! resources:
//! - resources: [secrets]
//!   providers:
//!   - identity: {} # <- here
//!   - aescbc: {keys: []}
//! ```
//! ```yaml good
//! apiVersion: apiserver.config.k8s.io/v1
//! kind: EncryptionConfiguration
//! resources:
//! - resources: [secrets]
//!   providers:
//!   - kms: {apiVersion: v2, name: vault, endpoint: "unix:///run/kms.sock"}
//!   - identity: {}
//! ```
//! ```yaml near-miss
//! # What is left out on purpose, in an entry of its own before the one that encrypts.
//! apiVersion: apiserver.config.k8s.io/v1
//! kind: EncryptionConfiguration
//! resources:
//! - resources: [events]
//!   providers:
//!   - identity: {}
//! - resources: ["*.*"]
//!   providers:
//!   - secretbox: {keys: []}
//! ---
//! # All but Secrets.
//! apiVersion: apiserver.config.k8s.io/v1
//! kind: EncryptionConfiguration
//! resources:
//! - resources: [secrets]
//!   providers:
//!   - secretbox: {keys: []}
//! - resources: ["*.*"]
//!   providers:
//!   - identity: {}
//! ```

use crate::prelude::*;
use crate::support::encryption;

pub const CONTROL: Control = Control {
    id: "control-plane/secrets-written-plain",
    title: "Secrets written to etcd in plain",
    severity: High,
    frameworks: &[cis("1.2.28"), nsa("network/secrets-encryption"), owasp("K03")],
    aliases: &["kubescape:C-0142", "checkov:CKV_K8S_104", "kics:Encryption-Provider-Not-Properly-Configured"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(encryption::KINDS, check),
};

fn check<'d>(configuration: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let entry = configuration.get("resources").items().find(encryption::takes_secrets);
    let first = entry.and_then(|entry| entry.get("providers").items().next());
    // `identity: null` chooses the provider too, so the key alone decides.
    let identity = first.and_then(|first| first.value()?.get("identity")).map(Field::new);
    if let Some(identity) = identity {
        found.at_key(
            &identity,
            "what is written is not encrypted: put an encrypting provider before identity",
        );
    }
}

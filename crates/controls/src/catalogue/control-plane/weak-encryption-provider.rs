//! An encryption provider that isn't strong enough for Secrets.
//!
//! ## What it checks
//! The first provider of every entry of an EncryptionConfiguration: `kms` with `apiVersion: v2` and `secretbox` pass.
//! `aescbc` is open to padding-oracle attacks, `aesgcm` is unsafe without rotation every 200,000 writes, and `kms` v1
//! is deprecated and off by default.
//!
//! ## Why it matters
//! A key in a file beside the API server protects only against who gets etcd's disk alone. A key management service
//! keeps it elsewhere and says who used it.
//!
//! ## How to fix
//! Use `kms` with `apiVersion: v2`.
//!
//! ## How others differ
//! CIS and the tools that follow it accept `aescbc`; Kubernetes' own documentation calls it weak.
//!
//! ```yaml bad
//! apiVersion: apiserver.config.k8s.io/v1
//! kind: EncryptionConfiguration
//! resources:
//! - resources: [secrets]
//!   providers:
//!   - aescbc: # <- here
//!       keys: []
//! - resources: [configmaps]
//!   providers:
//!   - kms: # <- here
//!       name: vault
//!       endpoint: unix:///run/kms.sock
//! ```
//! ```yaml good
//! apiVersion: apiserver.config.k8s.io/v1
//! kind: EncryptionConfiguration
//! resources:
//! - resources: [secrets]
//!   providers:
//!   - kms: {apiVersion: v2, name: vault, endpoint: "unix:///run/kms.sock"}
//! ```
//! ```yaml near-miss
//! # An old provider, kept to read what it wrote.
//! apiVersion: apiserver.config.k8s.io/v1
//! kind: EncryptionConfiguration
//! resources:
//! - resources: [secrets]
//!   providers:
//!   - secretbox: {keys: []}
//!   - aescbc: {keys: []}
//! ```

use crate::prelude::*;
use crate::support::encryption;

pub const CONTROL: Control = Control {
    id: "control-plane/weak-encryption-provider",
    title: "Weak encryption provider",
    severity: Medium,
    frameworks: &[cis("1.2.28"), nsa("network/secrets-encryption"), owasp("K03")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(encryption::KINDS, check),
};

fn check<'d>(configuration: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for entry in configuration.get("resources").items() {
        let Some(first) = entry.get("providers").items().next() else { continue };
        for weak in ["aescbc", "aesgcm", "kms"].map(|provider| first.key(provider)) {
            let current = weak.anchor().key() == Some("kms") && weak.get("apiVersion").is("v2");
            if weak.exists() && !current {
                let name = weak.anchor().key().unwrap_or_default();
                found.at(&weak, format!("{name} is weak for Secrets: use kms with apiVersion v2"));
            }
        }
    }
}

//! A SecretProviderClass doesn't verify whom it gets secrets from.
//!
//! ## What it checks
//! `vaultSkipTLSVerify: "true"`, or another text that the provider reads so (`"1"`, `"t"`, `"True"`), or an address
//! that begins with `http://`, in letters of any size (`vaultAddress`), in the parameters of a SecretProviderClass.
//!
//! ## Why it matters
//! Who can answer in the store's place gets the service account's token, which logs in at the real store, and decides
//! which secrets the pods use.
//!
//! ## How to fix
//! Use `https://`, give the authority in `vaultCACertPath`, and remove `vaultSkipTLSVerify`.
//!
//! ```yaml bad
//! apiVersion: secrets-store.csi.x-k8s.io/v1
//! kind: SecretProviderClass
//! metadata:
//!   name: votes
//! spec:
//!   provider: vault
//!   parameters:
//!     vaultAddress: http://vault.vault:8200 # <- here
//!     vaultSkipTLSVerify: "true" # <- here
//!     roleName: votes
//! ---
//! apiVersion: secrets-store.csi.x-k8s.io/v1
//! kind: SecretProviderClass
//! metadata:
//!   name: results
//! spec:
//!   provider: vault
//!   parameters:
//!     vaultAddress: HTTP://vault.vault:8200 # <- here
//!     vaultSkipTLSVerify: "1" # <- here
//!     roleName: results
//! ```
//! ```yaml good
//! apiVersion: secrets-store.csi.x-k8s.io/v1
//! kind: SecretProviderClass
//! metadata:
//!   name: votes
//! spec:
//!   provider: vault
//!   parameters:
//!     vaultAddress: https://vault.vault:8200
//!     vaultCACertPath: /vault/tls/ca.crt
//!     roleName: votes
//! ```
//! ```yaml near-miss
//! apiVersion: secrets-store.csi.x-k8s.io/v1
//! kind: SecretProviderClass
//! metadata:
//!   name: votes
//! spec:
//!   provider: vault
//!   parameters:
//!     vaultSkipTLSVerify: "false"
//! ```

use crate::prelude::*;
use crate::support::go;

const KINDS: &[GroupKind] = &[GroupKind::new("secrets-store.csi.x-k8s.io", "SecretProviderClass")];

pub const CONTROL: Control = Control {
    id: "secret/provider-skip-tls",
    title: "Secrets store skips TLS verification",
    severity: High,
    frameworks: &[nsa("network/encryption"), owasp("K03")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let skip = object.get("spec.parameters.vaultSkipTLSVerify");
    if go::parse_bool(skip.text()) == Some(true) || skip.is_true() {
        found.at(&skip, "the store's certificate isn't verified: remove vaultSkipTLSVerify");
    }
    let address = object.get("spec.parameters.vaultAddress");
    if address.text().split_once("://").is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case("http")) {
        found.at(&address, "the store is reached without TLS: use https");
    }
}

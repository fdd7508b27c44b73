//! An external secret store is opened with a credential that is kept in a Secret.
//!
//! ## What it checks
//! How a SecretStore or ClusterSecretStore logs in, for the providers that know an identity without a stored credential:
//! `azurekv` (`authSecretRef`), `aws`, `gcpsm`, `oracle`, `alibaba`, `ibm` (`auth.secretRef`, `auth.secret`), `vault`
//! (`tokenSecretRef`, `appRole`, `userPass`, `ldap`, `cert`; and `jwt` or `kubernetes` from a Secret) and `kubernetes`
//! (`auth.token`, `auth.cert`).
//!
//! ## Why it matters
//! This one credential opens all that the store gives. It doesn't expire, is rarely changed, and everybody who reads
//! Secrets in its namespace has it.
//!
//! ## How to fix
//! Log in with a service account's token: `authType: WorkloadIdentity` with `serviceAccountRef` on Azure, `auth.jwt` on
//! AWS, `auth.workloadIdentity` on Google Cloud, `auth.kubernetes.serviceAccountRef` for Vault.
//!
//! ```yaml bad
//! apiVersion: external-secrets.io/v1
//! kind: ClusterSecretStore
//! metadata:
//!   name: votes
//! spec:
//!   provider:
//!     azurekv:
//!       authType: ServicePrincipal
//!       vaultUrl: https://kv-votes.vault.azure.net
//!       authSecretRef: # <- here
//!         clientId: {name: principal, key: id, namespace: vote}
//!         clientSecret: {name: principal, key: secret, namespace: vote}
//! ---
//! apiVersion: external-secrets.io/v1beta1
//! kind: SecretStore
//! metadata:
//!   name: votes
//! spec:
//!   provider:
//!     vault:
//!       server: https://vault.vault:8200
//!       auth:
//!         tokenSecretRef: {name: vault, key: token} # <- here
//! ```
//! ```yaml good
//! apiVersion: external-secrets.io/v1
//! kind: SecretStore
//! metadata:
//!   name: votes
//! spec:
//!   provider:
//!     azurekv:
//!       authType: WorkloadIdentity
//!       vaultUrl: https://kv-votes.vault.azure.net
//!       serviceAccountRef: {name: votes}
//! ```
//! ```yaml near-miss
//! # A provider that knows nothing but a token; and a federated identity whose ids come from a Secret.
//! apiVersion: external-secrets.io/v1
//! kind: SecretStore
//! metadata:
//!   name: doppler
//! spec:
//!   provider:
//!     doppler:
//!       auth:
//!         secretRef:
//!           dopplerToken: {name: doppler, key: token}
//! ---
//! apiVersion: external-secrets.io/v1
//! kind: SecretStore
//! metadata:
//!   name: votes
//! spec:
//!   provider:
//!     azurekv:
//!       authType: WorkloadIdentity
//!       vaultUrl: https://kv-votes.vault.azure.net
//!       serviceAccountRef: {name: votes}
//!       authSecretRef:
//!         clientId: {name: identity, key: id}
//!         tenantId: {name: identity, key: tenant}
//! ```

use crate::prelude::*;

const KINDS: &[GroupKind] = &[
    GroupKind::new("external-secrets.io", "SecretStore"),
    GroupKind::new("external-secrets.io", "ClusterSecretStore"),
];

pub const CONTROL: Control = Control {
    id: "secret/store-credential",
    title: "Secret store logs in with a stored credential",
    severity: Medium,
    frameworks: &[owasp("K03"), owasp("K08")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(KINDS, check),
};

/// Logins with a stored credential, below `spec.provider`.
const STORED: &[&str] = &[
    "aws.auth.secretRef",
    "gcpsm.auth.secretRef",
    "oracle.auth.secretRef",
    "alibaba.auth.secretRef",
    "ibm.auth.secretRef",
    "kubernetes.auth.token",
    "kubernetes.auth.cert",
    "vault.auth.tokenSecretRef",
    "vault.auth.appRole",
    "vault.auth.userPass",
    "vault.auth.ldap",
    "vault.auth.cert",
    "vault.auth.jwt.secretRef",
    "vault.auth.kubernetes.secretRef",
    "vault.auth.iam.secretRef",
];

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let provider = object.get("spec.provider");
    let azure = provider.get("azurekv.authSecretRef");
    // With a workload identity the Secret holds ids alone.
    let holds_credential = azure.get("clientSecret").exists() || azure.get("clientCertificate").exists();
    let stored = STORED.iter().map(|path| provider.get(path)).chain(holds_credential.then_some(azure));
    for login in stored.filter(Field::exists) {
        found.at(
            &login,
            "the store is opened with a stored credential: use the identity of a service account",
        );
    }
}

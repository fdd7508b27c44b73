//! A ClusterSecretStore serves every namespace.
//!
//! ## What it checks
//! `spec.conditions` of a ClusterSecretStore: absent or empty, or a condition whose `namespaceSelector` is empty and
//! which names no namespaces.
//!
//! ## Why it matters
//! Who may create an ExternalSecret in any namespace reads through the store all that its login may read, also what
//! belongs to others.
//!
//! ## How to fix
//! List the namespaces in `spec.conditions`, or give each namespace a SecretStore with a login of its own.
//!
//! ```yaml bad
//! apiVersion: external-secrets.io/v1
//! kind: ClusterSecretStore
//! metadata:
//!   name: votes
//! spec: # <- here
//!   provider:
//!     azurekv:
//!       authType: WorkloadIdentity
//!       vaultUrl: https://kv-votes.vault.azure.net
//! ---
//! apiVersion: external-secrets.io/v1
//! kind: ClusterSecretStore
//! metadata:
//!   name: everything
//! spec:
//!   conditions:
//!   - namespaceSelector: {} # <- here
//!   provider: {}
//! ```
//! ```yaml good
//! apiVersion: external-secrets.io/v1
//! kind: ClusterSecretStore
//! metadata:
//!   name: votes
//! spec:
//!   conditions:
//!   - namespaces: [vote]
//!   - namespaceSelector:
//!       matchLabels: {team: vote}
//!   - namespaceRegexes: ["^vote-.*$"]
//!   provider: {}
//! ```
//! ```yaml near-miss
//! apiVersion: external-secrets.io/v1
//! kind: SecretStore
//! metadata:
//!   name: votes
//! spec:
//!   provider: {}
//! ```

use crate::prelude::*;

const KINDS: &[GroupKind] = &[GroupKind::new("external-secrets.io", "ClusterSecretStore")];

pub const CONTROL: Control = Control {
    id: "secret/cluster-store-open",
    title: "Cluster secret store open to every namespace",
    severity: Medium,
    frameworks: &[owasp("K03")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let conditions = object.get("spec.conditions");
    if conditions.is_empty() {
        found.at(&conditions, "every namespace may read through this store: list namespaces in conditions");
        return;
    }
    for condition in conditions.items() {
        let selector = condition.get("namespaceSelector");
        let is_open = selector.exists()
            && LabelSelector::new(selector).is_empty()
            && condition.get("namespaces").is_empty()
            && condition.get("namespaceRegexes").is_empty();
        if is_open {
            found.at(
                &selector,
                "an empty selector lets every namespace in: select by labels or list namespaces",
            );
        }
    }
}

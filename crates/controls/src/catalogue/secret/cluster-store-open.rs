//! A ClusterSecretStore serves every namespace.
//!
//! ## What it checks
//! `spec.conditions` of a ClusterSecretStore: absent or empty, or a condition whose `namespaceSelector` is empty or
//! that has an expression for every name in `namespaceRegexes` (`.*`). Each of what a condition names lets in by
//! itself.
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
//!     namespaces: [vote]
//!   - namespaceRegexes: ["^vote-.*$", ".*"] # <- here
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
        if selector.exists() && LabelSelector::new(selector).is_empty() {
            found.at(
                &selector,
                "an empty selector lets every namespace in: select by labels or list namespaces",
            );
        }
        // An expression needs to fit anywhere in a name.
        let is_for_all =
            |text: &str| matches!(text.trim_start_matches('^').trim_end_matches('$'), "" | ".*" | ".+" | ".");
        for expression in condition.get("namespaceRegexes").items() {
            if expression.as_str().is_some_and(is_for_all) {
                found.at(
                    &expression,
                    "this expression lets every namespace in: select by labels or list namespaces",
                );
            }
        }
    }
}

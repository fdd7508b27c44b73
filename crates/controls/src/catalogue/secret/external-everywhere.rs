//! A ClusterExternalSecret or ClusterPushSecret works in every namespace.
//!
//! ## What it checks
//! `namespaceSelector`, `namespaceSelectors` and `namespaces` of a ClusterExternalSecret, `namespaceSelectors` of a
//! ClusterPushSecret: a selector that is written and empty.
//!
//! ## Why it matters
//! The secret is copied to namespaces that have no use for it; or Secrets of that name are taken from all of them.
//!
//! ## How to fix
//! Select the namespaces by a label that only who owns the secret may set, or list them.
//!
//! ```yaml bad
//! apiVersion: external-secrets.io/v1
//! kind: ClusterExternalSecret
//! metadata:
//!   name: registry
//! spec:
//!   namespaceSelector: {} # <- here
//!   externalSecretSpec: {}
//! ```
//! ```yaml good
//! apiVersion: external-secrets.io/v1
//! kind: ClusterExternalSecret
//! metadata:
//!   name: registry
//! spec:
//!   namespaceSelectors:
//!   - matchLabels: {registry: votes}
//!   externalSecretSpec: {}
//! ```
//! ```yaml near-miss
//! apiVersion: external-secrets.io/v1
//! kind: ClusterExternalSecret
//! metadata:
//!   name: registry
//! spec:
//!   namespaces: [vote]
//!   externalSecretSpec: {}
//! ```

use crate::prelude::*;

const KINDS: &[GroupKind] = &[
    GroupKind::new("external-secrets.io", "ClusterExternalSecret"),
    GroupKind::new("external-secrets.io", "ClusterPushSecret"),
];

pub const CONTROL: Control = Control {
    id: "secret/external-everywhere",
    title: "External secret copied to every namespace",
    severity: Medium,
    frameworks: &[owasp("K03")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let single = object.get("spec.namespaceSelector");
    for selector in object.get("spec.namespaceSelectors").items().chain(single.exists().then_some(single)) {
        if selector.is_mapping() && LabelSelector::new(selector).is_empty() {
            found.at(
                &selector,
                "an empty selector means every namespace: select by labels or list namespaces",
            );
        }
    }
}

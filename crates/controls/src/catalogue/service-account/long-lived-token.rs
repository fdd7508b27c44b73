//! A Secret asks for a token that never expires.
//!
//! ## What it checks
//! Secrets of type `kubernetes.io/service-account-token`.
//!
//! ## Why it matters
//! The token controller fills it with a token that is valid until the Secret or the account is deleted, isn't bound to
//! a pod, and can be read by all who may read Secrets of the namespace.
//!
//! ## How to fix
//! Ask for tokens that expire: a projected volume in the cluster, `kubectl create token` or the TokenRequest API
//! outside, or better the identity of who calls (OIDC).
//!
//! ## How others differ
//! Kubescape asks a person whether such tokens are used by people.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: ci
//!   annotations:
//!     kubernetes.io/service-account.name: ci
//! type: kubernetes.io/service-account-token # <- here
//! ```
//! ```yaml good
//! serviceAccountName: ci
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: token
//!   projected:
//!     sources:
//!     - serviceAccountToken: {path: token, audience: vault, expirationSeconds: 3600}
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: ci
//!   annotations:
//!     kubernetes.io/service-account.name: ci
//! type: Opaque
//! ```

use crate::prelude::*;

const KINDS: &[GroupKind] = &[GroupKind::new("", "Secret")];

pub const CONTROL: Control = Control {
    id: "service-account/long-lived-token",
    title: "Service account token that never expires",
    severity: Medium,
    frameworks: &[mitre("T1528"), mitre("T1550.001"), microsoft("MS-TA9016"), owasp("K09")],
    aliases: &["kubescape:C-0287"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let kind = object.get("type");
    if kind.is("kubernetes.io/service-account-token") {
        found.at(&kind, "the token never expires: use a projected token or the TokenRequest API");
    }
}

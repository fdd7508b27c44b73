//! A bootstrap token without an end lets machines join for ever.
//!
//! ## What it checks
//! Secrets of type `bootstrap.kubernetes.io/token` in `kube-system` without an `expiration`, or with an
//! empty one; `stringData` goes before `data`. Other values are not looked at, and none is shown.
//!
//! ## Why it matters
//! The token authenticates a new node, and in `auth-extra-groups` whatever else the group may do; it is
//! written into scripts and machine images and outlives them. It is not meant for people at all.
//!
//! ## How to fix
//! Create tokens with `kubeadm token create --ttl 1h`, and keep them out of manifests.
//!
//! ## How others differ
//! Kubescape asks a person whether such tokens are used.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: bootstrap-token-abcdef
//!   namespace: kube-system
//! type: bootstrap.kubernetes.io/token
//! stringData: # <- here
//!   token-id: example
//!   usage-bootstrap-authentication: "true"
//! ---
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: bootstrap-token-abcdef
//!   namespace: kube-system
//! type: bootstrap.kubernetes.io/token
//! data:
//!   expiration: MjAyNy0wMS0zMVQwMDowMDowMFo=
//! stringData:
//!   expiration: "" # <- here
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: bootstrap-token-abcdef
//!   namespace: kube-system
//! type: bootstrap.kubernetes.io/token
//! stringData:
//!   token-id: example
//!   expiration: "2027-01-31T00:00:00Z"
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: bootstrap-token-abcdef
//!   namespace: kube-system
//! type: Opaque
//! stringData:
//!   token-id: example
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "rbac/bootstrap-token",
    title: "Bootstrap token that doesn't expire",
    severity: Medium,
    frameworks: &[mitre("T1528"), owasp("K09")],
    aliases: &["kubescape:C-0288"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "Secret")], check),
};

fn check<'d>(secret: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let is_token = secret.get("type").is("bootstrap.kubernetes.io/token")
        && found.inventory().namespace_of(secret) == "kube-system";
    if !is_token {
        return;
    }
    let lists = [secret.get("stringData"), secret.get("data")];
    // A key of `stringData`, `null` too, overwrites that of `data`.
    let written = lists.iter().find_map(|list| list.value()?.get("expiration")).map(Field::new);
    if written.is_none_or(|written| written.text().trim().is_empty()) {
        let at = lists.iter().find(|list| list.exists()).copied().unwrap_or(secret.get("type"));
        let message = "the bootstrap token never expires: set expiration, and keep it out of manifests";
        found.at(&written.unwrap_or(at), message);
    }
}

//! The account that pods get when they name none mounts a token.
//!
//! ## What it checks
//! `automountServiceAccountToken` of a ServiceAccount called `default`: anything but `false`.
//!
//! ## Why it matters
//! Every pod that nobody thought about runs with this account. Its token lets an attacker in such a pod speak to the
//! API server, with all the rights that were ever given to `default`.
//!
//! ## How to fix
//! Set `automountServiceAccountToken: false` on it, and give pods that call the API server an account of their own.
//!
//! ## How others differ
//! Kubescape's C-0189 also fails every namespace that has no other account; its C-0225 is this and
//! `service-account/default-binding` in one.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: ServiceAccount # <- here
//! metadata:
//!   name: default
//!   namespace: vote
//! ```
//! ```yaml fixed
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata:
//!   name: default
//!   namespace: vote
//! automountServiceAccountToken: false
//! ```
//! ```yaml bad
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata:
//!   name: default
//! automountServiceAccountToken: yes # <- here
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata:
//!   name: default
//! automountServiceAccountToken: false
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata:
//!   name: default-editor
//! ```

use crate::prelude::*;

const KINDS: &[GroupKind] = &[GroupKind::new("", "ServiceAccount")];

pub const CONTROL: Control = Control {
    id: "service-account/default-automount",
    title: "Default service account mounts its token",
    severity: Medium,
    frameworks: &[
        cis("5.1.5"),
        aks("4.1.5"),
        aks("5.2.1"),
        eks("4.1.5"),
        eks("5.2.1"),
        nsa("pod-security/service-account-tokens"),
        mitre("T1078.001"),
        microsoft("MS-TA9016"),
        owasp("K01"),
    ],
    aliases: &["checkov:CKV_K8S_41", "kubescape:C-0189", "kubescape:C-0225"],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Object(KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let field = object.get("automountServiceAccountToken");
    if object.name() != "default" || field.is_false() {
        return;
    }
    let message = "pods that name no account get a token: set automountServiceAccountToken to false";
    if field.exists() { found.at(&field, message) } else { found.on(object, message) }
        .unsafe_fix(set(&field, false));
}

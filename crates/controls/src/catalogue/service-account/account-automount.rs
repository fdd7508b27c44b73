//! A ServiceAccount says that every pod of it gets a token.
//!
//! ## What it checks
//! `automountServiceAccountToken: true`, written out, on a ServiceAccount.
//!
//! ## Why it matters
//! Pods that say nothing themselves get a token for the API server, wanted or not. That is the default too; writing it
//! down says that nobody means to change it.
//!
//! ## How to fix
//! Set `automountServiceAccountToken: false` on the account, and `true` on the pods that do call the API server.
//!
//! ## How others differ
//! Kubescape judges the pods alone by now; `service-account/token-automount` does that.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata:
//!   name: web
//! automountServiceAccountToken: true # <- here
//! ```
//! ```yaml fixed
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata:
//!   name: web
//! automountServiceAccountToken: false
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata:
//!   name: web
//! automountServiceAccountToken: false
//! ```
//! ```yaml near-miss
//! # Nothing said: the pods are judged.
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata:
//!   name: web
//! ---
//! apiVersion: example.com/v1
//! kind: ServiceAccount
//! metadata:
//!   name: web
//! automountServiceAccountToken: true
//! ```
//!
//! ```cel
//! object.?automountServiceAccountToken.orValue(false) && object.metadata.?name.orValue("") != "default" ?
//!   ["every pod of the account gets a token: set automountServiceAccountToken to false"] : []
//! ```

use crate::prelude::*;

const KINDS: &[GroupKind] = &[GroupKind::new("", "ServiceAccount")];

pub const CONTROL: Control = Control {
    id: "service-account/account-automount",
    title: "Service account mounts its token everywhere",
    severity: Medium,
    frameworks: &[
        cis("5.1.6"),
        aks("4.1.6"),
        eks("4.1.6"),
        nsa("pod-security/service-account-tokens"),
        mitre("T1528"),
        microsoft("MS-TA9016"),
        owasp("K01"),
    ],
    aliases: &["kubescape:C-0034", "kubescape:C-0190"],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Object(KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let field = object.get("automountServiceAccountToken");
    // The account called default has a control of its own.
    if field.is_true() && object.name() != "default" {
        found
            .at(
                &field,
                format!(
                    "every pod of {:?} gets a token: set automountServiceAccountToken to false",
                    object.name()
                ),
            )
            .unsafe_fix(set(&field, false));
    }
}

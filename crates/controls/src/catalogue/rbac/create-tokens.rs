//! Who asks for tokens becomes every service account in reach.
//!
//! ## What it checks
//! `create` on `serviceaccounts/token`, written as such, as `*/token` or as `*`. A rule limited by
//! `resourceNames` to certain accounts is not found.
//!
//! ## Why it matters
//! The TokenRequest API returns a token of the account, with the lifetime and audience that the caller
//! asks for. In a ClusterRole that is every controller's account too.
//!
//! ## How to fix
//! Name the accounts in `resourceNames`; here names work, as the account exists before its token.
//!
//! ## How others differ
//! Kubescape reports rules with `resourceNames` as well and misses `*/token`.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: minter
//! rules:
//! - apiGroups: [""]
//!   resources: ["serviceaccounts", "serviceaccounts/token"] # <- here
//!   verbs: ["create"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: minter
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["serviceaccounts/token"]
//!   resourceNames: ["reporter"]
//!   verbs: ["create"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: minter
//! rules:
//! - apiGroups: [""]
//!   resources: ["serviceaccounts"]
//!   verbs: ["create"]
//! - apiGroups: [""]
//!   resources: ["serviceaccounts/token"]
//!   verbs: ["get"]
//! - apiGroups: ["authentication.k8s.io"]
//!   resources: ["tokenreviews"]
//!   verbs: ["create"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/create-tokens",
    title: "Role may have tokens made for service accounts",
    severity: Medium,
    frameworks: &[
        cis("5.1.13"),
        aks("4.1.12"),
        eks("4.1.12"),
        nsa("auth/least-privilege"),
        mitre("T1528"),
        microsoft("MS-TA9016"),
        owasp("K02"),
    ],
    aliases: &["kubescape:C-0282"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["create"],
    resources: &[Resource::namespaced("", "serviceaccounts/token")],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "name the accounts in resourceNames", found);
}

//! Writing roles and bindings passes on what one holds.
//!
//! ## What it checks
//! `create`, `update` and `patch` on roles, rolebindings, clusterroles and clusterrolebindings.
//!
//! ## Why it matters
//! By itself this gives nothing new: the API server refuses roles and bindings with rights that the
//! writer doesn't hold, unless they hold `escalate` or `bind`. It does let a stolen identity pass its
//! rights to others that outlast it. Operators that install roles need it, so the control is in no
//! profile; `rbac/grant-itself` reports where it is dangerous.
//!
//! ## How to fix
//! Keep it to what manages access.
//!
//! ## How others differ
//! Trivy wants `get` and `patch` in one rule of the group `*`.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: installer
//!   namespace: shop
//! rules:
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["rolebindings"] # <- here
//!   verbs: ["get", "patch"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: installer
//!   namespace: shop
//! rules:
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["rolebindings", "roles"]
//!   verbs: ["get", "list"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: installer
//!   namespace: shop
//! rules:
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterrolebindings"]
//!   verbs: ["create"]
//! - apiGroups: [""]
//!   resources: ["rolebindings"]
//!   verbs: ["patch"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/write-role-bindings",
    title: "Role may write roles or bindings",
    severity: Low,
    frameworks: &[nsa("auth/least-privilege"), mitre("T1098.006"), microsoft("MS-TA9019"), owasp("K02")],
    aliases: &["trivy:KSV-0055"],
    profiles: &[],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["create", "update", "patch"],
    resources: &[
        Resource::namespaced("rbac.authorization.k8s.io", "rolebindings"),
        Resource::cluster("rbac.authorization.k8s.io", "clusterrolebindings"),
        Resource::namespaced("rbac.authorization.k8s.io", "roles"),
        Resource::cluster("rbac.authorization.k8s.io", "clusterroles"),
    ],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "it can pass its rights on: keep that to what manages access", found);
}

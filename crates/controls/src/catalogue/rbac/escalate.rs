//! `escalate` lifts the one rule that keeps writers of roles within their own rights.
//!
//! ## What it checks
//! `escalate` on `roles` and `clusterroles` of `rbac.authorization.k8s.io`, with names too: a named
//! role can be given any rule. In a Role, on `roles` alone: ClusterRoles are written outside
//! namespaces, so a Role can't grant it.
//!
//! ## Why it matters
//! The API server lets nobody write a rule into a role that they don't hold themselves, unless they
//! hold `escalate` on that role. With it, and a role that is bound to them, they have everything.
//!
//! ## How to fix
//! Leave it out. A controller that hands out rights should hold those rights, so that the API server
//! bounds it.
//!
//! ## How others differ
//! Trivy leaves out ClusterRoles and looks at bindings, on which the verb means nothing.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: role-writer
//! rules:
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterroles"] # <- here
//!   verbs: ["escalate", "update"]
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["*"] # <- here
//!   verbs: ["*"]
//! ```
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: role-writer
//!   namespace: shop
//! rules:
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["roles"] # <- here
//!   resourceNames: ["web"]
//!   verbs: ["escalate"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: role-writer
//! rules:
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["roles", "clusterroles"]
//!   verbs: ["create", "update", "patch"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: role-writer
//! rules:
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["rolebindings", "clusterrolebindings"]
//!   verbs: ["escalate"]
//! - apiGroups: [""]
//!   resources: ["roles"]
//!   verbs: ["escalate"]
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterroles/status"]
//!   verbs: ["*"]
//! ```
//! ```yaml near-miss
//! # Granted in a namespace alone, where no ClusterRole is.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: role-writer
//!   namespace: shop
//! rules:
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterroles"]
//!   verbs: ["escalate"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/escalate",
    title: "Role may write roles beyond its own rights",
    severity: High,
    frameworks: &[
        cis("5.1.8"),
        aks("4.1.7"),
        eks("4.1.8"),
        nsa("auth/least-privilege"),
        mitre("T1098.006"),
        owasp("K02"),
    ],
    aliases: &[
        "checkov:CKV_K8S_158",
        "kubescape:C-0191",
        "trivy:KSV-0050",
        "kics:RBAC-Roles-Allow-Privilege-Escalation",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["escalate"],
    resources: &[
        Resource::namespaced("rbac.authorization.k8s.io", "roles"),
        Resource::cluster("rbac.authorization.k8s.io", "clusterroles"),
    ],
    names: Names::Irrelevant,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "it can write itself any right: leave it out", found);
}

//! A wildcard in a role grants what doesn't exist yet.
//!
//! ## What it checks
//! `verbs`, `resources`, `apiGroups` and `nonResourceURLs` of every rule of every Role and
//! ClusterRole: the item `*` alone counts.
//!
//! ## Why it matters
//! A wildcard covers resources and verbs that come with the next version or the next operator, and
//! covers `secrets`, `escalate` and `impersonate` today.
//!
//! ## How to fix
//! Name what is used. An audit log tells.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: deployer
//! rules:
//! - apiGroups: ["apps"]
//!   resources: ["*"] # <- here
//!   verbs: ["get", "list"]
//! - nonResourceURLs:
//!   - "*" # <- here
//!   verbs: ["get"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: deployer
//! rules:
//! - apiGroups: ["apps"]
//!   resources: ["deployments"]
//!   verbs: ["get", "list", "patch"]
//! ```
//! ```yaml near-miss
//! # One subresource of every resource, and a prefix of URLs: wide, and yet not everything.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: scaler
//! rules:
//! - apiGroups: ["apps"]
//!   resources: ["*/scale"]
//!   verbs: ["update"]
//! - nonResourceURLs: ["/metrics/*"]
//!   verbs: ["get"]
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "rbac/wildcard",
    title: "Wildcard in a role",
    severity: High,
    frameworks: &[cis("5.1.3"), aks("4.1.3"), eks("4.1.3"), nsa("auth/least-privilege"), owasp("K02")],
    aliases: &[
        "checkov:CKV_K8S_49",
        "kubescape:C-0187",
        "trivy:KSV-0044",
        "trivy:KSV-0045",
        "trivy:KSV-0046",
        "trivy:KSV-0112",
        "kube-linter:wildcard-in-rules",
        "kics:RBAC-Wildcard-In-Rule",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(
        &[
            GroupKind::new("rbac.authorization.k8s.io", "ClusterRole"),
            GroupKind::new("rbac.authorization.k8s.io", "Role"),
        ],
        check,
    ),
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for rule in role.get("rules").items() {
        for list in ["verbs", "resources", "apiGroups", "nonResourceURLs"] {
            for item in rule.key(list).items().filter(|item| item.is("*")) {
                found.at(&item, format!("the rule grants every item of {list}: name those that are used"));
            }
        }
    }
}

//! A wildcard for verbs in a role grants what nobody thought of.
//!
//! ## What it checks
//! The item `*` of `verbs` in every rule of every Role and ClusterRole. Not found: the roles that Kubernetes itself
//! ships, and the rules written in an aggregated ClusterRole, which the control plane overwrites.
//!
//! ## Why it matters
//! A wildcard covers `delete` and `deletecollection`, and on roles and users `escalate`, `bind` and `impersonate`.
//!
//! ## How to fix
//! Name what is used. What reads needs `get`, `list` and `watch`.
//!
//! ## How others differ
//! Checkov reads the first rule alone. Kubescape wants a wildcard for verbs and for resources in one rule, and for the
//! groups one or the core group, of a role that is bound. Trivy wants one of a fixed list of resources beside it.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata: {name: deployer}
//! rules:
//! - apiGroups: ["apps"]
//!   resources: ["deployments"]
//!   verbs: ["*"] # <- here
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata: {name: deployer}
//! rules:
//! - apiGroups: ["apps"]
//!   resources: ["deployments"]
//!   verbs: ["get", "list", "patch"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata: {name: scaler}
//! rules:
//! - apiGroups: ["apps"]
//!   resources: ["*"]
//!   verbs: ["get"]
//! ```

use crate::prelude::*;
use crate::support::rbac::ROLES;
use crate::support::wildcard;

pub const CONTROL: Control = Control {
    id: "rbac/wildcard-verb",
    title: "Wildcard for verbs",
    severity: High,
    frameworks: &[cis("5.1.3"), aks("4.1.3"), eks("4.1.3"), nsa("auth/least-privilege"), owasp("K02")],
    aliases: &[
        "checkov:CKV_K8S_49",
        "kubescape:C-0187",
        "kube-linter:wildcard-in-rules",
        "kics:RBAC-Wildcard-In-Rule",
        "trivy:KSV-0045",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for item in wildcard::items(role, "verbs") {
        found.at(&item, "the rule grants every item of verbs: name those that are used");
    }
}

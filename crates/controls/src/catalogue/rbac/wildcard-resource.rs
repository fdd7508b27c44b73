//! A wildcard for resources in a role grants what nobody thought of.
//!
//! ## What it checks
//! The item `*` of `resources` in every rule of every Role and ClusterRole. Not found: the roles that Kubernetes itself
//! ships, and the rules written in an aggregated ClusterRole, which the control plane overwrites.
//!
//! ## Why it matters
//! A wildcard covers `secrets` and `pods/exec` in the core group, and whatever the next operator brings.
//!
//! ## How to fix
//! Name what is used. An audit log tells.
//!
//! ## How others differ
//! Checkov reads the first rule alone, and takes `*/scale` for a wildcard. Kubescape wants a wildcard for verbs and
//! for resources in one rule, and for the groups one or the core group, of a role that is bound. Trivy doesn't count
//! `watch` and `patch` on them.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata: {name: deployer}
//! rules:
//! - apiGroups: ["apps"]
//!   resources: ["*"] # <- here
//!   verbs: ["get", "list"]
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
//!   resources: ["*/scale"]
//!   verbs: ["*"]
//! ```

use crate::prelude::*;
use crate::support::rbac::ROLES;
use crate::support::wildcard;

pub const CONTROL: Control = Control {
    id: "rbac/wildcard-resource",
    title: "Wildcard for resources",
    severity: High,
    frameworks: &[cis("5.1.3"), aks("4.1.3"), eks("4.1.3"), nsa("auth/least-privilege"), owasp("K02")],
    aliases: &[
        "checkov:CKV_K8S_49",
        "kubescape:C-0187",
        "kube-linter:wildcard-in-rules",
        "kics:RBAC-Wildcard-In-Rule",
        "trivy:KSV-0046",
        "trivy:KSV-0112",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for item in wildcard::items(role, "resources") {
        found.at(&item, "the rule grants every item of resources: name those that are used");
    }
}

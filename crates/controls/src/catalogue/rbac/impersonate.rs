//! Who impersonates has the rights of whoever they name.
//!
//! ## What it checks
//! `impersonate` on users, groups and service accounts of the core group, and on `uids` and `userextras/…` of
//! `authentication.k8s.io`, over every name; with `resourceNames`, where one is a user or group of the system
//! (`system:masters`, `system:kube-controller-manager`, kubeadm's group `kubeadm:cluster-admins`; not
//! `system:authenticated`, nor a service account outside `kube-system`, written as a user). In a Role, service accounts
//! alone: the others stand outside namespaces. The constrained verbs of Kubernetes 1.36 (`impersonate:user-info` and
//! its like) are bounded by what they may be used for and are not found.
//!
//! ## Why it matters
//! A request with `Impersonate-Group: system:masters` passes every check of RBAC.
//!
//! ## How to fix
//! Name in `resourceNames` who may be impersonated. Controllers that act for tenants need their service
//! accounts alone.
//!
//! ## How others differ
//! Kubescape looks for `uids` in the core group, where there are none, and not for `userextras`. Trivy
//! wants the group `*`. All of them report rules with harmless names.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: proxy
//! rules:
//! - apiGroups: [""]
//!   resources:
//!   - users # <- here
//!   - groups # <- here
//!   verbs: ["impersonate"]
//! - apiGroups: ["authentication.k8s.io"]
//!   resources:
//!   - userextras/scopes # <- here
//!   - "*/scopes" # <- here
//!   verbs: ["impersonate"]
//! - apiGroups: [""]
//!   resources: ["users"] # <- here
//!   resourceNames: ["system:serviceaccount:kube-system:deployment-controller"]
//!   verbs: ["impersonate"]
//! - apiGroups: [""]
//!   resources: ["groups"] # <- here
//!   resourceNames: ["system:masters"]
//!   verbs: ["impersonate"]
//! - apiGroups: [""]
//!   resources: ["groups"] # <- here
//!   resourceNames: ["kubeadm:cluster-admins"]
//!   verbs: ["impersonate"]
//! ```
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: proxy
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["serviceaccounts"] # <- here
//!   verbs: ["*"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: proxy
//! rules:
//! - apiGroups: [""]
//!   resources: ["users"]
//!   resourceNames: ["jane@example.com", "system:serviceaccount:shop:web"]
//!   verbs: ["impersonate"]
//! - apiGroups: [""]
//!   resources: ["groups"]
//!   resourceNames: ["system:authenticated", "shop-developers"]
//!   verbs: ["impersonate"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: proxy
//! rules:
//! - apiGroups: ["user.openshift.io"]
//!   resources: ["users"]
//!   verbs: ["impersonate"]
//! - apiGroups: [""]
//!   resources: ["users"]
//!   verbs: ["get"]
//! - apiGroups: ["authentication.k8s.io"]
//!   resources: ["users"]
//!   verbs: ["impersonate:user-info"]
//! ```
//! ```yaml near-miss
//! # A Role can't grant what stands outside namespaces.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: proxy
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["users", "groups"]
//!   verbs: ["impersonate"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, granted};
use crate::support::rbac::{ROLES, Resource, is_shipped_role, written_rules};

pub const CONTROL: Control = Control {
    id: "rbac/impersonate",
    title: "Role may impersonate others",
    severity: High,
    frameworks: &[
        cis("5.1.8"),
        aks("4.1.7"),
        eks("4.1.8"),
        nsa("auth/least-privilege"),
        mitre("T1078"),
        owasp("K02"),
    ],
    aliases: &[
        "checkov:CKV2_K8S_3",
        "kubescape:C-0065",
        "kubescape:C-0191",
        "trivy:KSV-0043",
        "kics:RBAC-Roles-with-Impersonate-Permission",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["impersonate"],
    resources: &[
        Resource::cluster("", "users"),
        Resource::cluster("", "groups"),
        Resource::namespaced("", "serviceaccounts"),
        Resource::cluster("authentication.k8s.io", "uids"),
    ],
    names: Names::Irrelevant,
};

const ADVICE: &str = "name in resourceNames who may be impersonated";

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if is_shipped_role(role) {
        return;
    }
    for granted in granted(role, &GRANT, found) {
        if !granted.rule.is_named() || granted.rule.names().any(is_powerful) {
            found.at(&granted.item, format!("{}: {ADVICE}", granted.says()));
        }
    }
    // Each key of the extra values is a subresource of its own; `*` is found above.
    if role.kind() != "ClusterRole" {
        return;
    }
    for rule in written_rules(role) {
        if rule.verb("impersonate").is_none()
            || rule.group("authentication.k8s.io").is_none()
            || rule.is_named()
        {
            continue;
        }
        for item in rule.extra_values() {
            found.at(&item, format!("grants impersonate on {}: {ADVICE}", item.text()));
        }
    }
}

/// Users and groups of the system, but for those that everybody is in, and for the service accounts of
/// other namespaces.
fn is_powerful(name: &str) -> bool {
    if let Some(account) = name.strip_prefix("system:serviceaccount:") {
        return account.starts_with("kube-system:");
    }
    // The group that kubeadm puts people into who may do everything.
    if name == "kubeadm:cluster-admins" {
        return true;
    }
    name.starts_with("system:")
        && !matches!(
            name,
            "system:anonymous" | "system:authenticated" | "system:unauthenticated" | "system:serviceaccounts"
        )
}

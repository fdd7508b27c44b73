//! A subject that can match nobody gives no rights, and none are taken when it is.
//!
//! ## What it checks
//! Subjects that the API server refuses: a ServiceAccount without a namespace in a ClusterRoleBinding,
//! a kind other than User, Group and ServiceAccount, an `apiGroup` that isn't the kind's. Subjects that
//! no request carries: names with `*` (names are no patterns), a system group written as a User or the
//! anonymous user as a Group, and a ServiceAccount called by its user name.
//!
//! ## Why it matters
//! A binding that doesn't work is often mended with one that is too wide.
//!
//! ## How to fix
//! Write the namespace of the account, and the kind that fits the name.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: web
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: view
//! subjects:
//! - kind: ServiceAccount # <- here
//!   name: web
//! - kind: User # <- here
//!   name: system:authenticated
//!   apiGroup: rbac.authorization.k8s.io
//! - kind: User # <- here
//!   name: "*"
//!   apiGroup: rbac.authorization.k8s.io
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: web
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: view
//! subjects:
//! - kind: ServiceAccount
//!   name: web
//!   namespace: shop
//! - kind: User
//!   name: jane@example.com
//!   apiGroup: rbac.authorization.k8s.io
//! ```
//! ```yaml near-miss
//! # In a RoleBinding the account's namespace is the binding's own; an account can be written as a user.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: web
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: view
//! subjects:
//! - kind: ServiceAccount
//!   name: web
//! - kind: User
//!   name: system:serviceaccount:shop:web
//!   apiGroup: rbac.authorization.k8s.io
//! - kind: Group
//!   name: system:serviceaccounts:shop
//!   apiGroup: rbac.authorization.k8s.io
//! - kind: User
//!   name: system:kube-scheduler
//!   apiGroup: rbac.authorization.k8s.io
//! ```

use crate::prelude::*;
use crate::support::rbac::{BINDINGS, Binding, GROUP};

pub const CONTROL: Control = Control {
    id: "rbac/invalid-subject",
    title: "Subject matches nobody",
    severity: Low,
    frameworks: &[nsa("auth/least-privilege"), owasp("K02")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(BINDINGS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let Some(binding) = Binding::new(object, found.inventory()) else { return };
    for subject in binding.subjects() {
        let field = subject.field();
        if let Some(reason) = trouble(&field, binding.is_cluster_wide()) {
            found.at(&field, format!("the subject matches nobody: {reason}"));
        }
    }
}

fn trouble(subject: &Field<'_>, cluster_wide: bool) -> Option<&'static str> {
    let name = subject.get("name").text();
    let group = subject.get("apiGroup").text();
    let kind = subject.get("kind").text();
    match kind {
        "ServiceAccount" if !group.is_empty() => Some("a ServiceAccount has no apiGroup"),
        "ServiceAccount" if cluster_wide && subject.get("namespace").text().is_empty() => {
            Some("in a ClusterRoleBinding a ServiceAccount needs its namespace")
        }
        "ServiceAccount" if name.starts_with("system:serviceaccount:") => {
            Some("write the account's own name and its namespace")
        }
        "User" | "Group" if !matches!(group, "" | GROUP) => Some("the apiGroup is rbac.authorization.k8s.io"),
        "User" if is_group(name) => Some("the name is a group's: set kind to Group"),
        "Group" if name == "system:anonymous" => Some("the name is a user's: set kind to User"),
        "User" | "Group" | "ServiceAccount" if name.contains('*') => Some("names are no patterns"),
        "User" | "Group" | "ServiceAccount" => None,
        _ => Some("set kind to User, Group or ServiceAccount"),
    }
}

/// Groups that the API server itself puts its users in.
fn is_group(name: &str) -> bool {
    matches!(
        name,
        "system:authenticated"
            | "system:unauthenticated"
            | "system:masters"
            | "system:nodes"
            | "system:serviceaccounts"
    ) || name.starts_with("system:serviceaccounts:")
}

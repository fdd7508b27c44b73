//! A binding to a role that doesn't exist waits for somebody to create it.
//!
//! ## What it checks
//! `roleRef`: a ClusterRoleBinding that refers to a Role, which the API server refuses; a role that the
//! scan holds as the other kind or in another namespace alone. Subjects: a ServiceAccount that the scan
//! holds in other namespaces and not in the one that is named. A role or an account that the scan
//! doesn't hold at all may be there in the cluster, and is not found.
//!
//! ## Why it matters
//! The workload lacks the right it was meant to have. Whoever may create the role or the account with
//! that name gets the binding with it.
//!
//! ## How to fix
//! Name the role by its kind and namespace, and the account by its own.
//!
//! ## How others differ
//! Popeye judges the running cluster, where what is missing is known.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: web
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: reader # <- here
//! subjects:
//! - kind: User
//!   name: jane
//!   apiGroup: rbac.authorization.k8s.io
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: reader
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods"]
//!   verbs: ["get"]
//! ```
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
//!   namespace: default
//! ---
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata:
//!   name: web
//!   namespace: shop
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: web
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: Role
//!   name: reader
//! subjects:
//! - kind: ServiceAccount
//!   name: web
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: reader
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods"]
//!   verbs: ["get"]
//! ---
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata:
//!   name: web
//!   namespace: shop
//! ```
//! ```yaml near-miss
//! # Neither is part of the scan; and every namespace has the account default.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: web
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: Role
//!   name: reader
//! subjects:
//! - kind: ServiceAccount
//!   name: web
//! - kind: ServiceAccount
//!   name: default
//!   namespace: tools
//! ---
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata:
//!   name: default
//!   namespace: shop
//! ```

use crate::prelude::*;
use crate::support::rbac::{BINDINGS, Binding, GROUP, Identity, is_user_facing};

pub const CONTROL: Control = Control {
    id: "rbac/dangling-binding",
    title: "Binding refers to nothing",
    severity: Low,
    frameworks: &[nsa("auth/least-privilege"), owasp("K02")],
    aliases: &["popeye:POP-1300"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(BINDINGS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let Some(binding) = Binding::new(object, inventory) else { return };
    if let Some(reason) = missing_role(&binding, inventory) {
        found.at(&binding.role_name(), reason);
    }
    for subject in binding.subjects() {
        if let Some(Identity::ServiceAccount { namespace, name }) = subject.identity()
            && name != "default"
            && inventory.find("", "ServiceAccount", namespace, name).is_none()
            && let Some(other) =
                inventory.of_kind("", "ServiceAccount").find(|account| account.name() == name)
        {
            let elsewhere = inventory.namespace_of(other);
            found.at(
                &subject.field(),
                format!(
                    "{namespace} has no service account {name:?}: the one that was read is in {elsewhere}"
                ),
            );
        }
    }
}

/// Why the role can't be what is meant, where the scan shows it.
fn missing_role<'d>(binding: &Binding<'d>, inventory: &Inventory<'d>) -> Option<String> {
    let name = binding.role_name().text();
    if binding.role_kind() == "Role" && binding.is_cluster_wide() {
        return Some("a ClusterRoleBinding can't refer to a Role: refer to a ClusterRole".to_owned());
    }
    if name.is_empty() || binding.role(inventory).is_some() {
        return None;
    }
    let of = |kind| inventory.of_kind(GROUP, kind).find(|role| role.name() == name);
    match binding.role_kind() {
        // Those that Kubernetes ships are there without being read.
        "ClusterRole" if is_user_facing(name) || name.starts_with("system:") => None,
        "ClusterRole" => {
            of("Role").map(|_| format!("there is no ClusterRole {name:?}, but a Role: set kind to Role"))
        }
        "Role" => match (of("ClusterRole"), of("Role")) {
            (Some(_), _) => {
                Some(format!("there is no Role {name:?}, but a ClusterRole: set kind to ClusterRole"))
            }
            (None, Some(role)) => {
                let elsewhere = inventory.namespace_of(role);
                Some(format!(
                    "there is no Role {name:?} in this namespace: the one that was read is in {elsewhere}"
                ))
            }
            (None, None) => None,
        },
        _ => Some("set kind to Role or ClusterRole".to_owned()),
    }
}

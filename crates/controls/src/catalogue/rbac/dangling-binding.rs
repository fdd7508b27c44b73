//! A binding to a role that doesn't exist waits for somebody to create it.
//!
//! ## What it checks
//! `roleRef`: a ClusterRoleBinding that refers to a Role, and an `apiGroup` that isn't `rbac.authorization.k8s.io`
//! (as with a version behind it), both of which the API server refuses; a role that the
//! scan holds as the other kind or in another namespace alone. Subjects: a ServiceAccount that the scan
//! holds in other namespaces and not in the one that is named. A role or an account that the scan
//! doesn't hold at all may be there in the cluster, and is not found; nor is anything where a
//! namespace is left to who applies the file.
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
//!   name: readers
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io/v1 # <- here
//!   kind: ClusterRole
//!   name: view
//! subjects:
//! - kind: User
//!   name: alex
//!   apiGroup: rbac.authorization.k8s.io
//! ```
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
//! ```yaml near-miss
//! # Applied with --namespace shop, they find each other.
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
//! ---
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata:
//!   name: web
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
    let group = object.get("roleRef.apiGroup");
    if !matches!(group.text(), "" | GROUP) {
        found.at(&group, format!("roles are in no group {:?}: write {GROUP}", group.text()));
    } else if let Some(reason) = missing_role(object, &binding, inventory) {
        found.at(&binding.role_name(), reason);
    }
    for subject in binding.subjects() {
        let is_placed = subject.field().get("namespace").exists() || object.namespace().is_some();
        if let Some(Identity::ServiceAccount { namespace, name }) = subject.identity()
            && name != "default"
            && is_placed
            && let Some(elsewhere) = only_elsewhere("", "ServiceAccount", namespace, name, inventory)
        {
            found.at(
                &subject.field(),
                format!(
                    "{namespace} has no service account {name:?}: the one that was read is in {elsewhere}"
                ),
            );
        }
    }
}

/// The namespace of an object, where every one of that name is in another namespace than the one that
/// is meant. One that leaves its namespace to who applies it may be anywhere.
fn only_elsewhere<'d>(
    group: &str,
    kind: &str,
    namespace: &str,
    name: &str,
    inventory: &Inventory<'d>,
) -> Option<&'d str> {
    let mut elsewhere = None;
    for object in inventory.named(group, kind, name) {
        match object.namespace() {
            Some(other) if other != namespace => elsewhere = Some(other),
            _ => return None,
        }
    }
    elsewhere
}

/// Why the role can't be what is meant, where the scan shows it.
fn missing_role<'d>(object: &Object<'d>, binding: &Binding<'d>, inventory: &Inventory<'d>) -> Option<String> {
    let name = binding.role_name().text();
    if binding.role_kind() == "Role" && binding.is_cluster_wide() {
        return Some("a ClusterRoleBinding can't refer to a Role: refer to a ClusterRole".to_owned());
    }
    if name.is_empty() || binding.role(inventory).is_some() {
        return None;
    }
    let has = |kind| inventory.named(GROUP, kind, name).next().is_some();
    match binding.role_kind() {
        // Those that Kubernetes ships are there without being read.
        "ClusterRole" if is_user_facing(name) || name.starts_with("system:") => None,
        "ClusterRole" => {
            has("Role").then(|| format!("there is no ClusterRole {name:?}, but a Role: set kind to Role"))
        }
        "Role" if has("ClusterRole") => {
            Some(format!("there is no Role {name:?}, but a ClusterRole: set kind to ClusterRole"))
        }
        "Role" => {
            let elsewhere = only_elsewhere(GROUP, "Role", object.namespace()?, name, inventory)?;
            Some(format!(
                "there is no Role {name:?} in this namespace: the one that was read is in {elsewhere}"
            ))
        }
        _ => Some("set kind to Role or ClusterRole".to_owned()),
    }
}

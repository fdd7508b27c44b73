//! `admin` and `edit` are made for one namespace; bound everywhere they are nearly cluster-admin.
//!
//! ## What it checks
//! ClusterRoleBindings to the ClusterRoles `admin` and `edit`, and RoleBindings to them in
//! `kube-system`, that match somebody.
//!
//! ## Why it matters
//! Both roles read and write Secrets, create pods and act as service accounts. In `kube-system` that
//! includes the accounts of the control plane's controllers.
//!
//! ## How to fix
//! Bind them with a RoleBinding in each namespace where they are meant.
//!
//! ## How others differ
//! Trivy reports both roles in any namespace, which is what they are for.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: developers
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: edit # <- here
//! subjects:
//! - kind: Group
//!   name: developers
//!   apiGroup: rbac.authorization.k8s.io
//! ---
//! # Name and label of a component make it none.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: system:mine
//!   labels:
//!     kubernetes.io/bootstrapping: rbac-defaults
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: edit # <- here
//! subjects:
//! - kind: ServiceAccount
//!   name: deployer
//!   namespace: shop
//! ```
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: operators
//!   namespace: kube-system
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: admin # <- here
//! subjects:
//! - kind: Group
//!   name: operators
//!   apiGroup: rbac.authorization.k8s.io
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: developers
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: edit
//! subjects:
//! - kind: Group
//!   name: developers
//!   apiGroup: rbac.authorization.k8s.io
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: viewers
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: view
//! subjects:
//! - kind: Group
//!   name: developers
//!   apiGroup: rbac.authorization.k8s.io
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: editors
//!   namespace: kube-system
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: Role
//!   name: edit
//! subjects:
//! - kind: Group
//!   name: developers
//!   apiGroup: rbac.authorization.k8s.io
//! ```

use crate::prelude::*;
use crate::support::rbac::{BINDINGS, Binding};

pub const CONTROL: Control = Control {
    id: "rbac/cluster-wide-admin-binding",
    title: "admin or edit bound in every namespace",
    severity: High,
    frameworks: &[
        cis("5.1.1"),
        aks("4.1.1"),
        eks("4.1.1"),
        nsa("auth/least-privilege"),
        mitre("T1098.006"),
        microsoft("MS-TA9019"),
        owasp("K02"),
    ],
    aliases: &["trivy:KSV-0111"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(BINDINGS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let Some(binding) = Binding::new(object, found.inventory()) else { return };
    let is_wide = binding.namespace().is_none_or(|namespace| namespace == "kube-system");
    let role = ["admin", "edit"].into_iter().find(|role| binding.refers_to_cluster_role(role));
    if let Some(role) = role.filter(|_| is_wide)
        && binding.matches_somebody()
    {
        let place = binding.namespace().unwrap_or("every namespace");
        found.at(
            &binding.role_name(),
            format!("binds {role} in {place}: use a RoleBinding in each namespace where it is meant"),
        );
    }
}

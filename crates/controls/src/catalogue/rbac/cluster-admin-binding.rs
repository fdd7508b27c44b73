//! A binding to cluster-admin, or to a role like it, holds nothing back.
//!
//! ## What it checks
//! The role of every RoleBinding and ClusterRoleBinding that matches somebody: the ClusterRole `cluster-admin`, and
//! roles of the scan that amount to it, aggregated ones too. Those allow every verb (`*`, or each by its name) on every
//! resource of all groups; in a ClusterRoleBinding, of the core group (which has `impersonate`) or of
//! `rbac.authorization.k8s.io` (which has `bind` and `escalate`) as well. Not found: the bindings that Kubernetes and
//! kubeadm ship, to `system:masters` and to `kubeadm:cluster-admins`.
//!
//! ## Why it matters
//! One stolen token of such a subject is the cluster, or in a RoleBinding all of the namespace.
//!
//! ## How to fix
//! Bind a role that names what is used. For emergencies, bind a group that is empty until then.
//!
//! ## How others differ
//! kube-linter and KICS look at ClusterRoleBindings and at the name alone. Trivy takes a Role that happens to have the
//! name for the ClusterRole, and reports `admin` and `edit` in any namespace; see `rbac/cluster-wide-admin-binding`.
//! Kubescape's C-0185 is about ClusterRoleBindings to the role of that name. Polaris wants `*` among the groups, takes
//! seven verbs by name for all, and excuses what is called `system:…`.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: operator
//! rules:
//! - apiGroups: ["*"]
//!   resources: ["*"]
//!   verbs: [get, list, watch, create, update, patch, delete, deletecollection, impersonate]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: operator
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: operator # <- here
//! subjects:
//! - kind: User
//!   name: alex
//!   apiGroup: rbac.authorization.k8s.io
//! ```
//! ```yaml near-miss
//! # Not every verb: none by which RBAC itself is left behind. Other controls say what else that gives.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: operator
//! rules:
//! - apiGroups: ["*"]
//!   resources: ["*"]
//!   verbs: [get, list, watch, create, update, patch, delete, deletecollection]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: operator
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: operator
//! subjects:
//! - kind: User
//!   name: alex
//!   apiGroup: rbac.authorization.k8s.io
//! ```
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: deployer
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: cluster-admin # <- here
//! subjects:
//! - kind: ServiceAccount
//!   name: deployer
//!   namespace: shop
//! ```
//! ```yaml bad
//! # By its rules, which come from another role.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: deployer
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: superuser # <- here
//! subjects:
//! - kind: User
//!   name: jane
//!   apiGroup: rbac.authorization.k8s.io
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: superuser
//! aggregationRule:
//!   clusterRoleSelectors:
//!   - matchLabels:
//!       part-of: superuser
//! rules: []
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: part
//!   labels:
//!     part-of: superuser
//! rules:
//! - apiGroups: ["*"]
//!   resources: ["*"]
//!   verbs: ["*"]
//! ```
//! ```yaml bad
//! # Beside the wildcard, a group by name takes nothing away; name and label of a component make it none.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: system:mine
//!   namespace: shop
//!   labels:
//!     kubernetes.io/bootstrapping: rbac-defaults
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: everything # <- here
//! subjects:
//! - kind: ServiceAccount
//!   name: deployer
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: everything
//! rules:
//! - apiGroups: ["", "*"]
//!   resources: ["*"]
//!   verbs: ["*"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: deployer
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: Role
//!   name: deployer
//! subjects:
//! - kind: ServiceAccount
//!   name: deployer
//!   namespace: shop
//! ```
//! ```yaml near-miss
//! # A Role of this name is not the ClusterRole; nobody is bound, and an account without a namespace is
//! # nobody; what an aggregated role says itself is overwritten.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: a
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: Role
//!   name: cluster-admin
//! subjects:
//! - kind: User
//!   name: jane
//!   apiGroup: rbac.authorization.k8s.io
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: b
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: cluster-admin
//! subjects: []
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: d
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: cluster-admin
//! subjects:
//! - kind: ServiceAccount
//!   name: deployer
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: c
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: overwritten
//! subjects:
//! - kind: User
//!   name: jane
//!   apiGroup: rbac.authorization.k8s.io
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: overwritten
//! aggregationRule:
//!   clusterRoleSelectors:
//!   - matchLabels:
//!       part-of: nothing
//! rules:
//! - apiGroups: ["*"]
//!   resources: ["*"]
//!   verbs: ["*"]
//! ```
//! ```yaml near-miss
//! # As Kubernetes ships it.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: cluster-admin
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: cluster-admin
//! subjects:
//! - kind: Group
//!   name: system:masters
//!   apiGroup: rbac.authorization.k8s.io
//! ```

use crate::prelude::*;
use crate::support::power::admin_binding;
use crate::support::rbac::{BINDINGS, Binding, is_shipped_binding};

pub const CONTROL: Control = Control {
    id: "rbac/cluster-admin-binding",
    title: "Binding to cluster-admin",
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
    aliases: &[
        "kubescape:C-0035",
        "kubescape:C-0185",
        "trivy:KSV-0111",
        "kube-linter:cluster-admin-role-binding",
        "polaris:clusterrolebindingClusterAdmin",
        "polaris:rolebindingClusterAdminClusterRole",
        "polaris:rolebindingClusterAdminRole",
        "kics:Cluster-Admin-Rolebinding",
        "kics:Cluster-Admin-Rolebinding-With-Superuser-Permissions",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(BINDINGS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let Some(binding) = Binding::new(object, inventory) else { return };
    if is_shipped_binding(&binding) || !binding.matches_somebody() || !admin_binding(&binding, inventory) {
        return;
    }
    let role = binding.role_name();
    let place = match binding.namespace() {
        Some(namespace) => format!("everything in the namespace {namespace}"),
        None => "the whole cluster".to_owned(),
    };
    found.at(
        &role,
        format!("{:?} gives its subjects {place}: bind a role that names what is used", role.text()),
    );
}

//! Writing bindings and `bind` together are cluster-admin, or all of a namespace.
//!
//! ## What it checks
//! Roles that hold both, in whatever rules: `create`, `update` or `patch` on rolebindings or
//! clusterrolebindings, and `bind` as `rbac/bind` finds it; for clusterrolebindings, which can't refer
//! to a Role, `bind` on clusterroles.
//!
//! ## Why it matters
//! Each is bounded by itself: without `bind`, the API server refuses bindings to roles that the writer
//! doesn't hold. Together nothing is left to stop them.
//!
//! ## How to fix
//! Name the roles that may be given out in `resourceNames` of the rule with `bind`.
//!
//! ## How others differ
//! Trivy wants the two rules in a certain order and a literal `*` among the names.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: granter
//! rules:
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterroles"]
//!   verbs: ["bind"]
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterrolebindings"] # <- here
//!   verbs: ["create"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: granter
//! rules:
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterroles"]
//!   resourceNames: ["view"]
//!   verbs: ["bind"]
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["rolebindings"]
//!   verbs: ["create"]
//! ```
//! ```yaml near-miss
//! # A Role reaches no ClusterRoleBinding, and here no RoleBinding either.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: granter
//!   namespace: shop
//! rules:
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterroles"]
//!   verbs: ["bind"]
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterrolebindings"]
//!   verbs: ["create"]
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["rolebindings"]
//!   verbs: ["get"]
//! ---
//! # A ClusterRoleBinding can't refer to a Role.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: granter
//! rules:
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["roles"]
//!   verbs: ["bind"]
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterrolebindings"]
//!   verbs: ["create"]
//! ```

use crate::prelude::*;
use crate::support::bind::{dangerous_binds, gives_out_cluster_roles};
use crate::support::grants::{Grant, Names, granted};
use crate::support::rbac::{GROUP, ROLES, Resource, is_shipped_role};

pub const CONTROL: Control = Control {
    id: "rbac/grant-itself",
    title: "Role may give itself any role",
    severity: High,
    frameworks: &[
        cis("5.1.8"),
        aks("4.1.7"),
        eks("4.1.8"),
        nsa("auth/least-privilege"),
        mitre("T1098.006"),
        microsoft("MS-TA9019"),
        owasp("K02"),
    ],
    aliases: &["trivy:KSV-0051", "trivy:KSV-0052"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const WRITES: Grant = Grant {
    verbs: &["create", "update", "patch"],
    resources: &[
        Resource::namespaced(GROUP, "rolebindings"),
        Resource::cluster(GROUP, "clusterrolebindings"),
    ],
    names: Names::Irrelevant,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if is_shipped_role(role) {
        return;
    }
    let binds = dangerous_binds(role, found);
    if binds.is_empty() {
        return;
    }
    let inventory = found.inventory();
    let of_cluster_roles = binds.iter().any(|bind| gives_out_cluster_roles(bind, inventory));
    for granted in granted(role, &WRITES, found) {
        if granted.resource.name == "clusterrolebindings" && !of_cluster_roles {
            continue;
        }
        found.at(
            &granted.item,
            format!("{}, and the role may bind any role: limit what it may bind", granted.says()),
        );
    }
}

//! `bind` on a role lets its holder give that role to anybody, themselves included.
//!
//! ## What it checks
//! `bind` on `roles` and `clusterroles` of `rbac.authorization.k8s.io`, over roles of every name; with
//! `resourceNames`, where they name `cluster-admin`, a role of the control plane's controllers, or a
//! role of the scan that amounts to cluster-admin. In a Role too: it then counts for RoleBindings of
//! that namespace.
//!
//! ## Why it matters
//! The API server lets nobody bind a role whose rights they don't hold, unless they hold `bind` on it.
//! With it and the right to write bindings, cluster-admin is one object away.
//!
//! ## How to fix
//! Name the roles that may be given out in `resourceNames`.
//!
//! ## How others differ
//! The verb is asked for on the role that a binding refers to, not on the binding: Checkov looks for it
//! on bindings and so misses what counts. Kubescape, Trivy and KICS report named roles, however
//! harmless.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: granter
//! rules:
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterroles"] # <- here
//!   verbs: ["bind"]
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["roles", "clusterroles"]
//!   resourceNames: ["view"]
//!   verbs: ["bind"]
//! - apiGroups: ["*"]
//!   resources: ["*"] # <- here
//!   verbs: ["*"]
//! ```
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: granter
//!   namespace: shop
//! rules:
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterroles"] # <- here
//!   resourceNames: ["view", "cluster-admin"]
//!   verbs: ["bind"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: granter
//!   namespace: shop
//! rules:
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterroles"]
//!   resourceNames: ["view", "edit"]
//!   verbs: ["bind"]
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["rolebindings"]
//!   verbs: ["create"]
//! ```
//! ```yaml near-miss
//! # Bindings are not what the verb is asked on.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: granter
//! rules:
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["rolebindings", "clusterrolebindings"]
//!   verbs: ["bind"]
//! - apiGroups: [""]
//!   resources: ["clusterroles"]
//!   verbs: ["bind"]
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterroles"]
//!   verbs: ["get", "update"]
//! ```

use crate::prelude::*;
use crate::support::bind::dangerous_binds;
use crate::support::rbac::{ROLES, is_shipped_role};

pub const CONTROL: Control = Control {
    id: "rbac/bind",
    title: "Role may bind roles beyond its own rights",
    severity: High,
    frameworks: &[
        cis("5.1.8"),
        aks("4.1.7"),
        eks("4.1.8"),
        nsa("auth/least-privilege"),
        mitre("T1098.006"),
        owasp("K02"),
    ],
    aliases: &[
        "checkov:CKV_K8S_157",
        "checkov:CKV2_K8S_1",
        "kubescape:C-0191",
        "trivy:KSV-0050",
        "kics:RBAC-Roles-Allow-Privilege-Escalation",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if is_shipped_role(role) {
        return;
    }
    for granted in dangerous_binds(role, found) {
        found.at(
            &granted.item,
            format!("{}: name the harmless roles that may be given out in resourceNames", granted.says()),
        );
    }
}

//! The labels of a namespace are its guards.
//!
//! ## What it checks
//! `update` and `patch` on `namespaces`, over namespaces of every name; in a Role too, where it covers
//! the Role's own namespace, with that name or without names. `namespaces/status` and `namespaces/finalize` are others.
//!
//! ## Why it matters
//! Pod Security is switched by a label, webhooks and policies choose their namespaces by labels, and
//! NetworkPolicies let in other namespaces by them. Who writes labels lifts the first and joins the
//! last.
//!
//! ## How to fix
//! Let what creates namespaces label them, and leave changes to who runs the cluster.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: tenant-admin
//! rules:
//! - apiGroups: [""]
//!   resources: ["namespaces"] # <- here
//!   verbs: ["get", "patch"]
//! ```
//! ```yaml bad
//! # A request for the namespace shop is a request in the namespace shop.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: tenant-admin
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["namespaces"] # <- here
//!   verbs: ["update"]
//! - apiGroups: [""]
//!   resources: ["namespaces"] # <- here
//!   resourceNames: ["shop"]
//!   verbs: ["patch"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: tenant-admin
//! rules:
//! - apiGroups: [""]
//!   resources: ["namespaces"]
//!   verbs: ["get", "list"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: tenant-admin
//! rules:
//! - apiGroups: [""]
//!   resources: ["namespaces/finalize", "namespaces/status"]
//!   verbs: ["update"]
//! - apiGroups: [""]
//!   resources: ["namespaces"]
//!   verbs: ["create"]
//! - apiGroups: [""]
//!   resources: ["namespaces"]
//!   resourceNames: ["shop"]
//!   verbs: ["patch"]
//! ---
//! # Another's name means nothing in this one.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: tenant-admin
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["namespaces"]
//!   resourceNames: ["tools"]
//!   verbs: ["patch"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, granted};
use crate::support::rbac::{ROLES, Resource, is_shipped_role};

pub const CONTROL: Control = Control {
    id: "rbac/write-namespaces",
    title: "Role may change namespaces",
    severity: High,
    frameworks: &[nsa("auth/least-privilege"), mitre("T1685"), owasp("K02"), owasp("K04")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["update", "patch"],
    resources: &[Resource::namespaced("", "namespaces")],
    names: Names::Irrelevant,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if is_shipped_role(role) {
        return;
    }
    let own = found.inventory().namespace_of(role);
    for granted in granted(role, &GRANT, found) {
        let is_own = role.kind() == "Role" && granted.rule.names().any(|name| name == own);
        if is_own || !granted.rule.is_named() {
            found.at(
                &granted.item,
                format!(
                    "{}: labels of a namespace switch off its guards: leave it to who runs the cluster",
                    granted.says()
                ),
            );
        }
    }
}

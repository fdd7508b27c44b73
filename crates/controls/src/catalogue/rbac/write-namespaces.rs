//! The labels of a namespace are its guards.
//!
//! ## What it checks
//! `update` and `patch` on `namespaces`, over namespaces of every name; in a Role too, where it covers
//! the Role's own namespace. `namespaces/status` and `namespaces/finalize` are others.
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
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

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
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(
        role,
        &GRANT,
        "labels of a namespace switch off its guards: leave it to who runs the cluster",
        found,
    );
}

//! Who takes a lease stops the leader.
//!
//! ## What it checks
//! `update`, `patch` and `delete` on `leases` of `coordination.k8s.io` over leases of every name, in a
//! ClusterRole, or in a Role of `kube-system` or `kube-node-lease`.
//!
//! ## Why it matters
//! The scheduler, the controller manager and many operators work only while they hold their Lease;
//! nodes count as dead when theirs isn't renewed.
//!
//! ## How to fix
//! Give a program that elects its leader a Role in its own namespace, and name the Lease.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: elector
//! rules:
//! - apiGroups: ["coordination.k8s.io"]
//!   resources: ["leases"] # <- here
//!   verbs: ["create", "update"]
//! ```
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: elector
//!   namespace: kube-system
//! rules:
//! - apiGroups: ["coordination.k8s.io"]
//!   resources: ["leases"] # <- here
//!   verbs: ["update"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: elector
//!   namespace: kube-system
//! rules:
//! - apiGroups: ["coordination.k8s.io"]
//!   resources: ["leases"]
//!   resourceNames: ["web-leader"]
//!   verbs: ["update"]
//! ```
//! ```yaml near-miss
//! # Its own namespace.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: elector
//!   namespace: shop
//! rules:
//! - apiGroups: ["coordination.k8s.io"]
//!   resources: ["leases"]
//!   verbs: ["create", "update"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/write-leases",
    title: "Role may take every lease",
    severity: Low,
    frameworks: &[nsa("auth/least-privilege"), mitre("T1499"), microsoft("MS-TA9040"), owasp("K02")],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["update", "patch", "delete", "deletecollection"],
    resources: &[Resource::namespaced("coordination.k8s.io", "leases")],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let namespace = found.inventory().namespace_of(role);
    if !matches!(namespace, "" | "kube-system" | "kube-node-lease") {
        return;
    }
    report(
        role,
        &GRANT,
        "it can stop the leader of others: name the lease, in a Role of the program's own namespace",
        found,
    );
}

//! A conversion webhook reads and changes every object of its kind.
//!
//! ## What it checks
//! `create`, `update` and `patch` on `customresourcedefinitions`, over definitions of every name, in
//! ClusterRoles.
//!
//! ## Why it matters
//! `spec.conversion` sends each object of the kind to a service whenever another version is asked for;
//! a new schema drops fields. Operators that install their own definitions hold this, so the control is
//! in no profile.
//!
//! ## How to fix
//! Install definitions with the chart, and name them in `resourceNames` where the operator must update
//! them.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: operator
//! rules:
//! - apiGroups: ["apiextensions.k8s.io"]
//!   resources: ["customresourcedefinitions"] # <- here
//!   verbs: ["create", "get"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: operator
//! rules:
//! - apiGroups: ["apiextensions.k8s.io"]
//!   resources: ["customresourcedefinitions"]
//!   resourceNames: ["shops.example.com"]
//!   verbs: ["update"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: operator
//! rules:
//! - apiGroups: ["apiextensions.k8s.io"]
//!   resources: ["customresourcedefinitions"]
//!   verbs: ["get", "list", "watch"]
//! - apiGroups: ["apiextensions.k8s.io"]
//!   resources: ["customresourcedefinitions/status"]
//!   verbs: ["patch"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/write-custom-resource-definitions",
    title: "Role may write every custom resource definition",
    severity: Medium,
    frameworks: &[nsa("auth/least-privilege"), owasp("K02")],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["create", "update", "patch"],
    resources: &[Resource::cluster("apiextensions.k8s.io", "customresourcedefinitions")],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "name the definitions in resourceNames, or leave them to the installer", found);
}

//! A role that writes every Secret can have tokens made for other accounts.
//!
//! ## What it checks
//! `create`, `update`, `patch`, `delete` and `deletecollection` on `secrets` over objects of every
//! name. Reading has a control of its own, `rbac/read-secrets`.
//!
//! ## Why it matters
//! A Secret of type `kubernetes.io/service-account-token` is filled by the control plane with a token
//! of the account that its annotation names; a pod that mounts it, or `get`, does the rest. Overwritten
//! certificates, registry credentials and webhook keys let traffic and images be replaced.
//!
//! ## How to fix
//! Limit `update`, `patch` and `delete` to the names that the workload owns; leave out `create` where
//! nothing is created.
//!
//! ## How others differ
//! The checks of Trivy and kube-linter cover reading and writing at once, and do not look at `resourceNames`.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: writer
//! rules:
//! - apiGroups: [""]
//!   resources: ["secrets"] # <- here
//!   verbs: ["create", "get"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: writer
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["secrets"]
//!   resourceNames: ["webhook-certificate"]
//!   verbs: ["update", "patch"]
//! ```
//! ```yaml near-miss
//! # A list of names that holds the empty one lets through requests that carry no name.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: writer
//! rules:
//! - apiGroups: [""]
//!   resources: ["secrets"]
//!   resourceNames: ["", "webhook-certificate"]
//!   verbs: ["update"]
//! - apiGroups: [""]
//!   resources: ["secrets/status"]
//!   verbs: ["patch"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/write-secrets",
    title: "Role may write Secrets",
    severity: Medium,
    frameworks: &[
        nsa("auth/least-privilege"),
        mitre("T1528"),
        microsoft("MS-TA9016"),
        owasp("K02"),
        owasp("K03"),
    ],
    aliases: &["trivy:KSV-0041", "trivy:KSV-0113", "kube-linter:access-to-secrets"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["create", "update", "patch", "delete", "deletecollection"],
    resources: &[Resource::namespaced("", "secrets")],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "name the Secrets in resourceNames, and leave out what isn't used", found);
}

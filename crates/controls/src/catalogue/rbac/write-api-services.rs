//! An APIService hands a whole API group to another server.
//!
//! ## What it checks
//! `create`, `update` and `patch` on `apiservices` of `apiregistration.k8s.io`, in ClusterRoles, with
//! names too.
//!
//! ## Why it matters
//! The API server forwards every request of the group to the registered service, with the caller's name
//! and groups. Who registers one reads what is sent and answers as they like.
//!
//! ## How to fix
//! Let the installer register it.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: aggregator
//! rules:
//! - apiGroups: ["apiregistration.k8s.io"]
//!   resources: ["apiservices"] # <- here
//!   resourceNames: ["v1beta1.metrics.k8s.io"]
//!   verbs: ["update"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: aggregator
//! rules:
//! - apiGroups: ["apiregistration.k8s.io"]
//!   resources: ["apiservices"]
//!   verbs: ["get", "list", "watch"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: aggregator
//! rules:
//! - apiGroups: ["apiregistration.k8s.io"]
//!   resources: ["apiservices/status"]
//!   verbs: ["update"]
//! - apiGroups: ["apiregistration.k8s.io"]
//!   resources: ["apiservices"]
//!   resourceNames: ["v1.example.com"]
//!   verbs: ["create"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/write-api-services",
    title: "Role may register API servers",
    severity: High,
    frameworks: &[nsa("auth/least-privilege"), mitre("T1685"), owasp("K02")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["create", "update", "patch"],
    resources: &[Resource::cluster("apiregistration.k8s.io", "apiservices")],
    names: Names::Irrelevant,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "it can take over the traffic of an API group: leave it to the installer", found);
}

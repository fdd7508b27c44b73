//! Who changes a workload runs an image of their choice under its account.
//!
//! ## What it checks
//! `update` and `patch` on pods and on the controllers that make them, over objects of every name.
//!
//! ## Why it matters
//! A pod's image can be replaced while it runs, and a controller's whole template at any time: the new
//! container has the old one's service account, Secrets and place in the network.
//!
//! ## How to fix
//! Name the workloads in `resourceNames`, or grant a subresource such as `deployments/scale` where that
//! is what is needed.
//!
//! ## How others differ
//! Trivy's check is one with creating them, and does not look at the API group or at names.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: operator
//! rules:
//! - apiGroups: ["apps"]
//!   resources: ["deployments", "statefulsets/scale"] # <- here
//!   verbs: ["patch"]
//! - apiGroups: [""]
//!   resources: ["pods"] # <- here
//!   verbs: ["update"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: restarter
//!   namespace: shop
//! rules:
//! - apiGroups: ["apps"]
//!   resources: ["deployments"]
//!   resourceNames: ["web"]
//!   verbs: ["patch"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: scaler
//! rules:
//! - apiGroups: ["apps"]
//!   resources: ["deployments/scale", "deployments/status", "*/scale"]
//!   verbs: ["update", "patch"]
//! - apiGroups: [""]
//!   resources: ["pods"]
//!   verbs: ["get", "delete"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/change-workloads",
    title: "Role may change pods or workloads",
    severity: Medium,
    frameworks: &[nsa("auth/least-privilege"), mitre("T1610"), microsoft("MS-TA9011"), owasp("K02")],
    aliases: &["trivy:KSV-0048"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["update", "patch"],
    resources: &[
        Resource::namespaced("", "pods"),
        Resource::namespaced("", "replicationcontrollers"),
        Resource::namespaced("apps", "deployments"),
        Resource::namespaced("apps", "daemonsets"),
        Resource::namespaced("apps", "statefulsets"),
        Resource::namespaced("apps", "replicasets"),
        Resource::namespaced("batch", "jobs"),
        Resource::namespaced("batch", "cronjobs"),
    ],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(
        role,
        &GRANT,
        "name the workloads in resourceNames, or grant deployments/scale where that is enough",
        found,
    );
}

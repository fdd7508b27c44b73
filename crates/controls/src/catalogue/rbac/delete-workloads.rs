//! Deleting in bulk is how an intruder leaves.
//!
//! ## What it checks
//! `delete` and `deletecollection` on namespaces, pods, the controllers that make them, services,
//! secrets, persistent volumes and their claims, over objects of every name. A namespace can be deleted
//! through a Role in it, all of them only through a ClusterRole.
//!
//! ## Why it matters
//! A deleted namespace takes all in it along, and a deleted claim its data where the reclaim policy
//! says so. Operators often do need this for what they own, so the control is in no profile.
//!
//! ## How to fix
//! Name the objects in `resourceNames`, or keep the role to one namespace.
//!
//! ## How others differ
//! Kubescape reports rules with `resourceNames` as well, and leaves out namespaces and volumes. Trivy's check is one
//! with creating and changing workloads, and does not look at the API group or at names.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: cleaner
//! rules:
//! - apiGroups: ["apps"]
//!   resources:
//!   - deployments # <- here
//!   - statefulsets # <- here
//!   verbs: ["deletecollection"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: cleaner
//!   namespace: shop
//! rules:
//! - apiGroups: ["batch"]
//!   resources: ["jobs"]
//!   resourceNames: ["nightly-report"]
//!   verbs: ["delete"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: cleaner
//!   namespace: shop
//! rules:
//! - apiGroups: ["apps"]
//!   resources: ["controllerrevisions"]
//!   verbs: ["delete"]
//! - apiGroups: [""]
//!   resources: ["persistentvolumes"]
//!   verbs: ["delete"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource, Scope};

pub const CONTROL: Control = Control {
    id: "rbac/delete-workloads",
    title: "Role may delete workloads or their data",
    severity: Medium,
    frameworks: &[nsa("auth/least-privilege"), mitre("T1485"), microsoft("MS-TA9038"), owasp("K02")],
    aliases: &["kubescape:C-0007", "trivy:KSV-0048"],
    profiles: &[],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["delete", "deletecollection"],
    resources: &[
        Resource { group: "", name: "namespaces", scope: Scope::Namespace },
        Resource::namespaced("", "pods"),
        Resource::namespaced("", "services"),
        Resource::namespaced("", "secrets"),
        Resource::namespaced("", "replicationcontrollers"),
        Resource::namespaced("", "persistentvolumeclaims"),
        Resource::cluster("", "persistentvolumes"),
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
    report(role, &GRANT, "name the objects in resourceNames, or leave it out", found);
}

//! Placing pods by hand, or with a priority of one's own, pushes others out.
//!
//! ## What it checks
//! `create` on `pods/binding` and `bindings`, and `create`, `update`, `patch` on `priorityclasses`.
//!
//! ## Why it matters
//! A binding puts a pod on any node without the scheduler, taints or not. A priority class of a high
//! value evicts the pods of others. Schedulers need the first, so the control is in no profile.
//!
//! ## How to fix
//! Leave it to the scheduler and to who runs the cluster.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: placer
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods/binding"] # <- here
//!   verbs: ["create"]
//! - apiGroups: ["scheduling.k8s.io"]
//!   resources: ["priorityclasses"] # <- here
//!   verbs: ["create"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: placer
//! rules:
//! - apiGroups: ["scheduling.k8s.io"]
//!   resources: ["priorityclasses"]
//!   verbs: ["get", "list"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: placer
//! rules:
//! - apiGroups: ["binding.operators.coreos.com"]
//!   resources: ["bindings"]
//!   verbs: ["create"]
//! - apiGroups: ["scheduling.k8s.io"]
//!   resources: ["podgroups"]
//!   verbs: ["create"]
//! - apiGroups: [""]
//!   resources: ["pods/binding"]
//!   verbs: ["update"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report_any};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/scheduling",
    title: "Role may place pods or set their priority",
    severity: Low,
    frameworks: &[nsa("auth/least-privilege"), mitre("T1499"), microsoft("MS-TA9040"), owasp("K02")],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANTS: &[Grant] = &[
    Grant {
        verbs: &["create"],
        resources: &[Resource::namespaced("", "pods/binding"), Resource::namespaced("", "bindings")],
        names: Names::Narrow,
    },
    Grant {
        verbs: &["create", "update", "patch"],
        resources: &[Resource::cluster("scheduling.k8s.io", "priorityclasses")],
        names: Names::Narrow,
    },
];

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report_any(role, GRANTS, "it can push other pods out: leave it to who runs the cluster", found);
}

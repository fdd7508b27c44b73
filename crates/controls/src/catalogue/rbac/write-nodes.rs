//! Who changes nodes decides where privileged pods run.
//!
//! ## What it checks
//! `create`, `update`, `patch`, `delete` and `deletecollection` on `nodes`, and `update` and `patch` on
//! `nodes/status`, in ClusterRoles.
//!
//! ## Why it matters
//! Labels and taints draw pods to a node that an intruder already owns; a false status makes the
//! control plane move them. With the right to delete pods this steals the pods of others, tokens
//! included.
//!
//! ## How to fix
//! Let an operator name its nodes, or keep this to what manages nodes.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: labeller
//! rules:
//! - apiGroups: [""]
//!   resources: ["nodes"] # <- here
//!   verbs: ["patch"]
//! - apiGroups: [""]
//!   resources: ["nodes/status"] # <- here
//!   verbs: ["update"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: labeller
//! rules:
//! - apiGroups: [""]
//!   resources: ["nodes"]
//!   verbs: ["get", "list", "watch"]
//! ```
//! ```yaml near-miss
//! # Metrics of nodes, and a Role, in which there are no nodes.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: labeller
//! rules:
//! - apiGroups: ["metrics.k8s.io"]
//!   resources: ["nodes"]
//!   verbs: ["*"]
//! - apiGroups: [""]
//!   resources: ["nodes/status"]
//!   verbs: ["delete"]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: labeller
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["nodes"]
//!   verbs: ["patch"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report_any};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/write-nodes",
    title: "Role may change nodes",
    severity: Medium,
    frameworks: &[nsa("auth/least-privilege"), owasp("K02")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANTS: &[Grant] = &[
    Grant {
        verbs: &["create", "update", "patch", "delete", "deletecollection"],
        resources: &[Resource::cluster("", "nodes")],
        names: Names::Narrow,
    },
    Grant {
        verbs: &["update", "patch"],
        resources: &[Resource::cluster("", "nodes/status")],
        names: Names::Narrow,
    },
];

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report_any(
        role,
        GRANTS,
        "it can draw other pods to a node of its choice: keep it to what manages nodes",
        found,
    );
}

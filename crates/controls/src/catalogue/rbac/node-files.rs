//! A node's log folder and its kubelet's configuration are the node's secrets.
//!
//! ## What it checks
//! `get` on `nodes/log` and `nodes/configz`, `create` on `nodes/checkpoint`, in ClusterRoles.
//!
//! ## Why it matters
//! `nodes/log` serves `/var/log` of the node, and with it the logs of every pod; who also writes there
//! through a hostPath leads it to other files with a symbolic link. `nodes/configz` tells how the
//! kubelet is guarded. A checkpoint writes a container's memory, keys included, to the node's disk.
//!
//! ## How to fix
//! Grant `nodes/metrics` and `nodes/stats` for monitoring, and read logs through what collects them.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: support
//! rules:
//! - apiGroups: [""]
//!   resources: ["nodes/log"] # <- here
//!   verbs: ["get"]
//! - apiGroups: [""]
//!   resources: ["nodes/checkpoint"] # <- here
//!   verbs: ["create"]
//! - apiGroups: [""]
//!   resources: ["*"] # <- here
//!   verbs: ["get", "create"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: support
//! rules:
//! - apiGroups: [""]
//!   resources: ["nodes/stats"]
//!   verbs: ["get"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: support
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods/log"]
//!   verbs: ["get"]
//! - apiGroups: [""]
//!   resources: ["nodes/log"]
//!   verbs: ["watch", "create"]
//! - apiGroups: [""]
//!   resources: ["nodes/checkpoint"]
//!   verbs: ["get"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report_any};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/node-files",
    title: "Role may read a node's logs, configuration or checkpoints",
    severity: Medium,
    frameworks: &[nsa("auth/least-privilege"), microsoft("MS-TA9030"), owasp("K02")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANTS: &[Grant] = &[
    Grant {
        verbs: &["get"],
        resources: &[Resource::cluster("", "nodes/log"), Resource::cluster("", "nodes/configz")],
        names: Names::Irrelevant,
    },
    Grant {
        verbs: &["create"],
        resources: &[Resource::cluster("", "nodes/checkpoint")],
        names: Names::Irrelevant,
    },
];

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report_any(
        role,
        GRANTS,
        "it reads what the node keeps: grant nodes/metrics or nodes/stats instead",
        found,
    );
}

//! `get nodes/proxy` runs commands in every pod of the node.
//!
//! ## What it checks
//! `get` and `create` on `nodes/proxy` in ClusterRoles, written as such, as `*/proxy` or as `*`, with
//! names too. A Role can't grant it: nodes stand outside namespaces.
//!
//! ## Why it matters
//! The kubelet lets whoever holds this call its whole API, its exec endpoint too, which takes a
//! WebSocket and therefore needs `get` alone. Admission control and the audit log of the API server see
//! nothing of it.
//!
//! ## How to fix
//! Grant `nodes/metrics`, `nodes/stats`, `nodes/log` or `nodes/pods` for what is read; kubelets
//! authorize these one by one (KEP-2862, on by default since 1.33).
//!
//! ## How others differ
//! Trivy doesn't count wildcards. Checkov takes `create` alone for dangerous.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: metrics
//! rules:
//! - apiGroups: [""]
//!   resources: ["nodes/metrics", "nodes/proxy"] # <- here
//!   verbs: ["get"]
//! - apiGroups: [""]
//!   resources: ["*/proxy"] # <- here
//!   resourceNames: ["node-1"]
//!   verbs: ["get"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: metrics
//! rules:
//! - apiGroups: [""]
//!   resources: ["nodes/metrics", "nodes/stats"]
//!   verbs: ["get"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: metrics
//! rules:
//! - apiGroups: [""]
//!   resources: ["nodes", "nodes/*", "proxy"]
//!   verbs: ["get"]
//! - apiGroups: ["metrics.k8s.io"]
//!   resources: ["nodes", "*"]
//!   verbs: ["get", "create"]
//! - apiGroups: [""]
//!   resources: ["nodes/proxy"]
//!   verbs: ["list"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: metrics
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["nodes/proxy"]
//!   verbs: ["get"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/node-proxy",
    title: "Role may speak to kubelets through nodes/proxy",
    severity: High,
    frameworks: &[
        cis("5.1.10"),
        aks("4.1.9"),
        eks("4.1.10"),
        nsa("auth/least-privilege"),
        mitre("T1609"),
        microsoft("MS-TA9030"),
        owasp("K02"),
    ],
    aliases: &["checkov:CKV2_K8S_2", "kubescape:C-0279", "trivy:KSV-0047"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["get", "create"],
    resources: &[Resource::cluster("", "nodes/proxy")],
    names: Names::Irrelevant,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(
        role,
        &GRANT,
        "it runs commands in any pod of the node: grant nodes/metrics or nodes/stats instead",
        found,
    );
}

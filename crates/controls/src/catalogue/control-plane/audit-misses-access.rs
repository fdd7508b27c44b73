//! An audit log that doesn't say who went into a pod.
//!
//! ## What it checks
//! An audit Policy: `exec`, `attach`, `portforward` and `proxy` of pods and services (`create`, and `get`, as kubectl
//! opens them since Kubernetes 1.30 and 1.31), the making of pods and of all workloads of `apps` and `batch`, and
//! `create`, `update`, `patch` and `delete` of roles and bindings by anyone must be logged, at `Metadata` at least.
//!
//! ## Why it matters
//! A shell in a pod leaves no trace but this one.
//!
//! ## How to fix
//! End the rules with `level: Metadata` for everything.
//!
//! ```yaml bad
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules: # <- here
//! - level: Metadata
//!   resources: [{group: "", resources: [secrets, pods]}]
//! ---
//! # kubectl exec is a get of pods/exec.
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules:
//! - level: None # <- here
//!   verbs: [get, list, watch]
//! - level: Metadata
//! ---
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules:
//! - level: None # <- here
//!   verbs: [delete]
//!   resources: [{group: rbac.authorization.k8s.io, resources: [rolebindings]}]
//! - level: Metadata
//! ---
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules:
//! - level: None # <- here
//!   resources: [{group: batch}]
//! - level: Metadata
//! ```
//! ```yaml good
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules:
//! - level: None
//!   nonResourceURLs: [/healthz*]
//! - level: Metadata
//! ```
//! ```yaml near-miss
//! # Named one by one, with wildcards.
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules:
//! - level: Request
//!   resources:
//!   - {group: "", resources: ["pods/*", "services/*", replicationcontrollers]}
//!   - {group: apps}
//!   - {group: batch}
//!   - {group: rbac.authorization.k8s.io}
//! ```

use crate::prelude::*;
use crate::support::audit::{self, Requests};

pub const CONTROL: Control = Control {
    id: "control-plane/audit-misses-access",
    title: "Audit policy that does not see access to pods",
    severity: Medium,
    frameworks: &[cis("3.2.2"), nsa("audit/logging"), owasp("K10")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("audit.k8s.io", "Policy")], check),
};

/// Over a WebSocket, as kubectl opens it, a command is a `GET`.
const ENTER: &[&str] = &["create", "get"];

const CHANGE: &[&str] = &["create", "update", "patch", "delete"];

const ACCESS: &[Requests] = &[
    (ENTER, "", "pods/exec"),
    (ENTER, "", "pods/attach"),
    (ENTER, "", "pods/portforward"),
    (ENTER, "", "pods/proxy"),
    (ENTER, "", "services/proxy"),
    (&["create"], "", "pods"),
    (&["create"], "", "replicationcontrollers"),
    (&["create"], "apps", "deployments"),
    (&["create"], "apps", "daemonsets"),
    (&["create"], "apps", "statefulsets"),
    (&["create"], "apps", "replicasets"),
    (&["create"], "batch", "jobs"),
    (&["create"], "batch", "cronjobs"),
    (CHANGE, "rbac.authorization.k8s.io", "clusterrolebindings"),
    (CHANGE, "rbac.authorization.k8s.io", "clusterroles"),
    (CHANGE, "rbac.authorization.k8s.io", "rolebindings"),
    (CHANGE, "rbac.authorization.k8s.io", "roles"),
];

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if let Some((field, message)) = audit::missed(policy, ACCESS) {
        found.at(&field, message);
    }
}

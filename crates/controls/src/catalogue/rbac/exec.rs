//! A command run in a container has all that the container has.
//!
//! ## What it checks
//! `create` and `get` on `pods/exec`, written as such, as `*/exec` or as `*`. A rule limited by
//! `resourceNames` is not found.
//!
//! ## Why it matters
//! Who execs into a pod acts with its service account, reads its Secrets and speaks from its place in
//! the network, and the audit log shows only that a connection was made. Over a WebSocket the request
//! is a `GET`: up to Kubernetes 1.34 the verb `get` is therefore enough
//! (https://github.com/kubernetes/kubernetes/issues/78741).
//!
//! ## How to fix
//! Leave it to a role that people take for an hour. Programs hardly ever need it.
//!
//! ## How others differ
//! Kubescape and KICS count `pods/*`, which the authorizer doesn't read as a pattern, and miss
//! `*/exec`, which it does. Of the others only Polaris counts `get`.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: debugger
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods", "pods/exec"] # <- here
//!   verbs: ["get"]
//! - apiGroups: ["*"]
//!   resources: ["*/exec"] # <- here
//!   verbs: ["create"]
//! ```
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: everything
//! rules:
//! - apiGroups: [""]
//!   resources: ["*"] # <- here
//!   verbs: ["create"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: debugger
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods", "pods/log"]
//!   verbs: ["get", "list"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: debugger
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods/*", "exec", "pods/exec/"]
//!   verbs: ["*"]
//! - apiGroups: ["apps"]
//!   resources: ["pods/exec"]
//!   verbs: ["create"]
//! - apiGroups: [""]
//!   resources: ["pods/exec"]
//!   verbs: ["list"]
//! - apiGroups: [""]
//!   resources: ["*/attach"]
//!   verbs: ["get"]
//! - apiGroups: [""]
//!   resources: ["pods/exec"]
//!   resourceNames: [""]
//!   verbs: ["create"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/exec",
    title: "Role may run commands in containers",
    severity: High,
    frameworks: &[
        nsa("auth/least-privilege"),
        mitre("T1609"),
        mitre("T1059.013"),
        microsoft("MS-TA9006"),
        microsoft("MS-TA9041"),
        owasp("K02"),
    ],
    aliases: &[
        "checkov:CKV2_K8S_2",
        "kubescape:C-0002",
        "trivy:KSV-0053",
        "polaris:clusterrolePodExecAttach",
        "polaris:rolePodExecAttach",
        "polaris:clusterrolebindingPodExecAttach",
        "polaris:rolebindingClusterRolePodExecAttach",
        "polaris:rolebindingRolePodExecAttach",
        "kics:RBAC-Roles-with-Exec-Permission",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["create", "get"],
    resources: &[Resource::namespaced("", "pods/exec")],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "commands run with all that the container has: leave it out", found);
}

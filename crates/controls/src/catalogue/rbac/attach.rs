//! Attached to a container, one types into its main process.
//!
//! ## What it checks
//! `create` and `get` on `pods/attach`, written as such, as `*/attach` or as `*`. A rule limited by
//! `resourceNames` is not found.
//!
//! ## Why it matters
//! Where the main process is a shell or reads commands, to attach is to run them; everywhere it shows
//! what the process prints. Up to Kubernetes 1.34 the verb `get` is enough, as for exec.
//!
//! ## How to fix
//! Leave it to a role that people take for an hour.
//!
//! ## How others differ
//! Trivy wants two rules in a certain order, in the group `*`. KICS counts neither `get` nor
//! `*/attach`.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: debugger
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods/attach"] # <- here
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
//!   verbs: ["get"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: debugger
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods/attach"]
//!   verbs: ["patch"]
//! - apiGroups: ["storage.k8s.io"]
//!   resources: ["volumeattachments", "*"]
//!   verbs: ["create"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/attach",
    title: "Role may attach to containers",
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
        "trivy:KSV-0054",
        "polaris:clusterrolePodExecAttach",
        "polaris:rolePodExecAttach",
        "polaris:clusterrolebindingPodExecAttach",
        "polaris:rolebindingClusterRolePodExecAttach",
        "polaris:rolebindingRolePodExecAttach",
        "kics:RBAC-Roles-with-Attach-Permission",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["create", "get"],
    resources: &[Resource::namespaced("", "pods/attach")],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "what is typed reaches the container's main process: leave it out", found);
}

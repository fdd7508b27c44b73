//! The API server carries requests to any pod, past network policies.
//!
//! ## What it checks
//! `get`, `create`, `update`, `patch` and `delete` on `pods/proxy` and `services/proxy`, over objects
//! of every name.
//!
//! ## Why it matters
//! The request comes from the control plane, which few network policies keep out, and reaches ports
//! that were never exposed: metrics, admin consoles, databases that speak HTTP.
//!
//! ## How to fix
//! Name the service in `resourceNames` (as `https:name:port` where that is how it is called), or
//! forward through an Ingress that asks who is there.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: prober
//! rules:
//! - apiGroups: [""]
//!   resources: ["services/proxy"] # <- here
//!   verbs: ["get"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: prober
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["services/proxy"]
//!   resourceNames: ["http:dashboard:80"]
//!   verbs: ["get"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: prober
//! rules:
//! - apiGroups: [""]
//!   resources: ["services", "pods"]
//!   verbs: ["get"]
//! - apiGroups: [""]
//!   resources: ["services/proxy"]
//!   verbs: ["list"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/pod-proxy",
    title: "Role may send requests through the API server's proxy",
    severity: Medium,
    frameworks: &[nsa("auth/least-privilege"), mitre("T1046"), microsoft("MS-TA9034"), owasp("K02")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["get", "create", "update", "patch", "delete"],
    resources: &[Resource::namespaced("", "pods/proxy"), Resource::namespaced("", "services/proxy")],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(
        role,
        &GRANT,
        "it reaches every port from the control plane: name the services in resourceNames",
        found,
    );
}

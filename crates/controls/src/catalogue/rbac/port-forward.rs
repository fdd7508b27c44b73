//! A forwarded port passes by every network policy.
//!
//! ## What it checks
//! `create` and `get` on `pods/portforward`, written as such, as `*/portforward` or as `*`. A rule
//! limited by `resourceNames` is not found.
//!
//! ## Why it matters
//! The kubelet connects to the pod from inside its own network namespace, so that ports bound to
//! localhost and databases behind a NetworkPolicy open up to whoever holds this. Up to Kubernetes 1.34
//! the verb `get` is enough.
//!
//! ## How to fix
//! Grant it in a namespace for development, or for pods by name.
//!
//! ## How others differ
//! KICS also reports `update` and `patch`, which this subresource doesn't have, and neither counts `get`. Kubescape
//! counts `pods/*`, which the authorizer doesn't read as a pattern, and misses `*/portforward`, which it does.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: developer
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods/portforward"] # <- here
//!   verbs: ["create"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: developer
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods"]
//!   verbs: ["get", "list"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: developer
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods/portforward"]
//!   resourceNames: ["database-0"]
//!   verbs: ["create"]
//! - apiGroups: [""]
//!   resources: ["pods/portforward"]
//!   verbs: ["update"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/port-forward",
    title: "Role may forward ports of pods",
    severity: Medium,
    frameworks: &[nsa("auth/least-privilege"), mitre("T1046"), microsoft("MS-TA9034"), owasp("K02")],
    aliases: &["kubescape:C-0063", "kics:RBAC-Roles-with-Port-Forwarding-Permission"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["create", "get"],
    resources: &[Resource::namespaced("", "pods/portforward")],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "forwarded ports pass by network policies: leave it out", found);
}

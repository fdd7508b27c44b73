//! The status of a service claims addresses that aren't its own.
//!
//! ## What it checks
//! `update` and `patch` on `services/status`, written as such, as `*/status` or as `*`. A rule limited
//! by `resourceNames` is not found.
//!
//! ## Why it matters
//! kube-proxy sends whatever goes to an address in `status.loadBalancer.ingress` to the service: who
//! writes it takes over the traffic that nodes and pods send there (CVE-2020-8554).
//!
//! ## How to fix
//! Leave it to the load balancer's controller, with a waiver that says so.
//!
//! ## How others differ
//! Checkov reports the binding of such a role, where it is one to a service account, and misses `*/status`.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: balancer
//! rules:
//! - apiGroups: [""]
//!   resources: ["services/status"] # <- here
//!   verbs: ["patch"]
//! - apiGroups: [""]
//!   resources: ["*/status"] # <- here
//!   verbs: ["update"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: balancer
//! rules:
//! - apiGroups: [""]
//!   resources: ["services"]
//!   verbs: ["get", "list", "watch"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: balancer
//! rules:
//! - apiGroups: [""]
//!   resources: ["services/status"]
//!   verbs: ["get"]
//! - apiGroups: ["serving.knative.dev"]
//!   resources: ["services/status"]
//!   verbs: ["update"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/service-status",
    title: "Role may write the status of services",
    severity: Medium,
    frameworks: &[nsa("auth/least-privilege"), owasp("K02")],
    aliases: &["checkov:CKV2_K8S_4"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["update", "patch"],
    resources: &[Resource::namespaced("", "services/status")],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(
        role,
        &GRANT,
        "it can claim other addresses' traffic: leave it to the load balancer's controller",
        found,
    );
}

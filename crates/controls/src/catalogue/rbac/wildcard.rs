//! A wildcard for groups or URLs in a role grants what doesn't exist yet.
//!
//! ## What it checks
//! `apiGroups` and `nonResourceURLs` of every rule of every Role and ClusterRole: the item `*` counts,
//! and the URLs `/*`, `/**` and `**`, which are the same. `rbac/wildcard-verb` and `rbac/wildcard-resource` are the
//! controls of the other lists. Not found: the roles that
//! Kubernetes itself ships, and the rules written in an aggregated ClusterRole, which the control
//! plane overwrites; those that it aggregates are judged where they stand.
//!
//! ## Why it matters
//! A wildcard covers resources and verbs that come with the next version or the next operator, and
//! covers `secrets`, `escalate` and `impersonate` today.
//!
//! ## How to fix
//! Name what is used. An audit log tells.
//!
//! ## How others differ
//! Checkov reads the first rule alone. kube-linter does not look at API groups, Trivy not at groups of their own.
//! Kubescape wants a wildcard for verbs and for resources in one rule, and for the groups one or the core group, of a
//! role that is bound.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: deployer
//! rules:
//! - apiGroups: ["*"] # <- here
//!   resources: ["deployments"]
//!   verbs: ["get", "list"]
//! - nonResourceURLs:
//!   - "*" # <- here
//!   - "/**" # <- here
//!   verbs: ["get"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: deployer
//! rules:
//! - apiGroups: ["apps"]
//!   resources: ["deployments"]
//!   verbs: ["get", "list", "patch"]
//! ```
//! ```yaml near-miss
//! # One subresource of every resource, and a prefix of URLs: wide, and yet not everything.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: scaler
//! rules:
//! - apiGroups: ["apps"]
//!   resources: ["*/scale"]
//!   verbs: ["update"]
//! - nonResourceURLs: ["/metrics/*"]
//!   verbs: ["get"]
//! ```
//! ```yaml near-miss
//! # What Kubernetes ships, and rules that the control plane overwrites.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: system:controller:example
//!   labels:
//!     kubernetes.io/bootstrapping: rbac-defaults
//! rules:
//! - apiGroups: ["*"]
//!   resources: ["*"]
//!   verbs: ["get"]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: monitoring
//! aggregationRule:
//!   clusterRoleSelectors:
//!   - matchLabels:
//!       monitoring: "true"
//! rules:
//! - apiGroups: ["*"]
//!   resources: ["*"]
//!   verbs: ["get"]
//! ```
//! ```yaml bad
//! # The label or the prefix alone is anybody's to write.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: deployer
//!   labels:
//!     kubernetes.io/bootstrapping: rbac-defaults
//! rules:
//! - apiGroups: ["*"] # <- here
//!   resources: ["deployments"]
//!   verbs: ["get"]
//! ```

use crate::prelude::*;
use crate::support::rbac::ROLES;
use crate::support::wildcard;

pub const CONTROL: Control = Control {
    id: "rbac/wildcard",
    title: "Wildcard for API groups or URLs",
    severity: High,
    frameworks: &[cis("5.1.3"), aks("4.1.3"), eks("4.1.3"), nsa("auth/least-privilege"), owasp("K02")],
    aliases: &["checkov:CKV_K8S_49", "kubescape:C-0187", "kics:RBAC-Wildcard-In-Rule"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for item in wildcard::items(role, "apiGroups").into_iter().chain(wildcard::items(role, "nonResourceURLs"))
    {
        found.at(&item, "the rule grants every item of this list: name those that are used");
    }
}

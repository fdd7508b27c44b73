//! Who changes network policies opens what they closed.
//!
//! ## What it checks
//! `create`, `update`, `patch`, `delete` and `deletecollection` on NetworkPolicies,
//! AdminNetworkPolicies, ClusterNetworkPolicies and those of Cilium and Calico, over objects of every
//! name.
//!
//! ## Why it matters
//! Policies add up: one more that allows everything is enough to undo them all, and deleting the
//! default denial is as good.
//!
//! ## How to fix
//! Leave policies to the team that owns the namespaces and its delivery system.
//!
//! ## How others differ
//! Trivy's check is one with services and endpoints, and knows the built-in kind alone.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: developer
//!   namespace: shop
//! rules:
//! - apiGroups: ["networking.k8s.io"]
//!   resources: ["networkpolicies"] # <- here
//!   verbs: ["create"]
//! - apiGroups: ["cilium.io"]
//!   resources: ["ciliumnetworkpolicies"] # <- here
//!   verbs: ["delete"]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: developer
//! rules:
//! - apiGroups: ["policy.networking.k8s.io"]
//!   resources: ["clusternetworkpolicies"] # <- here
//!   verbs: ["update"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: developer
//!   namespace: shop
//! rules:
//! - apiGroups: ["networking.k8s.io"]
//!   resources: ["networkpolicies"]
//!   verbs: ["get", "list"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: developer
//!   namespace: shop
//! rules:
//! - apiGroups: ["networking.k8s.io"]
//!   resources: ["networkpolicies"]
//!   resourceNames: ["web"]
//!   verbs: ["patch"]
//! - apiGroups: ["networking.k8s.io"]
//!   resources: ["networkpolicies/status"]
//!   verbs: ["patch"]
//! - apiGroups: [""]
//!   resources: ["networkpolicies"]
//!   verbs: ["create"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/write-network-policies",
    title: "Role may change network policies",
    severity: Medium,
    frameworks: &[nsa("auth/least-privilege"), mitre("T1685"), owasp("K02"), owasp("K05")],
    aliases: &["trivy:KSV-0056"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["create", "update", "patch", "delete", "deletecollection"],
    resources: &[
        Resource::namespaced("networking.k8s.io", "networkpolicies"),
        Resource::cluster("policy.networking.k8s.io", "adminnetworkpolicies"),
        Resource::cluster("policy.networking.k8s.io", "baselineadminnetworkpolicies"),
        Resource::cluster("policy.networking.k8s.io", "clusternetworkpolicies"),
        Resource::namespaced("cilium.io", "ciliumnetworkpolicies"),
        Resource::cluster("cilium.io", "ciliumclusterwidenetworkpolicies"),
        Resource::namespaced("crd.projectcalico.org", "networkpolicies"),
        Resource::cluster("crd.projectcalico.org", "globalnetworkpolicies"),
        Resource::namespaced("projectcalico.org", "networkpolicies"),
        Resource::cluster("projectcalico.org", "globalnetworkpolicies"),
    ],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "one more policy can allow everything: leave it to who owns the namespace", found);
}

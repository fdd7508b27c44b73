//! Services and routes decide who receives the traffic.
//!
//! ## What it checks
//! `create`, `update`, `patch` and `delete` on Services, Ingresses, Gateways and their routes, over
//! objects of every name.
//!
//! ## Why it matters
//! A changed selector or backend sends requests, with their cookies and passwords, to another pod;
//! `externalIPs` draw the traffic of addresses that aren't the cluster's (CVE-2020-8554). Delivery
//! systems need this, so the control is in no profile.
//!
//! ## How to fix
//! Keep it to a Role in each namespace that is delivered to.
//!
//! ## How others differ
//! Trivy's check is one with `rbac/write-endpoints` and `rbac/write-network-policies`, and knows no
//! Gateways.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: router
//!   namespace: shop
//! rules:
//! - apiGroups: ["networking.k8s.io"]
//!   resources: ["ingresses"] # <- here
//!   verbs: ["create"]
//! - apiGroups: ["gateway.networking.k8s.io"]
//!   resources: ["httproutes"] # <- here
//!   verbs: ["patch"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: router
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["services"]
//!   resourceNames: ["web"]
//!   verbs: ["update"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: router
//!   namespace: shop
//! rules:
//! - apiGroups: ["serving.knative.dev"]
//!   resources: ["services"]
//!   verbs: ["create"]
//! - apiGroups: ["networking.k8s.io"]
//!   resources: ["ingresses/status"]
//!   verbs: ["update"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/write-services",
    title: "Role may change services and routes",
    severity: Medium,
    frameworks: &[nsa("auth/least-privilege"), microsoft("MS-TA9005"), owasp("K02")],
    aliases: &["trivy:KSV-0056"],
    profiles: &[],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["create", "update", "patch", "delete", "deletecollection"],
    resources: &[
        Resource::namespaced("", "services"),
        Resource::namespaced("networking.k8s.io", "ingresses"),
        Resource::namespaced("gateway.networking.k8s.io", "gateways"),
        Resource::namespaced("gateway.networking.k8s.io", "httproutes"),
        Resource::namespaced("gateway.networking.k8s.io", "grpcroutes"),
        Resource::namespaced("gateway.networking.k8s.io", "tlsroutes"),
        Resource::namespaced("gateway.networking.k8s.io", "tcproutes"),
        Resource::namespaced("gateway.networking.k8s.io", "udproutes"),
    ],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "it decides where traffic goes: name the objects in resourceNames", found);
}

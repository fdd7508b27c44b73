//! A namespace that separates nothing.
//!
//! ## What it checks
//! Every namespace of the user's that the scan holds workloads of: at least one of a NetworkPolicy (of Kubernetes, Cilium or
//! Calico), a ResourceQuota, a Pod Security level above privileged, or a RoleBinding of its own. In the profile `all` alone:
//! what belongs to a namespace is often kept elsewhere.
//!
//! ## Why it matters
//! A namespace is a name. It becomes a boundary by what is bound to it.
//!
//! ## How to fix
//! Label it with a Pod Security level, and add a default-deny NetworkPolicy and a ResourceQuota.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Namespace # <- here
//! metadata: {name: shop}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: shop}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//!   labels: {pod-security.kubernetes.io/enforce: baseline}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: shop}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml near-miss
//! # No workload, nothing to hold apart.
//! apiVersion: v1
//! kind: Namespace
//! metadata: {name: shop}
//! ```

use crate::prelude::*;
use crate::support::namespaces;

pub const CONTROL: Control = Control {
    id: "namespace/no-boundary",
    title: "Namespace without any boundary",
    severity: Medium,
    frameworks: &[cis("5.6.1"), aks("4.6.1"), eks("4.5.1"), nsa("network/namespaces")],
    aliases: &[
        "kubescape:C-0209",
        "kubescape:C-0242",
        "kubescape:C-0249",
        "kics:Ensure-Administrative-Boundaries-Between-Resources",
    ],
    profiles: &[],
    fix: None,
    check: Check::Inventory(&[GroupKind::new("", "Namespace")], check),
};

const BOUNDARIES: &[(&str, &str)] = &[
    ("networking.k8s.io", "NetworkPolicy"),
    ("cilium.io", "CiliumNetworkPolicy"),
    ("projectcalico.org", "NetworkPolicy"),
    ("crd.projectcalico.org", "NetworkPolicy"),
    ("", "ResourceQuota"),
    ("rbac.authorization.k8s.io", "RoleBinding"),
];

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    for (name, object) in namespaces::judged(inventory) {
        let has_level = inventory.namespace(name).is_some_and(|namespace| {
            matches!(namespace.label("pod-security.kubernetes.io/enforce").text(), "baseline" | "restricted")
        });
        let bound =
            BOUNDARIES.iter().any(|(group, kind)| inventory.of_kind_in(group, kind, name).next().is_some());
        if inventory.pods_in(name).next().is_some() && !has_level && !bound {
            found.on(
                &object,
                format!("nothing makes the namespace {name} a boundary: add a level, policies and a quota"),
            );
        }
    }
}

//! A namespace that separates nothing.
//!
//! ## What it checks
//! Every namespace of the user's that the scan holds workloads of: at least one of a network policy (of its own, of
//! whatever kind, or one of the cluster that closes every pod), a ResourceQuota, a Pod Security level above privileged,
//! or a RoleBinding of its own. In the profile `all` alone: what belongs to a namespace is often kept elsewhere.
//!
//! ## Why it matters
//! A namespace is a name. It becomes a boundary by what is bound to it.
//!
//! ## How to fix
//! Label it with a Pod Security level, and add a default-deny NetworkPolicy and a ResourceQuota.
//!
//! ## How others differ
//! Kubescape's C-0209 lists every namespace for a person to look at.
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
//! ```yaml bad
//! # The cluster's policy is for some pods, and for another namespace.
//! apiVersion: v1
//! kind: Namespace # <- here
//! metadata: {name: shop}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: shop}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: projectcalico.org/v3
//! kind: GlobalNetworkPolicy
//! metadata: {name: bank}
//! spec: {namespaceSelector: projectcalico.org/name == 'bank', types: [Ingress]}
//! ---
//! apiVersion: cilium.io/v2
//! kind: CiliumClusterwideNetworkPolicy
//! metadata: {name: db}
//! spec: {endpointSelector: {matchLabels: {app: db}}, ingress: [{}]}
//! ```
//! ```yaml near-miss
//! # A policy of the old group; and one of the cluster that closes every pod.
//! apiVersion: v1
//! kind: Namespace
//! metadata: {name: shop}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: shop}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: extensions/v1beta1
//! kind: NetworkPolicy
//! metadata: {name: deny, namespace: shop}
//! spec: {podSelector: {}}
//! ---
//! apiVersion: v1
//! kind: Namespace
//! metadata: {name: bank}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: bank}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: projectcalico.org/v3
//! kind: GlobalNetworkPolicy
//! metadata: {name: deny}
//! spec: {namespaceSelector: projectcalico.org/name != 'kube-system', types: [Ingress, Egress]}
//! ```
//! ```yaml near-miss
//! # No workload, nothing to hold apart.
//! apiVersion: v1
//! kind: Namespace
//! metadata: {name: shop}
//! ```

use crate::prelude::*;
use crate::support::isolation::Isolation;
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

/// Other objects than policies that do.
const BOUNDARIES: &[(&str, &str)] = &[("", "ResourceQuota"), ("rbac.authorization.k8s.io", "RoleBinding")];

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    let isolation = Isolation::of(inventory);
    for (name, object) in namespaces::judged(inventory) {
        let has_level = inventory.namespace(name).is_some_and(|namespace| {
            matches!(namespace.label("pod-security.kubernetes.io/enforce").text(), "baseline" | "restricted")
        });
        let bound =
            BOUNDARIES.iter().any(|(group, kind)| inventory.of_kind_in(group, kind, name).next().is_some());
        if inventory.pods_in(name).next().is_some() && !has_level && !bound && !isolation.bounds(name) {
            found.on(
                &object,
                format!("nothing makes the namespace {name} a boundary: add a level, policies and a quota"),
            );
        }
    }
}

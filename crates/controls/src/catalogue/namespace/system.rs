//! A workload of the user's in the cluster's own namespace.
//!
//! ## What it checks
//! Objects that make pods in `kube-system`, `kube-public` and `kube-node-lease`. Static pods of the control plane and
//! the cluster's add-ons pass: what has a `system-*` priority class, or carries the label `k8s-app` or
//! `kubernetes.azure.com/managedby`.
//!
//! ## Why it matters
//! These namespaces are excused from policies and hold service accounts that own the cluster. A workload there may
//! mount their Secrets.
//!
//! ## How to fix
//! Move it to a namespace of its own. Add-ons that must live there: waive them with their reason.
//!
//! ## How others differ
//! Trivy judges every object of `kube-system`, and excuses only what has the label `tier: control-plane`, the
//! `component` of a part of the control plane and the class `system-node-critical` all at once. KICS judges
//! ConfigMaps, Roles and the like too, in `kube-system` and `kube-public`, and excuses nothing.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   namespace: kube-system # <- here
//! spec:
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web, namespace: shop}
//! spec:
//!   template:
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml near-miss
//! # A namespace of the user's that has such a name.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: operator, namespace: kube-prometheus-stack}
//! spec:
//!   template:
//!     spec: {containers: [{name: operator, image: registry.example.com/operator:1.4}]}
//! ```
//! ```yaml near-miss
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: coredns
//!   namespace: kube-system
//!   labels: {k8s-app: kube-dns}
//! spec:
//!   template:
//!     spec: {containers: [{name: coredns, image: registry.k8s.io/coredns/coredns:v1.12.1}]}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: metrics-server, namespace: kube-system}
//! spec:
//!   template:
//!     spec:
//!       priorityClassName: system-cluster-critical
//!       containers: [{name: metrics-server, image: registry.k8s.io/metrics-server/metrics-server:v0.8.0}]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: kube-apiserver, namespace: kube-system, labels: {tier: control-plane, component: kube-apiserver}}
//! spec:
//!   priorityClassName: system-node-critical
//!   containers: [{name: kube-apiserver, image: registry.k8s.io/kube-apiserver:v1.34.1}]
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "namespace/system",
    title: "Workload in a system namespace",
    severity: Medium,
    frameworks: &[nsa("network/system-namespaces")],
    aliases: &["trivy:KSV-0037", "kics:Using-Unrecommended-Namespace"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let object = pod.object();
    let namespace = found.inventory().namespace_of(&object);
    if !matches!(namespace, "kube-system" | "kube-public" | "kube-node-lease") {
        return;
    }
    // The classes are for the cluster's own pods, in its own namespaces; the control plane's have one too.
    let is_own =
        matches!(pod.get("priorityClassName").text(), "system-node-critical" | "system-cluster-critical");
    let is_add_on =
        object.label("k8s-app").exists() || object.label("kubernetes.azure.com/managedby").exists();
    if !is_own && !is_add_on {
        found.at(&object.get("metadata.namespace"), "this namespace is the cluster's own: use one of yours");
    }
}

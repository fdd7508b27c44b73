//! A workload of the user's in the cluster's own namespace.
//!
//! ## What it checks
//! Objects that make pods in `kube-system`, `kube-public` and `kube-node-lease`. Static pods of the control plane pass
//! (label `tier: control-plane` and priority class `system-node-critical`), and so do those that carry the label
//! `k8s-app` or `kubernetes.azure.com/managedby` of the cluster's add-ons.
//!
//! ## Why it matters
//! These namespaces are excused from policies and hold service accounts that own the cluster. A workload there may
//! mount their Secrets.
//!
//! ## How to fix
//! Move it to a namespace of its own. Add-ons that must live there: waive them with their reason.
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
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: kube-apiserver, namespace: kube-system, labels: {tier: control-plane, component: kube-apiserver}}
//! spec:
//!   priorityClassName: system-node-critical
//!   containers: [{name: kube-apiserver, image: registry.k8s.io/kube-apiserver:v1.34.1}]
//! ```

use crate::prelude::*;
use crate::support::namespaces;

pub const CONTROL: Control = Control {
    id: "namespace/system",
    title: "Workload in a system namespace",
    severity: Medium,
    frameworks: &[nsa("network/system-namespaces")],
    aliases: &["trivy:KSV-0037"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let object = pod.object();
    if !namespaces::is_system(found.inventory().namespace_of(&object)) {
        return;
    }
    let is_control_plane =
        object.label("tier").is("control-plane") && pod.get("priorityClassName").is("system-node-critical");
    let is_add_on =
        object.label("k8s-app").exists() || object.label("kubernetes.azure.com/managedby").exists();
    if !is_control_plane && !is_add_on {
        found.at(&object.get("metadata.namespace"), "this namespace is the cluster's own: use one of yours");
    }
}

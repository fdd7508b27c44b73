//! A pod by itself is not started again when its node goes.
//!
//! ## What it checks
//! Objects of kind Pod without owner references. Static pods of the control plane (namespace `kube-system`, mirror
//! annotation) pass.
//!
//! ## Why it matters
//! No controller replaces it, and none updates its image: what is forgotten stays with its holes.
//!
//! ## How to fix
//! Use a Deployment, or a Job for what runs once.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod # <- here
//! metadata: {name: web}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   template:
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web-1
//!   ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: "1"}]
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: etcd, namespace: kube-system}
//! spec: {containers: [{name: etcd, image: registry.k8s.io/etcd:3.6.5-0}]}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "reliability/naked-pod",
    title: "Pod without a controller",
    severity: Low,
    frameworks: &[],
    aliases: &["kubescape:C-0073", "popeye:POP-208"],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "Pod")], check),
};

fn check<'d>(pod: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let is_static = found.inventory().namespace_of(pod) == "kube-system"
        || pod.annotation("kubernetes.io/config.mirror").exists();
    if pod.get("metadata.ownerReferences").is_empty() && !is_static {
        found.on(pod, "no controller keeps this pod: use a Deployment or a Job");
    }
}

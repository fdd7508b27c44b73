//! A network plugin that doesn't enforce policies makes every NetworkPolicy a comment.
//!
//! ## What it checks
//! ConfigMaps that hold the network configuration of the cluster (a key that ends in `.conf`, `.conflist` or
//! `cni-conf.json`) with the plugin `flannel`, where the scan holds nothing that enforces policies for it:
//! Calico, Cilium, kube-router, Antrea or kube-network-policies.
//!
//! ## Why it matters
//! The API server stores NetworkPolicies whatever the plugin does with them, and flannel does nothing:
//! the cluster looks divided and is open.
//!
//! ## How to fix
//! Use a plugin that enforces policies, or run kube-network-policies beside flannel.
//!
//! ## How others differ
//! KICS finds every flannel configuration, the one of Canal too, where Calico enforces policies. What a
//! managed cluster has switched on (C-0230, C-0240) stands in no manifest.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: kube-flannel-cfg
//!   namespace: kube-flannel
//! data:
//!   cni-conf.json: | # <- here
//!     {"name": "cbr0", "plugins": [{"type": "flannel"}, {"type": "portmap"}]}
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: calico-config
//!   namespace: kube-system
//! data:
//!   cni-conf.json: |
//!     {"name": "k8s-pod-network", "plugins": [{"type": "calico"}, {"type": "portmap"}]}
//! ```
//! ```yaml near-miss
//! # Policies are enforced beside it.
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: kube-flannel-cfg
//!   namespace: kube-flannel
//! data:
//!   cni-conf.json: |
//!     {"name": "cbr0", "plugins": [{"type": "flannel"}, {"type": "portmap"}]}
//! ---
//! apiVersion: apps/v1
//! kind: DaemonSet
//! metadata:
//!   name: kube-network-policies
//!   namespace: kube-system
//! spec:
//!   template:
//!     spec:
//!       containers:
//!       - name: kube-network-policies
//!         image: registry.k8s.io/networking/kube-network-policies:v0.9.2
//! ```
//! ```yaml near-miss
//! # Canal, as Rancher ships it.
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: canal-config
//!   namespace: kube-system
//! data:
//!   cni-conf.json: |
//!     {"name": "cbr0", "plugins": [{"type": "flannel"}, {"type": "portmap"}]}
//! ---
//! apiVersion: apps/v1
//! kind: DaemonSet
//! metadata:
//!   name: canal
//!   namespace: kube-system
//! spec:
//!   template:
//!     spec:
//!       containers:
//!       - name: calico-node
//!         image: rancher/hardened-calico:v3.30.1
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "network/cni-without-policies",
    title: "Network plugin that ignores network policies",
    severity: Medium,
    frameworks: &[
        cis("5.3.1"),
        eks("4.3.1"),
        nsa("network/policies"),
        nsa("network/cni"),
        microsoft("MS-TA9034"),
        owasp("K05"),
    ],
    aliases: &[
        "kubescape:C-0205",
        "kubescape:C-0230",
        "kubescape:C-0240",
        "kics:CNI-Plugin-Does-Not-Support-Network-Policies",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "ConfigMap")], check),
};

/// Short image names of what enforces policies beside a plugin that doesn't.
const ENFORCERS: &[&str] = &[
    "antrea-agent-ubi",
    "antrea-agent-ubuntu",
    "antrea-ubuntu",
    "calico",
    "calico-node",
    "cilium",
    "cilium-cilium",
    "kube-network-policies",
    "kube-router",
    "node",
];

/// What Rancher puts before the names of others' images.
const PREFIXES: [&str; 2] = ["mirrored-", "hardened-"];

fn check<'d>(map: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for (key, value) in map.get("data").entries() {
        let is_config =
            key.ends_with("cni-conf.json") || key.ends_with(".conf") || key.ends_with(".conflist");
        if !is_config {
            continue;
        }
        let compact: String = match value.as_str() {
            Some(text) if text.contains("flannel") => text.chars().filter(|c| !c.is_whitespace()).collect(),
            _ => continue,
        };
        if compact.contains("\"type\":\"flannel\"") && !is_enforced(found.inventory()) {
            found.at_key(
                &value,
                "flannel enforces no network policies: use a plugin that does, or run kube-network-policies beside it",
            );
        }
    }
}

fn is_enforced(inventory: &Inventory<'_>) -> bool {
    inventory.containers().filter_map(|container| container.image()).any(|image| {
        let name = image.short_name();
        let name = PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
        // `node` alone says little: Calico's is `calico/node`.
        ENFORCERS.contains(&name) && (name != "node" || image.repository.contains("calico"))
    })
}

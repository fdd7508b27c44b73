//! A Cilium policy that selects no pod, or names an entity that doesn't exist, protects nothing.
//!
//! ## What it checks
//! `endpointSelector` of CiliumNetworkPolicies with plain labels (`app`, `k8s:app`, `any:app`): whether a pod
//! of the namespace matches, where its pods are part of the scan. Entities of rules (`fromEntities`,
//! `toEntities`) of clusterwide policies too: whether Cilium knows them. And whether the selector names
//! another namespace than the policy's own, which never matches.
//!
//! ## Why it matters
//! The workload stays open, or a connection stays cut, and nothing says so.
//!
//! ## How to fix
//! Use the labels of the pod template, the policy's own namespace, and the entities `all`, `cluster`,
//! `health`, `host`, `ingress`, `init`, `kube-apiserver`, `none`, `remote-node`, `unmanaged`
//! and `world` (with `world-ipv4`, `world-ipv6`).
//!
//! ```yaml bad
//! apiVersion: cilium.io/v2
//! kind: CiliumNetworkPolicy
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   endpointSelector: # <- here
//!     matchLabels:
//!       role: web
//!   ingress:
//!   - fromEntities: [cluster, internet] # <- here
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//!   labels: {app: web}
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml good
//! apiVersion: cilium.io/v2
//! kind: CiliumNetworkPolicy
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   endpointSelector:
//!     matchLabels:
//!       app: web
//!   egress:
//!   - toEntities: [world, kube-apiserver]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//!   labels: {app: web}
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml near-miss
//! # Labels with other sources aren't in the manifest; an empty selector is for every pod.
//! apiVersion: cilium.io/v2
//! kind: CiliumNetworkPolicy
//! metadata:
//!   name: web
//!   namespace: shop
//! specs:
//! - endpointSelector:
//!     matchLabels:
//!       reserved:init: ""
//!   ingress: [{}]
//! - endpointSelector: {}
//!   ingress: [{}]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//!   labels: {app: web}
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```

use crate::prelude::*;
use crate::support::isolation;
use crate::support::scope;

pub const CONTROL: Control = Control {
    id: "network/cilium-policy-selects-nothing",
    title: "Cilium policy that matches nothing",
    severity: Low,
    frameworks: &[nsa("network/policies"), microsoft("MS-TA9034"), owasp("K05")],
    aliases: &[
        "popeye:POP-1600",
        "popeye:POP-1601",
        "popeye:POP-1602",
        "popeye:POP-1603",
        "popeye:POP-1604",
        "popeye:POP-1700",
        "popeye:POP-1701",
        "popeye:POP-1702",
        "popeye:POP-1703",
        "popeye:POP-1704",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(
        &[
            GroupKind::new("cilium.io", "CiliumNetworkPolicy"),
            GroupKind::new("cilium.io", "CiliumClusterwideNetworkPolicy"),
        ],
        check,
    ),
};

/// What Cilium's documentation of entities lists.
const ENTITIES: &[&str] = &[
    "all",
    "cluster",
    "health",
    "host",
    "ingress",
    "init",
    "kube-apiserver",
    "none",
    "remote-node",
    "unmanaged",
    "world",
    "world-ipv4",
    "world-ipv6",
];

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let namespace = inventory.namespace_of(policy);
    let own = policy.get("spec");
    for spec in std::iter::once(own).filter(Field::exists).chain(policy.get("specs").items()) {
        let selector = spec.get("endpointSelector");
        if !policy.is_cluster_scoped()
            && !LabelSelector::new(selector).is_empty()
            && scope::holds_pods_of(inventory, namespace)
            && !inventory
                .pods_in(namespace)
                .any(|pod| isolation::cilium_can_select(LabelSelector::new(selector), pod, inventory))
        {
            found.at(
                &selector,
                format!("no pod of the namespace {namespace} has these labels: the policy does nothing"),
            );
        }
        for (rules, list) in [
            ("ingress", "fromEntities"),
            ("ingressDeny", "fromEntities"),
            ("egress", "toEntities"),
            ("egressDeny", "toEntities"),
        ] {
            for entity in spec.key(rules).items().flat_map(|rule| rule.key(list).items()) {
                if let Some(name) = entity.as_str().filter(|name| !ENTITIES.contains(name)) {
                    found.at(&entity, format!("Cilium knows no entity {name:?}: use world, cluster or host"));
                }
            }
        }
    }
}

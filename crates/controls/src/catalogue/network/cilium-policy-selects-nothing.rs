//! A Cilium policy that selects no pod, or names an entity that doesn't exist, protects nothing.
//!
//! ## What it checks
//! `endpointSelector` of CiliumNetworkPolicies with plain labels (`app`, `k8s:app`, `any:app`): whether a pod
//! of the namespace matches, where its pods are part of the scan. Entities of rules (`fromEntities`,
//! `toEntities`) of clusterwide policies too: whether Cilium knows them. And whether `matchLabels` names
//! another namespace than the policy's own, whatever else is part of the scan: Cilium writes its own over
//! `k8s:io.kubernetes.pod.namespace`, so that the policy is for pods that weren't meant; without `k8s:` in
//! front no pod has both.
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
//! ```yaml bad
//! # No pod of the namespace is in the scan, and none need be.
//! apiVersion: cilium.io/v2
//! kind: CiliumNetworkPolicy
//! metadata:
//!   name: web
//!   namespace: shop
//! specs:
//! - endpointSelector:
//!     matchLabels:
//!       k8s:io.kubernetes.pod.namespace: bank # <- here
//!   ingress: [{}]
//! - endpointSelector:
//!     matchLabels:
//!       io.kubernetes.pod.namespace: bank # <- here
//!   ingress: [{}]
//! ```
//! ```yaml near-miss
//! # Its own namespace, and a policy of the cluster, which may name any.
//! apiVersion: cilium.io/v2
//! kind: CiliumNetworkPolicy
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   endpointSelector:
//!     matchLabels:
//!       k8s:io.kubernetes.pod.namespace: shop
//!   ingress: [{}]
//! ---
//! apiVersion: cilium.io/v2
//! kind: CiliumClusterwideNetworkPolicy
//! metadata:
//!   name: bank
//! spec:
//!   endpointSelector:
//!     matchLabels:
//!       k8s:io.kubernetes.pod.namespace: bank
//!   ingress: [{}]
//! ---
//! # Where it goes isn't written.
//! apiVersion: cilium.io/v2
//! kind: CiliumNetworkPolicy
//! metadata:
//!   name: anywhere
//! spec:
//!   endpointSelector:
//!     matchLabels:
//!       k8s:io.kubernetes.pod.namespace: bank
//!   ingress: [{}]
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
        let other = (!policy.is_cluster_scoped() && policy.get("metadata.namespace").is(namespace))
            .then(|| other_namespace(&selector, namespace))
            .flatten();
        if let Some((key, field)) = other {
            let problem = if key == isolation::CILIUM_OWN_NAMESPACE {
                "Cilium puts that one here instead, and selects its pods"
            } else {
                "the policy does nothing"
            };
            found.at(&field, format!("the policy is in the namespace {namespace}: {problem}"));
        }
        let does_nothing = other.is_some_and(|(key, _)| key != isolation::CILIUM_OWN_NAMESPACE);
        if !policy.is_cluster_scoped()
            && !does_nothing
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

/// What `matchLabels` says of a pod's namespace, where that is another than the policy's own. What makes the
/// policy select nothing comes first.
fn other_namespace<'d>(selector: &Field<'d>, own: &str) -> Option<(&'d str, Field<'d>)> {
    let named = selector.get("matchLabels").entries().filter(|(key, value)| {
        let plain = key.strip_prefix("k8s:").or_else(|| key.strip_prefix("any:")).unwrap_or(key);
        plain == isolation::CILIUM_NAMESPACE && value.as_str().is_some_and(|name| name != own)
    });
    named.min_by_key(|(key, _)| *key == isolation::CILIUM_OWN_NAMESPACE)
}

//! Pods that may call out but not ask the cluster's DNS can't find what they may call.
//!
//! ## What it checks
//! NetworkPolicies with egress rules: whether the pods that they select may reach DNS by UDP and by TCP on port 53, by
//! all policies that select them together. DNS is the pods labelled `k8s-app: kube-dns` of `kube-system`, OpenShift's
//! on port 5353, and pods of the scan that serve port 53. An address block counts where it holds a private, shared,
//! link-local or unique local address, which may be that of DNS; one of the internet alone counts where its rule names
//! port 53, for a resolver out there. A policy without egress rules closes everything and means it; one that opens port
//! 6443 alone is for the API server, whose address pods have without asking. Of pods that a policy of another kind with
//! anything on egress may select nothing is said.
//!
//! ## Why it matters
//! Names no longer resolve and the workload fails in ways that look like anything but a policy; the usual
//! repair is to open all egress. Long answers, and those of DNSSEC, come by TCP.
//!
//! ## How to fix
//! Allow UDP and TCP port 53 to `k8s-app: kube-dns` in `kube-system`, in one policy for the whole
//! namespace.
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//!   egress: # <- here
//!   - to:
//!     - ipBlock: {cidr: 0.0.0.0/0}
//!     ports:
//!     - port: 443
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml bad
//! # The selector means this namespace, where kube-dns isn't; nor is TCP open.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//!   egress: # <- here
//!   - to:
//!     - podSelector: {matchLabels: {k8s-app: kube-dns}}
//!     ports:
//!     - {port: 53, protocol: UDP}
//! ```
//! ```yaml bad
//! # The internet alone, and one address of it: the cluster's DNS is neither.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//!   egress: # <- here
//!   - to:
//!     - ipBlock:
//!         cidr: 0.0.0.0/0
//!         except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10, 169.254.0.0/16]
//!     - ipBlock: {cidr: 203.0.113.7/32}
//! ```
//! ```yaml near-miss
//! # Private addresses are left; a resolver of the internet, by its port.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//!   egress:
//!   - to:
//!     - ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//!   egress:
//!   - to:
//!     - ipBlock: {cidr: 9.9.9.9/32}
//!     ports:
//!     - {port: 53, protocol: UDP}
//!     - {port: 53, protocol: TCP}
//! ```
//! ```yaml good
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//!   egress:
//!   - to:
//!     - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
//!       podSelector: {matchLabels: {k8s-app: kube-dns}}
//!     ports:
//!     - {port: 53, protocol: UDP}
//!     - {port: 53, protocol: TCP}
//! ```
//! ```yaml near-miss
//! # Another policy opens DNS for the same pods; a third closes everything.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   podSelector: {matchLabels: {app: web}}
//!   policyTypes: [Egress]
//!   egress:
//!   - ports:
//!     - port: 443
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: dns
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//!   egress:
//!   - ports:
//!     - {port: 53, protocol: UDP}
//!     - {port: 53, protocol: TCP}
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: controller
//!   namespace: post
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//!   egress:
//!   - ports:
//!     - port: 6443
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: closed
//!   namespace: bank
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//! ```
//! ```yaml bad
//! # The policy of another kind is for other pods.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   podSelector: {matchLabels: {app: web}}
//!   policyTypes: [Egress]
//!   egress: # <- here
//!   - ports:
//!     - port: 443
//! ---
//! apiVersion: cilium.io/v2
//! kind: CiliumNetworkPolicy
//! metadata:
//!   name: db
//! spec:
//!   endpointSelector: {matchLabels: {app: db}}
//!   egress: [{}]
//! ```
//! ```yaml near-miss
//! # The cluster's administrator opens DNS for every pod.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   podSelector: {matchLabels: {app: web}}
//!   policyTypes: [Egress]
//!   egress:
//!   - ports:
//!     - port: 443
//! ---
//! apiVersion: policy.networking.k8s.io/v1alpha1
//! kind: AdminNetworkPolicy
//! metadata:
//!   name: dns
//! spec:
//!   priority: 10
//!   subject: {namespaces: {}}
//!   egress:
//!   - action: Allow
//!     to:
//!     - namespaces: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
//! ```

use crate::prelude::*;
use crate::support::isolation::{Isolation, Question};
use crate::support::network_policy::{self, Direction, NetworkPolicy, reaches_dns};

pub const CONTROL: Control = Control {
    id: "network/egress-without-dns",
    title: "Egress policy that forgets DNS",
    severity: Low,
    frameworks: &[],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Inventory(network_policy::KINDS, check),
};

/// A policy of another kind that says anything of egress may open DNS.
const FOREIGN: Question = Question::Spoken(Direction::Egress);

/// The port of the API server, whose address every pod has in its environment.
const API_SERVER: i64 = 6443;

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    let isolation = Isolation::of(inventory);
    for policy in NetworkPolicy::all(inventory) {
        let needs_names = policy.rules(Direction::Egress).any(|rule| !rule.is_for_port_alone(API_SERVER));
        if !needs_names {
            continue;
        }
        let namespace = inventory.namespace_of(&policy.object());
        let missing: Vec<&str> = ["UDP", "TCP"]
            .into_iter()
            .filter(|protocol| !is_open(&policy, protocol, namespace, inventory, &isolation))
            .collect();
        if !missing.is_empty() {
            found.at(
                &policy.rules_field(Direction::Egress),
                format!(
                    "the pods may call out and not ask DNS: allow {} port 53 to k8s-app: kube-dns in kube-system",
                    missing.join(" and ")
                ),
            );
        }
    }
}

/// Whether every pod that the policy selects reaches DNS. Where none was read: whether the pods that its
/// labels describe do.
fn is_open<'d>(
    policy: &NetworkPolicy<'d>,
    protocol: &str,
    namespace: &'d str,
    inventory: &Inventory<'d>,
    isolation: &Isolation<'_, 'd>,
) -> bool {
    let opens = |other: &NetworkPolicy<'d>| {
        other.rules(Direction::Egress).any(|rule| reaches_dns(&rule, protocol, namespace, inventory))
    };
    if opens(policy) {
        return true;
    }
    let mut pods = inventory
        .selected(namespace, policy.selector())
        .filter(|pod| !pod.get("hostNetwork").is_true())
        .peekable();
    if pods.peek().is_some() {
        return pods.all(|pod| {
            isolation.isolating(pod, Direction::Egress).any(|other| opens(&other))
                || isolation.foreign_answers(pod, FOREIGN)
        });
    }
    if isolation.foreign_answers_like(policy, FOREIGN) {
        return true;
    }
    let selector = policy.selector();
    if !selector.field().get("matchExpressions").is_empty() {
        return true;
    }
    let labels = Labels(selector.field().get("matchLabels"));
    isolation.policies_in(namespace).iter().any(|other| other.selects(labels) && opens(other))
}

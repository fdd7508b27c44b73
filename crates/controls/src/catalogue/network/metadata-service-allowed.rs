//! A policy that opens the cloud's metadata service hands out the identity of the node.
//!
//! ## What it checks
//! Egress rules of NetworkPolicies that let 169.254.169.254 (AWS, Azure, Google Cloud and others) through
//! on port 80, or Azure's 168.63.129.16 on port 80 or 32526: rules without peers, and address blocks that
//! hold the address without excepting it. Nothing is said where policies of another kind that close
//! egress, or the way to the address, may select all of the policy's pods; those of the baseline tier
//! don't count, since a NetworkPolicy comes before them.
//!
//! ## Why it matters
//! The metadata service answers whoever asks from the node with the node's credentials and its start
//! data; Azure's wire server with the secrets of its extensions, among them bootstrap tokens of the
//! kubelet. With them a pod becomes the node, and from there often the cluster.
//!
//! ## How to fix
//! Name the addresses that are needed, or except `169.254.169.254/32` and `168.63.129.16/32` from the
//! block. Give workloads an identity of their own (workload identity, IRSA).
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//!   egress:
//!   - to:
//!     - ipBlock:
//!         cidr: 0.0.0.0/0 # <- here
//!   - to:
//!     - ipBlock:
//!         cidr: 168.63.0.0/16 # <- here
//!     ports:
//!     - port: 80
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
//!     - ipBlock:
//!         cidr: 0.0.0.0/0
//!         except: [169.254.0.0/16, 168.63.129.16/32]
//! ```
//! ```yaml near-miss
//! # Another port, other addresses, and rules that are not in effect.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//!   egress:
//!   - to:
//!     - ipBlock: {cidr: 0.0.0.0/0}
//!     ports:
//!     - port: 443
//!   - to:
//!     - namespaceSelector: {}
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: other
//! spec:
//!   podSelector: {}
//!   policyTypes: [Ingress]
//!   egress:
//!   - {}
//! ```
//! ```yaml bad
//! # A policy of another kind, for other pods and for another address.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   podSelector: {matchLabels: {app: web}}
//!   policyTypes: [Egress]
//!   egress:
//!   - ports: # <- here
//!     - port: 80
//! ---
//! apiVersion: cilium.io/v2
//! kind: CiliumNetworkPolicy
//! metadata:
//!   name: db
//! spec:
//!   endpointSelector: {matchLabels: {app: db}}
//!   egress: [{}]
//! ---
//! apiVersion: policy.networking.k8s.io/v1alpha1
//! kind: AdminNetworkPolicy
//! metadata:
//!   name: one-address
//! spec:
//!   priority: 10
//!   subject: {namespaces: {}}
//!   egress:
//!   - action: Deny
//!     to:
//!     - networks: [203.0.113.7/32]
//! ---
//! # What NetworkPolicies allow doesn't come to the baseline.
//! apiVersion: policy.networking.k8s.io/v1alpha1
//! kind: BaselineAdminNetworkPolicy
//! metadata:
//!   name: default
//! spec:
//!   subject: {namespaces: {}}
//!   egress:
//!   - action: Deny
//!     to:
//!     - networks: [0.0.0.0/0]
//! ```
//! ```yaml near-miss
//! # The address is closed without the rest.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   podSelector: {matchLabels: {app: web}}
//!   policyTypes: [Egress]
//!   egress:
//!   - ports:
//!     - port: 80
//! ---
//! apiVersion: cilium.io/v2
//! kind: CiliumClusterwideNetworkPolicy
//! metadata:
//!   name: no-metadata
//! spec:
//!   endpointSelector: {}
//!   enableDefaultDeny: {egress: false}
//!   egressDeny:
//!   - toCIDR: [169.254.169.254/32, 168.63.129.16]
//! ```

use crate::prelude::*;
use crate::support::isolation::{Isolation, Question};
use crate::support::network_policy::{self, Direction, METADATA_SERVICES, NetworkPolicy, reaches_address};

pub const CONTROL: Control = Control {
    id: "network/metadata-service-allowed",
    title: "Network policy that opens the metadata service",
    severity: High,
    frameworks: &[
        nsa("network/cloud-metadata"),
        microsoft("MS-TA9033"),
        microsoft("MS-TA9028"),
        owasp("K08"),
    ],
    aliases: &["kubescape:C-0052"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Inventory(network_policy::KINDS, check),
};

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    let isolation = Isolation::of(inventory);
    for policy in NetworkPolicy::all(inventory) {
        for rule in policy.rules(Direction::Egress) {
            let open: Vec<_> = METADATA_SERVICES
                .iter()
                .filter(|(address, ports)| ports.iter().any(|port| reaches_address(&rule, *address, *port)))
                .map(|(address, _)| *address)
                .filter(|address| !isolation.foreign_answers_all(&policy, Question::Denied(*address)))
                .collect();
            let Some(first) = open.first() else { continue };
            if rule.is_for_any_peer() {
                found.at(&rule.field(), message(*first));
                continue;
            }
            for peer in rule.peers() {
                let Some(block) = peer.block() else { continue };
                if let Some(address) = open.iter().find(|address| block.contains(**address)) {
                    found.at(&peer.field().get("ipBlock.cidr"), message(*address));
                }
            }
        }
    }
}

fn message(address: std::net::IpAddr) -> String {
    format!("the rule lets pods reach the metadata service at {address}: except it, or name what is needed")
}

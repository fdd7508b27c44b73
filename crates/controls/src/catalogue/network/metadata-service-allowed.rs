//! A policy that opens the cloud's metadata service hands out the identity of the node.
//!
//! ## What it checks
//! Egress rules of NetworkPolicies that let 169.254.169.254 (AWS, Azure, Google Cloud and others) through on port 80:
//! rules without peers, and address blocks that hold the address without excepting it. Where the manifests show that
//! the cluster is Azure's (node selectors or labels of pods, annotations, storage), the same for its wire server,
//! 168.63.129.16, on port 80 or 32526; elsewhere that is an address like any other, and those who except the first have
//! done what they can. Nothing is said where policies of another kind that close egress, or the way to the address, may
//! select all of the policy's pods; those of the baseline tier don't count, since a NetworkPolicy comes before them.
//!
//! ## Why it matters
//! The metadata service answers whoever asks from the node with the node's credentials and its start
//! data; Azure's wire server with the secrets of its extensions, among them bootstrap tokens of the
//! kubelet. With them a pod becomes the node, and from there often the cluster.
//!
//! ## How to fix
//! Name the addresses that are needed, or except `169.254.169.254/32` from the block; on Azure
//! `168.63.129.16/32` too. Give workloads an identity of their own (workload identity, IRSA).
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
//! ```
//! ```yaml bad
//! # The cluster is Azure's: its wire server counts too.
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
//!         except: [169.254.169.254/32]
//!   - to:
//!     - ipBlock:
//!         cidr: 168.63.0.0/16 # <- here
//!     ports:
//!     - port: 80
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   nodeSelector: {kubernetes.azure.com/mode: user}
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml near-miss
//! # Nothing here is Azure's.
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
//!         except: [169.254.169.254/32]
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
    // The first answers on most clouds, the other on Azure alone.
    let services = if is_azure(inventory) { &METADATA_SERVICES[..] } else { &METADATA_SERVICES[..1] };
    for policy in NetworkPolicy::all(inventory) {
        for rule in policy.rules(Direction::Egress) {
            let open: Vec<_> = services
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

/// Whether something in the manifests is for Azure alone.
fn is_azure(inventory: &Inventory<'_>) -> bool {
    let has_key = |map: Field<'_>| map.entries().any(|(key, _)| is_key_of_azure(key));
    let by_pods =
        || inventory.pods().iter().any(|pod| has_key(pod.get("nodeSelector")) || has_key(pod.labels()));
    let by_storage = || {
        ["provisioner", "spec.csi.driver"].into_iter().any(|path| {
            let objects = inventory.of_kind("storage.k8s.io", "StorageClass");
            objects.chain(inventory.of_kind("", "PersistentVolume")).any(|object| {
                let driver = object.get(path).text();
                driver.ends_with(".csi.azure.com") || driver.starts_with("kubernetes.io/azure-")
            })
        })
    };
    by_pods() || by_storage() || inventory.objects().iter().any(|object| has_key(object.annotations()))
}

/// Keys of AKS (`kubernetes.azure.com/mode`), of workload identity (`azure.workload.identity/use`), and of
/// what Azure's controllers read (`service.beta.kubernetes.io/azure-…`, Application Gateway's).
fn is_key_of_azure(key: &str) -> bool {
    [
        "kubernetes.azure.com/",
        "azure.workload.identity/",
        "service.beta.kubernetes.io/azure-",
        "appgw.ingress.kubernetes.io/",
    ]
    .iter()
    .any(|prefix| key.starts_with(prefix))
}

fn message(address: std::net::IpAddr) -> String {
    format!("the rule lets pods reach the metadata service at {address}: except it, or name what is needed")
}

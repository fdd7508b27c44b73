//! A pod whose egress no policy closes reaches the cloud's metadata service.
//!
//! ## What it checks
//! Pods and pod templates that no network policy isolates for egress, and those on the host's network,
//! which no NetworkPolicy is defined to hold for. A policy of another kind that denies 169.254.169.254
//! alone counts too (a rule of the network policy API, Cilium's `egressDeny`, an egress firewall). Rules
//! that open the address in spite of a policy are found by `network/metadata-service-allowed`.
//!
//! ## Why it matters
//! 169.254.169.254 answers with the credentials of the node, and Azure's 168.63.129.16 with what its
//! extensions hold. A cloud may close it otherwise (hop limits, restricted metadata, workload identity);
//! manifests don't show that.
//!
//! ## How to fix
//! Isolate the pod for egress and leave the address out of every rule. Give it a workload identity.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec: # <- here
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: agent
//!   namespace: shop
//! spec: # <- here
//!   hostNetwork: true
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: deny
//!   namespace: shop
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//! ```
//! ```yaml bad
//! # What is denied is another address.
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
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec: # <- here
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: deny
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//! ```
//! ```yaml near-miss
//! # A policy of another kind closes the address for every pod.
//! apiVersion: policy.networking.k8s.io/v1alpha2
//! kind: ClusterNetworkPolicy
//! metadata:
//!   name: no-metadata
//! spec:
//!   tier: Admin
//!   priority: 10
//!   subject:
//!     namespaces: {}
//!   egress:
//!   - action: Deny
//!     to:
//!     - networks: [169.254.169.254/32]
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

use crate::prelude::*;
use crate::support::accounts::WORKLOADS;
use crate::support::isolation::{Isolation, Question};
use crate::support::network_policy::{Direction, METADATA_SERVICES};

pub const CONTROL: Control = Control {
    id: "network/metadata-service-reachable",
    title: "Metadata service within reach of a pod",
    severity: Medium,
    frameworks: &[
        nsa("network/cloud-metadata"),
        microsoft("MS-TA9033"),
        microsoft("MS-TA9028"),
        owasp("K08"),
    ],
    aliases: &["kubescape:C-0052"],
    profiles: &[],
    fix: None,
    check: Check::Inventory(WORKLOADS, check),
};

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    let isolation = Isolation::of(inventory);
    for pod in isolation.pods() {
        let reason = if pod.get("hostNetwork").is_true() {
            "the pod is on the host's network and reaches the metadata service as the node does"
        } else if !isolation.isolates(pod, Direction::Egress)
            && !isolation.foreign_answers(pod, Question::Denied(METADATA_SERVICES[0].0))
        {
            "no policy closes the pod's egress, so it reaches the metadata service: add one for Egress"
        } else {
            continue;
        };
        // Always the same place, so that leaving the host's network is no new finding.
        found.at(&pod.spec(), reason);
    }
}

//! An empty namespace selector lets every pod of the cluster through.
//!
//! ## What it checks
//! Peers of NetworkPolicies with `namespaceSelector: {}` and no labels in `podSelector`, in rules that
//! name no port, or ranges that together hold every TCP port. A selector that only asks whether
//! `kubernetes.io/metadata.name` is there is as good as an empty one: every namespace has that label.
//!
//! ## Why it matters
//! `namespaceSelector` and `podSelector` in one peer both have to hold; as two peers, with a dash each,
//! one is enough. The second dash turns "api pods of any namespace" into "every pod of the cluster".
//!
//! ## How to fix
//! Take the dash away where one peer was meant, select the namespaces by label, or name the port.
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: db
//! spec:
//!   podSelector: {matchLabels: {app: db}}
//!   ingress:
//!   - from:
//!     - namespaceSelector: {} # <- here
//!     - podSelector:
//!         matchLabels:
//!           app: api
//! ```
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: db
//! spec:
//!   podSelector: {matchLabels: {app: db}}
//!   ingress:
//!   - from:
//!     - namespaceSelector: # <- here
//!         matchExpressions:
//!         - {key: kubernetes.io/metadata.name, operator: Exists}
//! ```
//! ```yaml near-miss
//! # Namespaces that somebody labelled, and all but one.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: db
//! spec:
//!   podSelector: {matchLabels: {app: db}}
//!   ingress:
//!   - from:
//!     - namespaceSelector:
//!         matchExpressions:
//!         - {key: team, operator: Exists}
//!     - namespaceSelector:
//!         matchExpressions:
//!         - {key: kubernetes.io/metadata.name, operator: NotIn, values: [bank]}
//! ```
//! ```yaml good
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: db
//! spec:
//!   podSelector: {matchLabels: {app: db}}
//!   ingress:
//!   - from:
//!     - namespaceSelector: {}
//!       podSelector:
//!         matchLabels:
//!           app: api
//! ```
//! ```yaml near-miss
//! # An absent namespaceSelector means the policy's own namespace; a named port narrows the rule.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: db
//! spec:
//!   podSelector: {matchLabels: {app: db}}
//!   policyTypes: [Ingress, Egress]
//!   ingress:
//!   - from:
//!     - podSelector: {}
//!   egress:
//!   - to:
//!     - namespaceSelector: {}
//!     ports:
//!     - {port: 53, protocol: UDP}
//!     - {port: 53, protocol: TCP}
//! ```

use crate::prelude::*;
use crate::support::network_policy::{self, Direction, NetworkPolicy};

pub const CONTROL: Control = Control {
    id: "network/peer-any-namespace",
    title: "Network policy open to every namespace",
    severity: Medium,
    frameworks: &[nsa("network/policies"), microsoft("MS-TA9034"), owasp("K05")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(network_policy::KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let policy = NetworkPolicy::new(*object);
    for direction in [Direction::Ingress, Direction::Egress] {
        for rule in policy.rules(direction).filter(|rule| rule.has_every_port()) {
            for peer in rule.peers().filter(|peer| peer.is_every_pod()) {
                found.at(
                    &peer.field().get("namespaceSelector"),
                    "every pod of the cluster is a peer on every port: select namespaces by label, or name the ports",
                );
            }
        }
    }
}

//! A rule that lets everything through undoes every network policy for the pods that it selects.
//!
//! ## What it checks
//! Egress rules of NetworkPolicies that name neither peer nor port (`- {}`), or whose address blocks
//! together hold every IPv4 or every IPv6 address, on every TCP port. Blocks with exceptions, and rules
//! for single ports, are not meant. Rules that `policyTypes` leaves without effect aren't either.
//!
//! ## Why it matters
//! Policies are a union: what one of them allows, none can take back. The policy looks like protection
//! in every list, and is none.
//!
//! ## How to fix
//! Name the peers and the ports that are needed, or remove the rule.
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
//!   - {} # <- here
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: halves
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//!   egress:
//!   - to: # <- here
//!     - ipBlock: {cidr: 0.0.0.0/1}
//!     - ipBlock: {cidr: 128.0.0.0/1}
//!     ports:
//!     - {port: 1, endPort: 65535}
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
//!     - podSelector: {matchLabels: {app: api}}
//! ```
//! ```yaml near-miss
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//!   egress:
//!   - ports:
//!     - port: 443
//!   - to:
//!     - ipBlock:
//!         cidr: 0.0.0.0/0
//!         except: [10.0.0.0/8]
//! ---
//! # Closed: no rule at all.
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: closed
//! spec:
//!   podSelector: {}
//!   policyTypes: [Egress]
//!   egress: []
//! ---
//! # Not in effect: the policy is for the other direction alone.
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

use crate::prelude::*;
use crate::support::network_policy::{self, Direction, NetworkPolicy};

pub const CONTROL: Control = Control {
    id: "network/allow-all-egress",
    title: "Network policy that allows all egress",
    severity: Medium,
    frameworks: &[nsa("network/policies"), microsoft("MS-TA9034"), owasp("K05")],
    aliases: &["popeye:POP-1203"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(network_policy::KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for rule in NetworkPolicy::new(*object).rules(Direction::Egress) {
        if rule.allows_everything() {
            found.at(
                &rule.field(),
                "the rule lets all egress through: name the peers and ports that are needed",
            );
        }
    }
}

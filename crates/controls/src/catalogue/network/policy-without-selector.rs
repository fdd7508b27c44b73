//! A NetworkPolicy without a pod selector holds for every pod of its namespace, meant so or not.
//!
//! ## What it checks
//! Whether `spec.podSelector` of a NetworkPolicy is written. The API server reads an absent one as `{}`.
//!
//! ## Why it matters
//! Rules that were written for one workload then open every other one of the namespace, and close what
//! they don't name. A reader can't tell whether that was intended.
//!
//! ## How to fix
//! Write `podSelector: {}` where every pod is meant, and the labels of the workload where it isn't.
//!
//! ## How others differ
//! Trivy is content when any peer has a selector.
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec: # <- here
//!   policyTypes: [Ingress]
//! ```
//! ```yaml fixed
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   policyTypes: [Ingress]
//!   podSelector: {}
//! ```
//! ```yaml good
//! apiVersion: networking.k8s.io/v1
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   podSelector: {}
//!   policyTypes: [Ingress]
//! ```
//! ```yaml near-miss
//! # Another kind of the same name, with a selector of its own.
//! apiVersion: projectcalico.org/v3
//! kind: NetworkPolicy
//! metadata:
//!   name: web
//! spec:
//!   selector: app == 'web'
//! ```

use plimsoll_doc::Literal;

use crate::prelude::*;
use crate::support::network_policy;

pub const CONTROL: Control = Control {
    id: "network/policy-without-selector",
    title: "NetworkPolicy without a pod selector",
    severity: Low,
    frameworks: &[nsa("network/policies"), microsoft("MS-TA9034"), owasp("K05")],
    aliases: &["trivy:KSV-0038"],
    profiles: &[Recommended],
    fix: Some(Safe),
    check: Check::Object(network_policy::KINDS, check),
};

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let selector = policy.get("spec.podSelector");
    if !selector.exists() {
        found
            .at(&selector, "the policy has no podSelector and so selects every pod: write podSelector")
            .fix(set(&selector, Literal::Mapping(Vec::new())));
    }
}

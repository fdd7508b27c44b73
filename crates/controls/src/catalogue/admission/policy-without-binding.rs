//! An admission policy that nothing binds judges nothing.
//!
//! ## What it checks
//! Every ValidatingAdmissionPolicy and MutatingAdmissionPolicy: a binding of the scan must name it in `spec.policyName`.
//!
//! ## Why it matters
//! The policy is there to see, and does nothing.
//!
//! ## How to fix
//! Add a ValidatingAdmissionPolicyBinding with `validationActions: [Deny]`.
//!
//! ```yaml bad
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingAdmissionPolicy # <- here
//! metadata: {name: no-latest}
//! spec: {}
//! ---
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingAdmissionPolicyBinding
//! metadata: {name: other}
//! spec: {policyName: other, validationActions: [Deny]}
//! ```
//! ```yaml good
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingAdmissionPolicy
//! metadata: {name: no-latest}
//! spec: {}
//! ---
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingAdmissionPolicyBinding
//! metadata: {name: no-latest}
//! spec: {policyName: no-latest, validationActions: [Deny]}
//! ```
//! ```yaml near-miss
//! # A mutating policy has a binding of its own kind.
//! apiVersion: admissionregistration.k8s.io/v1beta1
//! kind: MutatingAdmissionPolicy
//! metadata: {name: pull}
//! spec: {}
//! ---
//! apiVersion: admissionregistration.k8s.io/v1beta1
//! kind: MutatingAdmissionPolicyBinding
//! metadata: {name: pull}
//! spec: {policyName: pull}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "admission/policy-without-binding",
    title: "Admission policy without a binding",
    severity: Medium,
    frameworks: &[cis("5.2.1"), nsa("pod-security/enforcement"), owasp("K04")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(
        &[
            GroupKind::new("admissionregistration.k8s.io", "ValidatingAdmissionPolicy"),
            GroupKind::new("admissionregistration.k8s.io", "MutatingAdmissionPolicy"),
        ],
        check,
    ),
};

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let binding = match policy.kind() {
        "ValidatingAdmissionPolicy" => "ValidatingAdmissionPolicyBinding",
        _ => "MutatingAdmissionPolicyBinding",
    };
    let bound = found
        .inventory()
        .referring("admissionregistration.k8s.io", binding, "spec.policyName", policy.name())
        .iter()
        .any(|binding| binding.get("spec.policyName").exists());
    if !bound {
        found.on(policy, format!("no {binding} names this policy, so it judges nothing: add one"));
    }
}

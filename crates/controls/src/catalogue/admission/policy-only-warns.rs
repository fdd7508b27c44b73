//! A bound policy that only warns or audits.
//!
//! ## What it checks
//! `spec.validationActions` of every ValidatingAdmissionPolicyBinding: `Deny` should be among them.
//!
//! ## Why it matters
//! What a policy finds is admitted all the same. While a policy is being rolled out that is right: waive it until then.
//!
//! ## How to fix
//! Add `Deny`.
//!
//! ```yaml bad
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingAdmissionPolicyBinding
//! metadata: {name: no-latest}
//! spec:
//!   policyName: no-latest
//!   validationActions: # <- here
//!   - Warn
//! ```
//! ```yaml good
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingAdmissionPolicyBinding
//! metadata: {name: no-latest}
//! spec:
//!   policyName: no-latest
//!   validationActions: [Deny, Audit]
//! ```
//! ```yaml near-miss
//! # A mutating binding has no actions.
//! apiVersion: admissionregistration.k8s.io/v1beta1
//! kind: MutatingAdmissionPolicyBinding
//! metadata: {name: pull}
//! spec: {policyName: pull}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "admission/policy-only-warns",
    title: "Admission policy that denies nothing",
    severity: Low,
    frameworks: &[owasp("K04")],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Object(
        &[GroupKind::new("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding")],
        check,
    ),
};

fn check<'d>(binding: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let actions = binding.get("spec.validationActions");
    if !actions.contains("Deny") {
        found.at(&actions, "the policy denies nothing: add Deny to validationActions");
    }
}

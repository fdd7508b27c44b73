//! A validating webhook that is skipped when it doesn't answer.
//!
//! ## What it checks
//! `failurePolicy: Ignore` on the webhooks of every ValidatingWebhookConfiguration and MutatingWebhookConfiguration.
//! Absent, it is `Fail`, but in `v1beta1` it is `Ignore`.
//!
//! ## Why it matters
//! Who can make the webhook slow or unreachable (a network policy, a drained node, a large object) gets past the rule
//! that it enforces. For webhooks that only add convenience, `Ignore` is right: waive those.
//!
//! ## How to fix
//! Set `failurePolicy: Fail`, with several replicas, a short `timeoutSeconds`, and match conditions that leave out what
//! the cluster itself needs.
//!
//! ```yaml bad
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingWebhookConfiguration
//! metadata: {name: policy}
//! webhooks:
//! - name: policy.example.com
//!   failurePolicy: Ignore # <- here
//! ```
//! ```yaml fixed
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingWebhookConfiguration
//! metadata: {name: policy}
//! webhooks:
//! - name: policy.example.com
//!   failurePolicy: Fail
//! ```
//! ```yaml bad
//! # Ignore is the default in v1beta1.
//! apiVersion: admissionregistration.k8s.io/v1beta1
//! kind: ValidatingWebhookConfiguration
//! metadata: {name: policy}
//! webhooks:
//! - name: policy.example.com # <- here
//! ```
//! ```yaml good
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingWebhookConfiguration
//! metadata: {name: policy}
//! webhooks:
//! - name: policy.example.com
//!   failurePolicy: Fail
//! ```
//! ```yaml near-miss
//! # Fail is the default in v1.
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingWebhookConfiguration
//! metadata: {name: policy}
//! webhooks:
//! - name: policy.example.com
//! ```

use crate::prelude::*;
use crate::support::webhook;

pub const CONTROL: Control = Control {
    id: "admission/webhook-fails-open",
    title: "Webhook that lets everything pass when it is down",
    severity: Medium,
    frameworks: &[nsa("pod-security/enforcement"), owasp("K04")],
    aliases: &[],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Object(webhook::KINDS, check),
};

fn check<'d>(configuration: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for webhook in configuration.get("webhooks").items() {
        let policy = webhook.get("failurePolicy");
        if webhook::fails_open(configuration, &webhook) {
            found
                .at(&policy, "the webhook is skipped when it doesn't answer: set failurePolicy to Fail")
                .unsafe_fix(set(&policy, "Fail"));
        }
    }
}

//! An admission webhook that asks for Secrets is sent their values.
//!
//! ## What it checks
//! The rules of mutating and validating webhook configurations: those that take in `secrets` of the
//! core group, by name or by wildcard, with any operation that carries the object. A webhook with an
//! `objectSelector` is not found, nor one with a match condition `request.resource.resource != "secrets"`
//! or `request.kind.kind != "Secret"` (other expressions are not evaluated), nor a rule for
//! cluster-scoped objects. Subresources are patterns
//! here, other than in RBAC: `*/*` and `secrets/*` take in the Secret itself.
//!
//! ## Why it matters
//! Each review holds the whole object, old and new. Who owns the webhook's pod, or reads its log, has
//! every Secret that is written from then on. Policy engines with a rule for everything do this, so the
//! control is in no profile: it lists what to review.
//!
//! ## How to fix
//! Name the resources that the webhook judges, or leave Secrets out with an `objectSelector`, a match
//! condition or a rule of its own.
//!
//! ## How others differ
//! Kubescape lists every webhook configuration for a person to review.
//!
//! ```yaml bad
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingWebhookConfiguration
//! metadata:
//!   name: policy
//! webhooks:
//! - name: policy.example.com
//!   clientConfig:
//!     service:
//!       name: policy
//!       namespace: policy
//!   rules:
//!   - apiGroups: ["*"]
//!     apiVersions: ["v1"]
//!     operations: ["CREATE"]
//!     resources: ["*/*"] # <- here
//!   - apiGroups: [""]
//!     apiVersions: ["v1"]
//!     operations: ["UPDATE"]
//!     resources: ["pods", "secrets"] # <- here
//! ---
//! # Either may hold.
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingWebhookConfiguration
//! metadata:
//!   name: policy
//! webhooks:
//! - name: policy.example.com
//!   clientConfig:
//!     service:
//!       name: policy
//!       namespace: policy
//!   matchConditions:
//!   - name: few-secrets
//!     expression: request.resource.resource != "secrets" || request.namespace == "shop"
//!   rules:
//!   - apiGroups: [""]
//!     apiVersions: ["v1"]
//!     operations: ["CREATE"]
//!     resources: ["*"] # <- here
//! ```
//! ```yaml good
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingWebhookConfiguration
//! metadata:
//!   name: policy
//! webhooks:
//! - name: policy.example.com
//!   clientConfig:
//!     service:
//!       name: policy
//!       namespace: policy
//!   rules:
//!   - apiGroups: ["apps"]
//!     apiVersions: ["v1"]
//!     operations: ["CREATE", "UPDATE"]
//!     resources: ["*"]
//! ```
//! ```yaml near-miss
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: MutatingWebhookConfiguration
//! metadata:
//!   name: policy
//! webhooks:
//! - name: policy.example.com
//!   clientConfig:
//!     service:
//!       name: policy
//!       namespace: policy
//!   rules:
//!   - apiGroups: [""]
//!     apiVersions: ["v1"]
//!     operations: ["CREATE"]
//!     resources: ["*"]
//!     scope: Cluster
//!   - apiGroups: [""]
//!     apiVersions: ["v1"]
//!     operations: ["*"]
//!     resources: ["secrets/status", "pods/*"]
//!   - apiGroups: ["external-secrets.io"]
//!     apiVersions: ["v1"]
//!     operations: ["CREATE"]
//!     resources: ["secrets"]
//!   - apiGroups: [""]
//!     apiVersions: ["v1"]
//!     operations: ["CONNECT"]
//!     resources: ["secrets"]
//! ```
//! ```yaml near-miss
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: MutatingWebhookConfiguration
//! metadata:
//!   name: policy
//! webhooks:
//! - name: policy.example.com
//!   clientConfig:
//!     service:
//!       name: policy
//!       namespace: policy
//!   objectSelector:
//!     matchLabels:
//!       policy.example.com/check: "true"
//!   rules:
//!   - apiGroups: [""]
//!     apiVersions: ["v1"]
//!     operations: ["CREATE"]
//!     resources: ["secrets"]
//! - name: others.example.com
//!   clientConfig:
//!     service:
//!       name: policy
//!       namespace: policy
//!   matchConditions:
//!   - name: no-secrets
//!     expression: request.resource.resource != "secrets" && request.operation != "DELETE"
//!   rules:
//!   - apiGroups: ["*"]
//!     apiVersions: ["*"]
//!     operations: ["*"]
//!     resources: ["*"]
//! ```

use crate::prelude::*;
use crate::support::webhook;

pub const CONTROL: Control = Control {
    id: "admission/webhook-sees-secrets",
    title: "Webhook is sent every Secret",
    severity: Medium,
    frameworks: &[mitre("T1552.007"), microsoft("MS-TA9015"), owasp("K03")],
    aliases: &["kubescape:C-0036", "kubescape:C-0039"],
    profiles: &[],
    fix: None,
    check: Check::Object(webhook::KINDS, check),
};

fn check<'d>(configuration: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for webhook in configuration.get("webhooks").items() {
        if !LabelSelector::new(webhook.get("objectSelector")).is_empty()
            || webhook.get("matchConditions").items().any(|condition| leaves_out_secrets(&condition))
        {
            continue;
        }
        for rule in webhook.get("rules").items().filter(takes_in_objects) {
            let item = rule.get("resources").items().find(|item| webhook::takes_in(item.text(), "secrets"));
            if let Some(item) = item {
                let name = webhook.get("name").text();
                found.at(
                    &item,
                    format!("webhook {name:?} is sent every Secret: name the resources that it judges"),
                );
            }
        }
    }
}

/// Whether a rule is about namespaced objects of the core group, with their content.
fn takes_in_objects(rule: &Field<'_>) -> bool {
    let has = |list: &'static str, wanted: &[&str]| {
        rule.get(list).strings().any(|item| item == "*" || wanted.contains(&item))
    };
    has("apiGroups", &[""])
        && has("apiVersions", &["v1"])
        && has("operations", &["CREATE", "UPDATE", "DELETE"])
        && !rule.get("scope").is("Cluster")
}

/// Whether a match condition lets no Secret through: where one of its terms that all must hold says so. Others
/// aren't evaluated.
fn leaves_out_secrets(condition: &Field<'_>) -> bool {
    let expression = condition.get("expression").text();
    let is_plain = !["||", "?", "//"].iter().any(|operator| expression.contains(operator));
    is_plain
        && expression.split("&&").any(|term| {
            let term: String = term.chars().filter(|c| !c.is_whitespace()).collect();
            matches!(
                term.replace('"', "'").as_str(),
                "request.resource.resource!='secrets'" | "request.kind.kind!='Secret'"
            )
        })
}

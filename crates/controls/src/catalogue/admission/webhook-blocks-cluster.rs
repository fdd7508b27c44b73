//! A webhook that must answer before anything can change, the cluster's own repair included.
//!
//! ## What it checks
//! Webhooks with `failurePolicy: Fail` (the default) whose rules take every resource (`*`) or pods, nodes, leases,
//! or namespaces, and that leave nothing out: no `namespaceSelector`, no `objectSelector` and no `matchConditions`.
//!
//! ## Why it matters
//! When the webhook's own pods are down, their replacements need the webhook to be admitted: the cluster can't heal,
//! and kubelets can't renew their leases.
//!
//! ## How to fix
//! Leave out `kube-system` and the webhook's own namespace by `namespaceSelector` on `kubernetes.io/metadata.name`, and
//! name the resources that are judged.
//!
//! ```yaml bad
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingWebhookConfiguration
//! metadata: {name: policy}
//! webhooks:
//! - name: policy.example.com # <- here
//!   rules:
//!   - {apiGroups: ["*"], apiVersions: ["*"], resources: ["*/*"], operations: ["*"]}
//! ```
//! ```yaml good
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingWebhookConfiguration
//! metadata: {name: policy}
//! webhooks:
//! - name: policy.example.com
//!   rules:
//!   - {apiGroups: [""], apiVersions: ["v1"], resources: ["pods"], operations: ["CREATE"]}
//!   namespaceSelector:
//!     matchExpressions:
//!     - {key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system, policy]}
//! ```
//! ```yaml near-miss
//! # It judges custom resources alone, or may be skipped.
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingWebhookConfiguration
//! metadata: {name: policy}
//! webhooks:
//! - name: certificates.example.com
//!   rules:
//!   - {apiGroups: ["cert-manager.io"], apiVersions: ["*"], resources: ["*"], operations: ["*"]}
//! - name: hint.example.com
//!   failurePolicy: Ignore
//!   rules:
//!   - {apiGroups: ["*"], apiVersions: ["*"], resources: ["*"], operations: ["*"]}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "admission/webhook-blocks-cluster",
    title: "Webhook that can stop the cluster",
    severity: Medium,
    frameworks: &[mitre("T1499"), microsoft("MS-TA9040")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(
        &[
            GroupKind::new("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"),
            GroupKind::new("admissionregistration.k8s.io", "MutatingWebhookConfiguration"),
        ],
        check,
    ),
};

/// What the cluster needs to change in order to heal.
const VITAL: &[(&str, &str)] =
    &[("", "pods"), ("", "nodes"), ("", "namespaces"), ("", "endpoints"), ("coordination.k8s.io", "leases")];

fn check<'d>(configuration: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for webhook in configuration.get("webhooks").items() {
        let leaves_out = ["namespaceSelector", "objectSelector", "matchConditions"]
            .iter()
            .any(|key| !webhook.key(key).is_empty());
        let must_answer = !webhook.get("failurePolicy").is("Ignore");
        if must_answer && !leaves_out && webhook.get("rules").items().any(|rule| takes_vital(&rule)) {
            found.at(
                &webhook.get("name"),
                "nothing can change while this webhook is down: leave out kube-system and its own namespace",
            );
        }
    }
}

fn takes_vital(rule: &Field<'_>) -> bool {
    let (groups, resources) = (rule.get("apiGroups"), rule.get("resources"));
    VITAL.iter().any(|(group, resource)| {
        (groups.contains("*") || groups.contains(group))
            && ["*", "*/*", *resource].iter().any(|name| resources.contains(name))
    })
}

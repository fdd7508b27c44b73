//! A webhook that must answer before anything can change, the cluster's own repair included.
//!
//! ## What it checks
//! Webhooks with `failurePolicy: Fail` (the default, but of `v1beta1`) whose rules take every resource (`*`) or pods,
//! nodes, leases, or namespaces (by `pods/*` too, and not where `scope` leaves them out), and that leave nothing out:
//! no `namespaceSelector` or `objectSelector` with a requirement, and no `matchConditions`.
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
//! - name: pods.example.com # <- here
//!   rules:
//!   - {apiGroups: [""], apiVersions: ["v1"], resources: ["pods/*"], operations: ["CREATE"]}
//!   namespaceSelector: {matchExpressions: []}
//!   objectSelector: {matchLabels: {}}
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
//! # It judges custom resources alone, may be skipped, or by its scope never matches.
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
//! - name: scope.example.com
//!   rules:
//!   - {apiGroups: [""], apiVersions: ["v1"], resources: [pods], operations: ["*"], scope: Cluster}
//!   - {apiGroups: [""], apiVersions: ["v1"], resources: [nodes], operations: ["*"], scope: Namespaced}
//! ---
//! # Ignore is the default in v1beta1.
//! apiVersion: admissionregistration.k8s.io/v1beta1
//! kind: ValidatingWebhookConfiguration
//! metadata: {name: policy}
//! webhooks:
//! - name: policy.example.com
//!   rules:
//!   - {apiGroups: ["*"], apiVersions: ["*"], resources: ["*"], operations: ["*"]}
//! ```

use crate::prelude::*;
use crate::support::webhook;

pub const CONTROL: Control = Control {
    id: "admission/webhook-blocks-cluster",
    title: "Webhook that can stop the cluster",
    severity: Medium,
    frameworks: &[mitre("T1499"), microsoft("MS-TA9040")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(webhook::KINDS, check),
};

/// What the cluster needs to change in order to heal, and the `scope` of rules for it.
const VITAL: &[(&str, &str, &str)] = &[
    ("", "pods", "Namespaced"),
    ("", "nodes", "Cluster"),
    ("", "namespaces", "Cluster"),
    ("coordination.k8s.io", "leases", "Namespaced"),
];

fn check<'d>(configuration: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for webhook in configuration.get("webhooks").items() {
        let selects = |key| !LabelSelector::new(webhook.key(key)).is_empty();
        let leaves_out = selects("namespaceSelector")
            || selects("objectSelector")
            || !webhook.get("matchConditions").is_empty();
        let must_answer = !webhook::fails_open(configuration, &webhook);
        if must_answer && !leaves_out && webhook.get("rules").items().any(|rule| takes_vital(&rule)) {
            found.at(
                &webhook.get("name"),
                "nothing can change while this webhook is down: leave out kube-system and its own namespace",
            );
        }
    }
}

fn takes_vital(rule: &Field<'_>) -> bool {
    // Reading is never asked about, and deleting is not what healing needs.
    let operations = rule.get("operations");
    if !["*", "CREATE", "UPDATE"].iter().any(|operation| operations.contains(operation)) {
        return false;
    }
    let groups = rule.get("apiGroups");
    VITAL.iter().any(|(group, resource, scope)| {
        ["", "*", *scope].contains(&rule.get("scope").text())
            && (groups.contains("*") || groups.contains(group))
            && rule.get("resources").strings().any(|pattern| webhook::takes_in(pattern, resource))
    })
}

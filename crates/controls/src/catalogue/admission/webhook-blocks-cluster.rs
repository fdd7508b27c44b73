//! A webhook that must answer before anything can change, the cluster's own repair included.
//!
//! ## What it checks
//! Webhooks with `failurePolicy: Fail` (the default, but of `v1beta1`) whose rules take every resource (`*`) or pods,
//! nodes, leases, or namespaces (by `pods/*` too, and not where `scope` leaves them out), and that leave nothing out:
//! no `namespaceSelector` or `objectSelector` with a requirement, and no `matchConditions`. A `namespaceSelector`
//! leaves out pods, leases and namespaces, but never nodes: the API server doesn't ask it about what is in no
//! namespace.
//!
//! ## Why it matters
//! When the webhook's own pods are down, their replacements need the webhook to be admitted: the cluster can't heal,
//! and kubelets can't renew their leases.
//!
//! ## How to fix
//! Leave out `kube-system` and the webhook's own namespace by `namespaceSelector` on `kubernetes.io/metadata.name`, and
//! name the resources that are judged. Leave out nodes by `objectSelector` or `matchConditions`.
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
//! - name: nodes.example.com # <- here
//!   rules:
//!   - {apiGroups: [""], apiVersions: ["v1"], resources: ["pods", "nodes"], operations: ["UPDATE"]}
//!   namespaceSelector: {matchLabels: {policy: "on"}}
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
//! - name: nodes.example.com
//!   rules:
//!   - {apiGroups: [""], apiVersions: ["v1"], resources: ["nodes"], operations: ["UPDATE"]}
//!   objectSelector: {matchLabels: {policy: "on"}}
//! - name: namespaces.example.com
//!   rules:
//!   - {apiGroups: [""], apiVersions: ["v1"], resources: ["namespaces"], operations: ["*"]}
//!   namespaceSelector: {matchLabels: {policy: "on"}}
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
struct Vital {
    group: &'static str,
    resource: &'static str,
    scope: &'static str,
}

const VITAL: &[Vital] = &[
    Vital { group: "", resource: "pods", scope: "Namespaced" },
    Vital { group: "", resource: "nodes", scope: "Cluster" },
    Vital { group: "", resource: "namespaces", scope: "Cluster" },
    Vital { group: "coordination.k8s.io", resource: "leases", scope: "Namespaced" },
];

fn check<'d>(configuration: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for webhook in configuration.get("webhooks").items() {
        let selects = |key| !LabelSelector::new(webhook.key(key)).is_empty();
        let leaves_out = selects("objectSelector") || !webhook.get("matchConditions").is_empty();
        if leaves_out || webhook::fails_open(configuration, &webhook) {
            continue;
        }
        let takes = |vital: &&Vital| webhook.get("rules").items().any(|rule| vital.is_in(&rule));
        let mut taken = VITAL.iter().filter(takes).peekable();
        let message = if !selects("namespaceSelector") && taken.peek().is_some() {
            "nothing can change while this webhook is down: leave out kube-system and its own namespace"
        } else if taken.any(|vital| !vital.has_namespace()) {
            "nodes can't change while this webhook is down, and namespaceSelector leaves out none: use matchConditions"
        } else {
            continue;
        };
        found.at(&webhook.get("name"), message);
    }
}

impl Vital {
    /// Whether a `namespaceSelector` is held against it. A namespace is held against it by its own labels.
    fn has_namespace(&self) -> bool {
        self.scope == "Namespaced" || self.resource == "namespaces"
    }

    fn is_in(&self, rule: &Field<'_>) -> bool {
        // Reading is never asked about, and deleting is not what healing needs.
        let operations = rule.get("operations");
        let groups = rule.get("apiGroups");
        ["*", "CREATE", "UPDATE"].iter().any(|operation| operations.contains(operation))
            && ["", "*", self.scope].contains(&rule.get("scope").text())
            && (groups.contains("*") || groups.contains(self.group))
            && rule.get("resources").strings().any(|pattern| webhook::takes_in(pattern, self.resource))
    }
}

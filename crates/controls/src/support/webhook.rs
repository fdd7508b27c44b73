//! Admission webhooks, as the API server calls them.

use plimsoll_kubernetes::{Field, GroupKind, Object};

pub(crate) const KINDS: &[GroupKind] = &[
    GroupKind::new("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"),
    GroupKind::new("admissionregistration.k8s.io", "MutatingWebhookConfiguration"),
];

/// Whether an item of a rule's `resources` takes in a resource itself. Subresources are patterns here, other than
/// in RBAC: `pods/*` takes in pods too.
pub(crate) fn takes_in(pattern: &str, resource: &str) -> bool {
    let (name, subresource) = pattern.split_once('/').unwrap_or((pattern, ""));
    (name == "*" || name == resource) && matches!(subresource, "" | "*")
}

/// Whether a webhook that doesn't answer is skipped. That is the default of `v1beta1`, and of no later version.
pub(crate) fn fails_open(configuration: &Object<'_>, webhook: &Field<'_>) -> bool {
    match webhook.get("failurePolicy").text() {
        "" => configuration.version() == "v1beta1",
        policy => policy == "Ignore",
    }
}

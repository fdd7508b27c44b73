//! Resources of a pod as a whole (`spec.resources`, Kubernetes 1.34): they bound all of its containers.

use plimsoll_kubernetes::{Pod, Quantity};

fn has(pod: &Pod<'_>, list: &'static str, resource: &'static str) -> bool {
    Quantity::of(&pod.get("resources").key(list).key(resource)).is_some_and(|quantity| !quantity.is_zero())
}

/// Whether the pod as a whole has a limit of a resource.
pub(crate) fn has_limit(pod: &Pod<'_>, resource: &'static str) -> bool {
    has(pod, "limits", resource)
}

/// Whether the pod as a whole requests a resource; the limit stands in for a request that isn't written.
pub(crate) fn has_request(pod: &Pod<'_>, resource: &'static str) -> bool {
    has(pod, "requests", resource)
        || (has(pod, "limits", resource) && !pod.get("resources.requests").key(resource).exists())
}

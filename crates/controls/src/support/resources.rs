//! Bounds that a container has of its own, or by its pod.
//!
//! `spec.resources` bounds all containers of a pod together (KEP-2837, on by default since Kubernetes 1.34),
//! for CPU and memory.

use plimsoll_kubernetes::{Container, Quantity};

/// Whether a limit other than 0, which is none, holds for a container.
pub(crate) fn is_limited(container: &Container<'_, '_>, resource: &'static str) -> bool {
    is_set(container.limit(resource)) || is_set(of_pod(container, "resources.limits", resource))
}

/// Whether a request other than 0 is made for a container, after defaulting: a limit is a request too.
pub(crate) fn is_requested(container: &Container<'_, '_>, resource: &'static str) -> bool {
    is_set(container.request(resource))
        || is_set(of_pod(container, "resources.requests", resource))
        || is_set(of_pod(container, "resources.limits", resource))
}

fn of_pod(container: &Container<'_, '_>, path: &'static str, resource: &'static str) -> Option<Quantity> {
    Quantity::of(&container.pod().get(path).key(resource))
}

fn is_set(quantity: Option<Quantity>) -> bool {
    quantity.is_some_and(|quantity| !quantity.is_zero())
}

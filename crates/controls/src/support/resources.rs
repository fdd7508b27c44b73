//! Bounds that a container has of its own, or by its pod.
//!
//! `spec.resources` bounds all containers of a pod together (KEP-2837, on by default since Kubernetes 1.34; where it is
//! off, the API server drops the field), for CPU and memory.

use plimsoll_engine::Parameters;
use plimsoll_kubernetes::lifecycle::Minor;
use plimsoll_kubernetes::{Container, Quantity};

/// The release in which pods got resources of their own.
const OF_PODS: Minor = 34;

/// Whether a limit other than 0, which is none, holds for a container.
pub(crate) fn is_limited(
    container: &Container<'_, '_>,
    resource: &'static str,
    parameters: &Parameters,
) -> bool {
    is_set(container.limit(resource)) || is_set(of_pod(container, "resources.limits", resource, parameters))
}

/// Whether a request other than 0 is made for a container, after defaulting: a limit is a request too.
pub(crate) fn is_requested(
    container: &Container<'_, '_>,
    resource: &'static str,
    parameters: &Parameters,
) -> bool {
    is_set(container.request(resource))
        || is_set(of_pod(container, "resources.requests", resource, parameters))
        || is_set(of_pod(container, "resources.limits", resource, parameters))
}

/// Whether the pod itself requests its limit, after defaulting: then its class doesn't hang on its containers.
pub(crate) fn pod_requests_its_limit(
    container: &Container<'_, '_>,
    resource: &'static str,
    parameters: &Parameters,
) -> bool {
    let limit = of_pod(container, "resources.limits", resource, parameters);
    let request = || of_pod(container, "resources.requests", resource, parameters);
    // What the containers request together is the pod's default, and its limit where they say nothing.
    let is_default = || {
        !container.pod().get("resources.requests").key(resource).exists()
            && container.pod().containers().all(|container| container.request(resource).is_none())
    };
    is_set(limit) && (request() == limit || is_default())
}

fn of_pod(
    container: &Container<'_, '_>,
    path: &'static str,
    resource: &'static str,
    parameters: &Parameters,
) -> Option<Quantity> {
    let field = container.pod().get(path);
    if !field.exists() || parameters.kubernetes_minor() < OF_PODS {
        return None;
    }
    Quantity::of(&field.key(resource))
}

fn is_set(quantity: Option<Quantity>) -> bool {
    quantity.is_some_and(|quantity| !quantity.is_zero())
}

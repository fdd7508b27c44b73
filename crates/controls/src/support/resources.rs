//! Bounds that a container has of its own, or by its pod.
//!
//! `spec.resources` bounds all containers of a pod together (KEP-2837, on by default since Kubernetes 1.34; where it is
//! off, the API server drops the field), for CPU and memory.
//!
//! What is written and isn't a quantity is unknown and not absent: another tool replaces it (`${MEMORY}`), or
//! `manifest/invalid-value` and `manifest/wrong-type` speak of it.

use plimsoll_engine::Parameters;
use plimsoll_kubernetes::lifecycle::Minor;
use plimsoll_kubernetes::{Container, Field, Quantity};

/// The release in which pods got resources of their own.
const OF_PODS: Minor = 34;

/// Whether a limit other than 0, which is none, holds for a container.
pub(crate) fn is_limited(
    container: &Container<'_, '_>,
    resource: &'static str,
    parameters: &Parameters,
) -> bool {
    has_limit(container, resource) || is_set(of_pod(container, "resources.limits", resource, parameters))
}

/// The same of the container's own.
pub(crate) fn has_limit(container: &Container<'_, '_>, resource: &'static str) -> bool {
    is_set(Some(container.get("resources.limits").key(resource)))
}

/// Whether a request other than 0 is made for a container, after defaulting: a limit is a request too.
pub(crate) fn is_requested(
    container: &Container<'_, '_>,
    resource: &'static str,
    parameters: &Parameters,
) -> bool {
    let request = container.get("resources.requests").key(resource);
    // Written as null it is 0, and no default takes its place.
    let is_absent = !request.exists() && !request.is_null();
    is_set(Some(request))
        || (is_absent && has_limit(container, resource))
        || is_set(of_pod(container, "resources.requests", resource, parameters))
        || is_set(of_pod(container, "resources.limits", resource, parameters))
}

/// Whether what a container requests, or its limit, can't be told.
pub(crate) fn is_unknown(container: &Container<'_, '_>, resource: &'static str) -> bool {
    ["resources.requests", "resources.limits"]
        .into_iter()
        .any(|path| is_unreadable(&container.get(path).key(resource)))
}

/// Whether the pod itself requests its limit, after defaulting: then its class doesn't hang on its containers. So too
/// where that can't be told.
pub(crate) fn pod_requests_its_limit(
    container: &Container<'_, '_>,
    resource: &'static str,
    parameters: &Parameters,
) -> bool {
    let limit = of_pod(container, "resources.limits", resource, parameters);
    let request = of_pod(container, "resources.requests", resource, parameters);
    if [limit, request].into_iter().flatten().any(|field| is_unreadable(&field)) {
        return true;
    }
    let quantity = |field: Option<Field<'_>>| field.and_then(|field| Quantity::of(&field));
    // What the containers request together is the pod's default, and its limit where they say nothing.
    let is_default = || {
        !container.pod().get("resources.requests").key(resource).exists()
            && container.pod().containers().all(|container| container.request(resource).is_none())
    };
    is_set(limit) && (quantity(request) == quantity(limit) || is_default())
}

fn of_pod<'d>(
    container: &Container<'_, 'd>,
    path: &'static str,
    resource: &'static str,
    parameters: &Parameters,
) -> Option<Field<'d>> {
    let field = container.pod().get(path);
    (field.exists() && parameters.kubernetes_minor() >= OF_PODS).then(|| field.key(resource))
}

fn is_set(field: Option<Field<'_>>) -> bool {
    field.is_some_and(|field| {
        field.exists() && Quantity::of(&field).is_none_or(|quantity| !quantity.is_zero())
    })
}

fn is_unreadable(field: &Field<'_>) -> bool {
    field.exists() && Quantity::of(field).is_none()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use plimsoll_doc::{Limits, SourceFile, parse};
    use plimsoll_kubernetes::{Inventory, objects};

    use super::*;

    /// What a question says of the only container of a pod with such resources.
    fn of(resources: &str, ask: impl Fn(&Container<'_, '_>) -> bool) -> bool {
        let text = format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec: {{containers: [{{resources: {resources}}}]}}\n"
        );
        let file = Arc::new(SourceFile::new("test.yaml", text.into_bytes()));
        let document = parse(&file, &Limits::default()).pop().expect("a document").expect("YAML");
        let mut found = Vec::new();
        objects(document.root(), |object| found.push(object.expect("an object")));
        let inventory = Inventory::new(found, "default");
        let pod = inventory.pods().first().expect("a pod");
        pod.containers().all(|container| ask(&container))
    }

    #[test]
    fn what_cannot_be_read_is_set_and_unknown() {
        let parameters = Parameters::default();
        for (resources, limited, requested, unknown) in [
            ("{}", false, false, false),
            ("{limits: {memory: 1Gi}}", true, true, false),
            ("{limits: {memory: 0}}", false, false, false),
            ("{limits: {memory: null}}", false, false, false),
            ("{limits: {memory: '${MEMORY}'}}", true, true, true),
            ("{limits: {memory: 128MB}}", true, true, true),
            ("{limits: {memory: [1Gi]}}", true, true, true),
            ("{requests: {memory: '${MEMORY}'}}", false, true, true),
            ("{requests: {memory: null}, limits: {memory: 1Gi}}", true, false, false),
            ("{requests: {memory: 0}, limits: {memory: '${MEMORY}'}}", true, false, true),
        ] {
            let limit = |container: &Container<'_, '_>| is_limited(container, "memory", &parameters);
            let request = |container: &Container<'_, '_>| is_requested(container, "memory", &parameters);
            assert_eq!(of(resources, limit), limited, "{resources}");
            assert_eq!(of(resources, request), requested, "{resources}");
            assert_eq!(of(resources, |container| is_unknown(container, "memory")), unknown, "{resources}");
        }
    }
}

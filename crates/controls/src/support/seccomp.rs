//! Seccomp profiles, by field and by the annotations that came before it.

use plimsoll_kubernetes::{Container, Field, Pod};

/// The annotation for the pod, and for one container: this prefix and the container's name.
const POD_ANNOTATION: &str = "seccomp.security.alpha.kubernetes.io/pod";
const CONTAINER_ANNOTATION: &str = "container.seccomp.security.alpha.kubernetes.io/";

/// Whether a `seccompProfile.type` filters system calls: the runtime's profile, or one of the node's.
pub(crate) fn is_filter(kind: &Field<'_>) -> bool {
    matches!(kind.text(), "RuntimeDefault" | "Localhost")
}

/// Every type of a profile that is written, of the pod and of its containers: how messages call the place, the type,
/// and the container whose own it is.
pub(crate) fn written<'p, 'd>(
    pod: &'p Pod<'d>,
) -> impl Iterator<Item = (&'p str, Field<'d>, Option<Container<'p, 'd>>)> + use<'p, 'd> {
    let on_pod = pod.security("seccompProfile");
    let on_containers = pod.containers().filter_map(|container| {
        let profile = container.security("seccompProfile");
        profile.exists().then(|| (container.title(), profile.get("type"), Some(container)))
    });
    on_pod.exists().then(|| ("the pod", on_pod.get("type"), None)).into_iter().chain(on_containers)
}

/// Whether the field of a container, or of the pod, may say `RuntimeDefault`: the API server refuses it next to an
/// annotation for the same that says otherwise, though the annotation does nothing any more.
pub(crate) fn takes_default(pod: &Pod<'_>, container: Option<&Container<'_, '_>>) -> bool {
    let is_meant = |key: &str| match container {
        Some(container) => key.strip_prefix(CONTAINER_ANNOTATION) == Some(container.name()),
        None => key == POD_ANNOTATION,
    };
    let says_otherwise = |value: Field<'_>| !matches!(value.text(), "runtime/default" | "docker/default");
    !pod.annotations().entries().any(|(key, value)| is_meant(key) && says_otherwise(value))
}

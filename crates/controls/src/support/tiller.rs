//! Tiller, the server of Helm 2, as `helm init` deploys it.

use plimsoll_kubernetes::{Container, Field, Pod};

/// Containers that run Tiller's image: the last part of its name is `tiller`.
pub(crate) fn containers<'p, 'd>(pod: &'p Pod<'d>) -> impl Iterator<Item = Container<'p, 'd>> {
    pod.containers().filter(|container| container.image().is_some_and(|image| image.short_name() == "tiller"))
}

/// Whether labels, or a Service's selector, are those of Tiller. `app: helm` alone is anybody's.
pub(crate) fn has_labels(labels: &Field<'_>) -> bool {
    labels.key("app").is("helm") && labels.key("name").is("tiller")
}

//! AppArmor profiles, by field and by the annotation that came before it.

use plimsoll_kubernetes::{Field, Pod};

/// The annotation for one container: this prefix and the container's name. The API server still turns it
/// into the field, and Pod Security checks both.
const ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/";

/// Every AppArmor annotation of a pod: the container's name and the value.
pub(crate) fn annotations<'d>(pod: &Pod<'d>) -> impl Iterator<Item = (&'d str, Field<'d>)> + use<'d> {
    pod.annotations()
        .entries()
        .filter_map(|(key, value)| key.strip_prefix(ANNOTATION).map(|container| (container, value)))
}

/// The annotation's value for a container, where it has one that isn't empty.
pub(crate) fn annotation<'d>(pod: &Pod<'d>, container: &str) -> Option<&'d str> {
    annotations(pod)
        .find(|(name, _)| *name == container)
        .map(|(_, value)| value.text())
        .filter(|value| !value.is_empty())
}

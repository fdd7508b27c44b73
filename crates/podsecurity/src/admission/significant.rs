//! Which updates of a pod can change what the standards make of it.

use plimsoll_kubernetes::Field;

/// Whether an update of a pod is evaluated: when the number of its containers or an image changes, or an
/// ephemeral container is new.
pub(super) fn is_significant(pod: Field<'_>, old: Field<'_>) -> bool {
    for name in ["containers", "initContainers"] {
        let (new, old) = (list(pod, name), list(old, name));
        if new.len() != old.len() || new.items().zip(old.items()).any(|(new, old)| image(new) != image(old)) {
            return true;
        }
    }
    let ephemeral = list(old, "ephemeralContainers");
    list(pod, "ephemeralContainers").items().any(|container| {
        let name = container.get("name").text();
        let before = ephemeral.items().find(|old| old.get("name").text() == name);
        before.is_none_or(|old| image(container) != image(old))
    })
}

fn list<'d>(pod: Field<'d>, name: &'static str) -> Field<'d> {
    pod.get("spec").get(name)
}

fn image<'d>(container: Field<'d>) -> &'d str {
    container.get("image").text()
}

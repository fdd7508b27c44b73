//! Settings that a pod gives to its containers, and what containers make of them.

use plimsoll_engine::Parameters;
use plimsoll_kubernetes::{Container, Field, Pod};

/// A security setting wherever it is written: on the pod, then on each container. The first part is how
/// messages call the place.
pub(crate) fn written<'p, 'd>(
    pod: &'p Pod<'d>,
    path: &'static str,
) -> impl Iterator<Item = (&'p str, Field<'d>)> + use<'p, 'd> {
    let on_pod = pod.security(path);
    let on_containers = pod.containers().filter_map(move |container| {
        let field = container.security(path);
        field.exists().then(|| (container.title(), field))
    });
    on_pod.exists().then_some(("the pod", on_pod)).into_iter().chain(on_containers)
}

/// Who gets a finding for a number (a user or a group) that containers inherit: the place where the
/// number stands, each once, or the container that has none.
pub(crate) fn inherited_numbers<'p, 'd>(
    pod: &'p Pod<'d>,
    path: &'static str,
) -> Vec<(Container<'p, 'd>, Field<'d>)> {
    let mut places: Vec<(Container<'p, 'd>, Field<'d>)> = Vec::new();
    for container in pod.containers() {
        let field = container.inherited(path);
        let is_known = field.exists()
            && places.iter().any(|(_, known)| known.exists() && known.anchor() == field.anchor());
        if !is_known {
            places.push((container, field));
        }
    }
    places
}

/// Why a container can't have `allowPrivilegeEscalation: false`: the API server refuses it next to either of these, the
/// capability by this name alone.
pub(crate) fn needs_escalation(container: &Container<'_, '_>) -> Option<&'static str> {
    if container.security("privileged").is_true() {
        return Some("is privileged");
    }
    container.security("capabilities.add").contains("CAP_SYS_ADMIN").then_some("adds CAP_SYS_ADMIN")
}

/// Whether root in the pod's containers is nobody on the node: `hostUsers: false`, in clusters whose Pod Security counts
/// on it, as it does since 1.35.
pub(crate) fn has_user_namespace(pod: &Pod<'_>, parameters: &Parameters) -> bool {
    pod.get("hostUsers").is_false() && parameters.kubernetes_minor() >= 35
}

/// Whether all that read this `runAsNonRoot` would start if it were true: the kubelet refuses a container that the
/// manifest makes root.
pub(crate) fn starts_as_non_root(pod: &Pod<'_>, field: &Field<'_>) -> bool {
    let reads_it =
        |container: &Container<'_, '_>| container.inherited("runAsNonRoot").anchor() == field.anchor();
    let is_root = |container: &Container<'_, '_>| {
        let user = container.inherited("runAsUser");
        user.as_i64() == Some(0)
            || user.is("0")
            || container
                .inherited("windowsOptions.runAsUserName")
                .text()
                .eq_ignore_ascii_case("ContainerAdministrator")
    };
    !pod.containers().any(|container| reads_it(&container) && is_root(&container))
}

//! The service account that a pod runs as, and whether the pod has its token.

use plimsoll_kubernetes::{Container, ContainerKind, Field, GroupKind, Inventory, Pod};

/// Where the token is mounted.
const TOKEN_PATH: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// The built-in kinds that make pods, for controls that look at accounts over the whole inventory.
pub(crate) const WORKLOADS: &[GroupKind] = &[
    GroupKind::new("", "Pod"),
    GroupKind::new("", "PodTemplate"),
    GroupKind::new("", "ReplicationController"),
    GroupKind::new("apps", "DaemonSet"),
    GroupKind::new("apps", "Deployment"),
    GroupKind::new("apps", "ReplicaSet"),
    GroupKind::new("apps", "StatefulSet"),
    GroupKind::new("batch", "CronJob"),
    GroupKind::new("batch", "Job"),
];

/// Where the pod names its account: the deprecated field where that alone is written.
pub(crate) fn account_field<'d>(pod: &Pod<'d>) -> Field<'d> {
    let (field, deprecated) = (pod.get("serviceAccountName"), pod.get("serviceAccount"));
    if field.text().is_empty() && !deprecated.text().is_empty() { deprecated } else { field }
}

/// Whether the kubelet mounts the token of the pod's account: what the pod says, else what the account says.
/// An account that isn't part of the scan leaves it at the default, which is to mount one. A container that mounts
/// something else there is left alone by the admission plugin.
pub(crate) fn automounts_token<'d>(pod: &Pod<'d>, inventory: &Inventory<'d>) -> bool {
    let has_other =
        |container: Container<'_, 'd>| container.mounts().any(|mount| mount.get("mountPath").is(TOKEN_PATH));
    let mut containers =
        pod.containers().filter(|container| container.kind() != ContainerKind::Ephemeral).peekable();
    if pod.joins_others() || (containers.peek().is_some() && containers.all(has_other)) {
        return false;
    }
    pod.get("automountServiceAccountToken").as_bool().unwrap_or_else(|| {
        let namespace = inventory.namespace_of(&pod.object());
        !inventory
            .find("", "ServiceAccount", namespace, pod.service_account())
            .is_some_and(|account| account.get("automountServiceAccountToken").is_false())
    })
}

/// Whether a token of the account for the API server lies in the pod: mounted by the kubelet, by a projected volume, or
/// by a volume of a token Secret that was read.
pub(crate) fn has_token<'d>(pod: &Pod<'d>, inventory: &Inventory<'d>) -> bool {
    let is_token = |secret: Field<'d>| {
        let namespace = inventory.namespace_of(&pod.object());
        let secret = inventory.find("", "Secret", namespace, secret.text());
        secret.is_some_and(|secret| {
            secret.get("type").is("kubernetes.io/service-account-token")
                && secret.annotation("kubernetes.io/service-account.name").is(pod.service_account())
        })
    };
    automounts_token(pod, inventory)
        || pod.volumes().any(|volume| {
            is_token(volume.get("secret.secretName"))
                || volume.get("projected.sources").items().any(|source| {
                    let token = source.get("serviceAccountToken");
                    token.exists() && is_for_api_server(token.get("audience").text())
                        || is_token(source.get("secret.name"))
                })
        })
}

/// Whether the API server takes a token for this audience: its own is the default, and one of its usual names.
pub(crate) fn is_for_api_server(audience: &str) -> bool {
    audience.is_empty()
        || audience.starts_with("https://kubernetes.default.svc")
        || audience == "kubernetes.default.svc"
}

//! Whether a pod gets a token for the API server.

use plimsoll_kubernetes::{Inventory, Pod};

/// Whether the kubelet mounts the token of the pod's account: what the pod says, else what the account says
/// where it is part of the scan, else yes.
pub(crate) fn mounts_token(pod: &Pod<'_>, inventory: &Inventory<'_>) -> bool {
    pod.get("automountServiceAccountToken").as_bool().unwrap_or_else(|| {
        let namespace = inventory.namespace_of(&pod.object());
        !inventory
            .find("", "ServiceAccount", namespace, pod.service_account())
            .is_some_and(|account| account.get("automountServiceAccountToken").is_false())
    })
}

//! Which namespaces a scan can judge, and where to say so.

use plimsoll_kubernetes::{Inventory, Object};

/// Namespaces that are the cluster's own: who runs the cluster fills them.
pub(crate) fn is_system(name: &str) -> bool {
    name.starts_with("kube-")
}

/// Whether a ResourceQuota bounds some of the pods of its namespace alone.
pub(crate) fn has_scopes(quota: &Object<'_>) -> bool {
    !quota.get("spec.scopes").is_empty() || !quota.get("spec.scopeSelector").is_empty()
}

/// Every namespace of the user's that the scan defines or holds workloads of, by name, with the object
/// that a finding stands at: the Namespace, else its first workload.
pub(crate) fn judged<'d>(inventory: &Inventory<'d>) -> Vec<(&'d str, Object<'d>)> {
    inventory
        .namespaces()
        .into_iter()
        .filter(|name| !is_system(name))
        .filter_map(|name| {
            let object = inventory
                .namespace(name)
                .copied()
                .or_else(|| inventory.pods_in(name).next().map(|pod| pod.object()))?;
            Some((name, object))
        })
        .collect()
}

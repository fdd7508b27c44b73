//! What belongs to a workload: its pods, and the objects that speak about them.

use plimsoll_kubernetes::{GroupKind, Inventory, Labels, Object, Pod, PodOrigin};

/// Kinds that keep replicas of a pod.
pub(crate) const REPLICATED: &[GroupKind] =
    &[GroupKind::new("apps", "Deployment"), GroupKind::new("apps", "StatefulSet")];

/// The replicas that a workload asks for: as written, else 1, as the API server sets it.
pub(crate) fn replicas(object: &Object<'_>) -> i64 {
    object.get("spec.replicas").as_i64().unwrap_or(1)
}

/// The HorizontalPodAutoscalers of the scan that scale a workload.
pub(crate) fn autoscalers<'i, 'd>(
    inventory: &'i Inventory<'d>,
    object: &'i Object<'d>,
) -> impl Iterator<Item = &'i Object<'d>> {
    let named = inventory.referring(
        "autoscaling",
        "HorizontalPodAutoscaler",
        "spec.scaleTargetRef.name",
        object.name(),
    );
    named.into_iter().filter(move |autoscaler| {
        let target = autoscaler.get("spec.scaleTargetRef");
        inventory.namespace_of(autoscaler) == inventory.namespace_of(object)
            && target.get("name").is(object.name())
            && target.get("kind").is(object.kind())
            && group(target.get("apiVersion").text()) == object.group()
    })
}

/// Whether an object that makes pods is only a patch of one: no container has an image, which only what
/// is merged with another can lack.
pub(crate) fn is_patch<'d>(object: &Object<'d>, inventory: &Inventory<'d>) -> bool {
    let has_image = |pod: &Pod<'d>| pod.containers().any(|container| container.get("image").exists());
    !inventory.pods_of(object).iter().any(has_image)
}

/// The group of an `apiVersion`; empty for the core group.
pub(crate) fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

/// The PodDisruptionBudgets of the scan that select a pod. An empty selector selects every pod of the
/// namespace, an absent one none.
pub(crate) fn budgets<'i, 'd>(
    inventory: &'i Inventory<'d>,
    pod: &'i Pod<'d>,
) -> impl Iterator<Item = &'i Object<'d>> {
    let namespace = inventory.namespace_of(&pod.object());
    inventory
        .selecting("policy", "PodDisruptionBudget", "spec.selector", namespace, Labels(pod.labels()))
        .filter(|budget| budget.get("spec.selector").exists())
}

/// Whether a pod is meant to keep running: not of a Job, and not a bare pod that runs once.
pub(crate) fn keeps_running(pod: &Pod<'_>) -> bool {
    match pod.origin() {
        PodOrigin::LongRunning => true,
        PodOrigin::Batch => false,
        PodOrigin::Bare => matches!(pod.get("restartPolicy").text(), "" | "Always"),
    }
}

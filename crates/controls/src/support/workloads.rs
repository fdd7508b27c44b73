//! What belongs to a workload: its pods, and the objects that speak about them.

use plimsoll_kubernetes::{GroupKind, Inventory, LabelSelector, Labels, Object, Pod, PodOrigin, group_of};

/// Kinds that keep replicas of a pod.
pub(crate) const REPLICATED: &[GroupKind] =
    &[GroupKind::new("apps", "Deployment"), GroupKind::new("apps", "StatefulSet")];

/// Kinds that keep as many pods as `spec.replicas` says.
pub(crate) const COUNTED: &[GroupKind] = &[
    GroupKind::new("apps", "Deployment"),
    GroupKind::new("apps", "StatefulSet"),
    GroupKind::new("apps", "ReplicaSet"),
    GroupKind::new("", "ReplicationController"),
    GroupKind::new("apps.openshift.io", "DeploymentConfig"),
    GroupKind::new("argoproj.io", "Rollout"),
];

/// Whether an object is of one of the kinds.
pub(crate) fn is_one_of(kinds: &[GroupKind], object: &Object<'_>) -> bool {
    kinds.iter().any(|kind| kind.matches(object.group(), object.kind()))
}

/// The replicas that a workload asks for: as written, else 1, as the API server sets it. `None` where that is no
/// number.
pub(crate) fn replicas(object: &Object<'_>) -> Option<i64> {
    let replicas = object.get("spec.replicas");
    if replicas.exists() { replicas.as_i64() } else { Some(1) }
}

/// Whether a Deployment or a StatefulSet may have two replicas or more: it says so, or an autoscaler of the scan
/// scales it.
pub(crate) fn has_several_replicas(object: &Object<'_>, inventory: &Inventory<'_>) -> bool {
    is_one_of(REPLICATED, object)
        && (replicas(object) > Some(1) || autoscalers(inventory, object).next().is_some())
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
            && group_of(target.get("apiVersion").text()) == object.group()
    })
}

/// The least number of replicas that the autoscalers of a workload keep, KEDA's too; `None` where it has none.
pub(crate) fn least_scaled<'d>(inventory: &Inventory<'d>, object: &Object<'d>) -> Option<i64> {
    let by_autoscaler = autoscalers(inventory, object)
        .map(|autoscaler| autoscaler.get("spec.minReplicas").as_i64().unwrap_or(1));
    let scaled = inventory.referring("keda.sh", "ScaledObject", "spec.scaleTargetRef.name", object.name());
    let by_keda = scaled
        .into_iter()
        .filter(|scaled| {
            let kind = scaled.get("spec.scaleTargetRef.kind").text();
            let kind = if kind.is_empty() { "Deployment" } else { kind };
            kind == object.kind() && inventory.namespace_of(scaled) == inventory.namespace_of(object)
        })
        .map(|scaled| scaled.get("spec.minReplicaCount").as_i64().unwrap_or(0));
    by_autoscaler.chain(by_keda).min()
}

/// Whether an object that makes pods is only a patch of one: no container has an image, which only what
/// is merged with another can lack.
pub(crate) fn is_patch<'d>(object: &Object<'d>, inventory: &Inventory<'d>) -> bool {
    let has_image = |pod: &Pod<'d>| pod.containers().any(|container| container.get("image").exists());
    !inventory.pods_of(object).iter().any(has_image)
}

/// The selector of a PodDisruptionBudget. `None` where it selects no pod: where it is absent, and, in policy/v1beta1,
/// where it is empty. Since policy/v1 an empty one selects every pod of the namespace.
pub(crate) fn budget_selector<'d>(budget: &Object<'d>) -> Option<LabelSelector<'d>> {
    let selector = LabelSelector::new(budget.get("spec.selector"));
    let is_of_none = selector.is_empty() && (budget.version() == "v1beta1" || !selector.field().exists());
    (!is_of_none).then_some(selector)
}

/// The PodDisruptionBudgets of the scan that select a pod.
pub(crate) fn budgets<'i, 'd>(
    inventory: &'i Inventory<'d>,
    pod: &'i Pod<'d>,
) -> impl Iterator<Item = &'i Object<'d>> {
    let namespace = inventory.namespace_of(&pod.object());
    inventory
        .selecting("policy", "PodDisruptionBudget", "spec.selector", namespace, Labels(pod.labels()))
        .filter(|budget| budget_selector(budget).is_some())
}

/// Whether a pod is meant to keep running: not of a Job, and not a bare pod that runs once.
pub(crate) fn keeps_running(pod: &Pod<'_>) -> bool {
    match pod.origin() {
        PodOrigin::LongRunning => true,
        PodOrigin::Batch => false,
        PodOrigin::Bare => matches!(pod.get("restartPolicy").text(), "" | "Always"),
    }
}

//! What belongs to a workload: its pods, and the objects that speak about them.

use plimsoll_kubernetes::{
    Field, GroupKind, Inventory, LabelSelector, Labels, Object, Pod, PodOrigin, group_of,
};

/// Kinds that keep replicas of a pod.
pub(crate) const REPLICATED: &[GroupKind] =
    &[GroupKind::new("apps", "Deployment"), GroupKind::new("apps", "StatefulSet")];

/// Kinds that keep as many pods as `spec.replicas` says.
pub(crate) const COUNTED: &[GroupKind] = &[
    GroupKind::new("apps", "Deployment"),
    GroupKind::new("apps", "StatefulSet"),
    GroupKind::new("apps", "ReplicaSet"),
    GroupKind::new("", "ReplicationController"),
    DEPLOYMENT_CONFIGS[0],
    DEPLOYMENT_CONFIGS[1],
    GroupKind::new("argoproj.io", "Rollout"),
];

/// OpenShift's own Deployment, in its group and in the one that it had before. It makes ReplicationControllers, and its
/// selector is one of theirs.
pub(crate) const DEPLOYMENT_CONFIGS: [GroupKind; 2] =
    [GroupKind::new("apps.openshift.io", "DeploymentConfig"), GroupKind::new("", "DeploymentConfig")];

/// Kinds whose pods the API server takes with the restart policy `Always` alone.
pub(crate) const ALWAYS_RESTARTED: &[GroupKind] = &[
    GroupKind::new("apps", "Deployment"),
    GroupKind::new("apps", "StatefulSet"),
    GroupKind::new("apps", "DaemonSet"),
    GroupKind::new("apps", "ReplicaSet"),
    GroupKind::new("", "ReplicationController"),
    DEPLOYMENT_CONFIGS[0],
    DEPLOYMENT_CONFIGS[1],
];

/// Whether an object is of one of the kinds.
pub(crate) fn is_one_of(kinds: &[GroupKind], object: &Object<'_>) -> bool {
    kinds.iter().any(|kind| kind.matches(object.group(), object.kind()))
}

/// The replicas that a workload asks for: as written, else 1, as the API server sets it; but for a DeploymentConfig,
/// which has no default. `None` where that is no number.
pub(crate) fn replicas(object: &Object<'_>) -> Option<i64> {
    let default = i64::from(!is_one_of(&DEPLOYMENT_CONFIGS, object));
    number_or(&object.get("spec.replicas"), default)
}

/// The number in a field, or its default where nothing is written. `None` where no number is: it isn't known then.
pub(crate) fn number_or(field: &Field<'_>, default: i64) -> Option<i64> {
    if field.exists() { field.as_i64() } else { Some(default) }
}

/// Whether a Deployment, a StatefulSet or a DeploymentConfig may have two replicas or more: it says so, or an
/// autoscaler of the scan scales it.
pub(crate) fn has_several_replicas(object: &Object<'_>, inventory: &Inventory<'_>) -> bool {
    (is_one_of(REPLICATED, object) || is_one_of(&DEPLOYMENT_CONFIGS, object))
        && (replicas(object) > Some(1) || autoscalers(inventory, object).next().is_some())
}

/// What of the scan scales a workload: HorizontalPodAutoscalers, and ScaledObjects, of which KEDA makes such.
pub(crate) fn autoscalers<'i, 'd>(
    inventory: &'i Inventory<'d>,
    object: &'i Object<'d>,
) -> impl Iterator<Item = &'i Object<'d>> {
    let naming = |group, kind| inventory.referring(group, kind, "spec.scaleTargetRef.name", object.name());
    let all =
        naming("autoscaling", "HorizontalPodAutoscaler").into_iter().chain(naming(KEDA, "ScaledObject"));
    all.filter(move |autoscaler| {
        let target = autoscaler.get("spec.scaleTargetRef");
        let or = |field: Field<'d>, default_of_keda: &'static str| match field.text() {
            "" if autoscaler.group() == KEDA => default_of_keda,
            text => text,
        };
        inventory.namespace_of(autoscaler) == inventory.namespace_of(object)
            && target.get("name").is(object.name())
            && or(target.get("kind"), "Deployment") == object.kind()
            && group_of(or(target.get("apiVersion"), "apps/v1")) == object.group()
    })
}

const KEDA: &str = "keda.sh";

/// The least number of replicas that an autoscaler keeps; `None` where that isn't known.
fn least_of(autoscaler: &Object<'_>) -> Option<i64> {
    if autoscaler.group() != KEDA {
        return number_or(&autoscaler.get("spec.minReplicas"), 1);
    }
    // While nothing is to be done: fewer than the least otherwise.
    let idle = autoscaler.get("spec.idleReplicaCount");
    if idle.exists() { idle.as_i64() } else { number_or(&autoscaler.get("spec.minReplicaCount"), 0) }
}

/// The least number of replicas of a workload: what its autoscalers keep, else what it asks for itself. `None` where
/// that isn't known.
pub(crate) fn least_replicas<'d>(inventory: &Inventory<'d>, object: &Object<'d>) -> Option<i64> {
    let scaled = autoscalers(inventory, object).map(least_of).reduce(|a, b| Some(a?.min(b?)));
    scaled.unwrap_or_else(|| replicas(object))
}

/// Whether an object that makes pods is only a patch of one: no container has an image, which only what
/// is merged with another can lack.
pub(crate) fn is_patch<'d>(object: &Object<'d>, inventory: &Inventory<'d>) -> bool {
    let has_image = |pod: &Pod<'d>| pod.containers().any(|container| container.get("image").exists());
    !inventory.pods_of(object).iter().any(has_image)
}

/// Whether a workload that must have a selector has none, or one that is empty, and isn't a patch: it has labels to
/// select.
pub(crate) fn lacks_selector<'d>(object: &Object<'d>, inventory: &Inventory<'d>) -> bool {
    object.group() == "apps"
        && object.version() == "v1"
        && matches!(object.kind(), "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet")
        && LabelSelector::new(object.get("spec.selector")).is_empty()
        && !object.get("spec.template.metadata.labels").is_empty()
        && !is_patch(object, inventory)
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

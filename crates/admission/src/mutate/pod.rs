//! What is written into pods besides the fixes of controls.

use plimsoll_doc::{Operation as Edit, Value};
use plimsoll_engine::{remove, set};
use plimsoll_kubernetes::{ContainerKind, Field, Pod, Quantity};

use crate::configuration::Mutate;
use crate::review::Request;

/// A pod that a kubelet shows of its own files: the API server takes it as it is or not at all.
const MIRROR: &str = "kubernetes.io/config.mirror";

/// Where containers find the token of their account.
const TOKEN_PATH: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// What the API server calls the volume with the token that it adds.
const TOKEN_VOLUME: &str = "kube-api-access-";

pub(super) fn is_mirror(request: &Request<'_>) -> bool {
    request.object.is_some_and(|object| Field::new(object).get("metadata.annotations").key(MIRROR).exists())
}

/// Pulls every image when a container starts, so that its registry is asked whether it may.
pub(super) fn always_pull(pod: &Pod<'_>, edits: &mut Vec<Edit>) {
    for container in pod.containers() {
        let policy = container.get("imagePullPolicy");
        let is_from_volume = container.get("image").text().is_empty();
        if !policy.is("Always") && !is_from_volume {
            edits.push(set(&policy, "Always"));
        }
    }
}

/// Takes away the token that the API server has added already, before any webhook was asked: it did where
/// the pod says nothing, and this is a pod that is to have none.
pub(super) fn remove_injected_token(pod: &Pod<'_>, edits: &mut Vec<Edit>) {
    if pod.get("automountServiceAccountToken").exists() {
        return;
    }
    let injected: Vec<_> = pod
        .volumes()
        .filter(|volume| volume.name().starts_with(TOKEN_VOLUME) && volume.get("projected").exists())
        .collect();
    for volume in &injected {
        edits.push(remove(&volume.field()));
    }
    for container in pod.containers() {
        for mount in container.get("volumeMounts").items() {
            let is_injected = mount.get("mountPath").is(TOKEN_PATH)
                && injected.iter().any(|volume| mount.get("name").is(volume.name()));
            if is_injected {
                edits.push(remove(&mount));
            }
        }
    }
}

/// Gives containers requests and limits of what they say nothing about. Ephemeral containers can't have any.
/// A request above the limit would be refused, so a default that would make one so is left out.
pub(super) fn resources(pod: &Pod<'_>, settings: &Mutate, edits: &mut Vec<Edit>) {
    for container in pod.containers().filter(|container| container.kind() != ContainerKind::Ephemeral) {
        let (requests, limits) = (container.get("resources.requests"), container.get("resources.limits"));
        for (resource, quantity) in &settings.limits {
            let request = written(&requests, resource);
            let is_enough = request.is_none_or(|request| Some(request) <= Quantity::parse(quantity));
            if written(&limits, resource).is_none() && is_enough {
                edits.push(write(&limits, resource, quantity));
            }
        }
        for (resource, quantity) in &settings.requests {
            let default = settings.limits.iter().find(|(name, _)| name == resource);
            let limit = written(&limits, resource)
                .or_else(|| default.and_then(|(_, quantity)| Quantity::parse(quantity)));
            let is_within = limit.is_none_or(|limit| Quantity::parse(quantity) <= Some(limit));
            if written(&requests, resource).is_none() && is_within {
                edits.push(write(&requests, resource, quantity));
            }
        }
    }
}

fn written(quantities: &Field<'_>, resource: &str) -> Option<Quantity> {
    let value = quantities.value()?.get(resource)?;
    Quantity::of(&Field::new(value))
}

fn write(quantities: &Field<'_>, resource: &str, quantity: &str) -> Edit {
    let mut edit = set(quantities, quantity);
    edit.absent.push(resource.to_owned());
    edit
}

/// Whether an edit is about an ephemeral container that the pod didn't have before: nothing else of a pod
/// can be changed by who adds one.
pub(super) fn is_of_new_ephemeral_container(edit: &Edit, request: &Request<'_>) -> bool {
    let Some(object) = request.object else { return false };
    let Some(anchor) = edit.anchor_in(object.document()) else { return false };
    let within = |item: Value<'_>| {
        std::iter::successors(Some(anchor), |value| value.parent()).any(|value| value == item)
    };
    let mut items = ephemeral_containers(object).items();
    let Some(item) = items.find(|item| item.value().is_some_and(within)) else { return false };
    let name = item.get("name").text();
    let is_old = |old: Value<'_>| ephemeral_containers(old).items().any(|item| item.get("name").is(name));
    !request.old_object.is_some_and(is_old)
}

fn ephemeral_containers(pod: Value<'_>) -> Field<'_> {
    Field::new(pod).get("spec.ephemeralContainers")
}

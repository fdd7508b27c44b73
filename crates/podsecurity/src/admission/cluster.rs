//! What the cluster knows, and the dry run over a namespace's pods.

use std::collections::{BTreeMap, HashSet};

use plimsoll_kubernetes::Object;

use super::Admission;
use crate::go::quoted;
use crate::labels::PolicyLabels;
use crate::{CheckId, Checks, Facts, LevelVersion, PodFields};

/// So many pods of a namespace are looked at, at most, when its policy gets stricter.
const MOST_PODS: usize = 3_000;

/// What the plugin asks of the cluster.
pub trait Cluster<'d> {
    /// The labels of a namespace that choose its policy.
    ///
    /// # Errors
    /// Why it can't be told; that there is no such namespace, too.
    fn policy_labels(&self, namespace: &str) -> Result<PolicyLabels<'_>, String>;

    /// All pods of a namespace.
    ///
    /// # Errors
    /// Why they can't be told.
    fn pods(&self, namespace: &str) -> Result<Vec<Existing<'d>>, String>;

    /// Whether the time is up that a dry run may take: asked after every pod. The API server gives it one
    /// second, and no more than half of what the request has left.
    fn is_time_up(&self) -> bool;
}

/// A pod that is there.
#[derive(Clone, Copy)]
pub struct Existing<'d> {
    pub name: &'d str,
    /// The `uid` of the owner that controls it.
    pub controller: Option<&'d str>,
    /// Empty where there is none.
    pub runtime_class: &'d str,
    pub pod: PodFields<'d>,
}

impl<'d> Existing<'d> {
    /// A Pod object.
    pub fn of(pod: Object<'d>) -> Self {
        let owners = pod.get("metadata.ownerReferences");
        let controller = owners.items().find(|owner| owner.get("controller").is_true());
        Existing {
            name: pod.get("metadata.name").text(),
            controller: controller.map(|owner| owner.get("uid").text()),
            runtime_class: pod.get("spec.runtimeClassName").text(),
            pod: PodFields::of_pod(pod),
        }
    }
}

impl Admission {
    /// The warnings that a stricter policy gives of the pods that are there.
    pub(super) fn evaluate_pods<'d>(
        &self,
        namespace: &str,
        enforce: LevelVersion,
        cluster: &dyn Cluster<'d>,
    ) -> Vec<String> {
        match cluster.pods(namespace) {
            Ok(pods) => {
                let pods = pods.into_iter().filter(|pod| !self.is_exempt_runtime_class(pod.runtime_class));
                dry_run(namespace, enforce, pods, &|| cluster.is_time_up())
            }
            Err(_) => vec!["failed to list pods while checking new PodSecurity enforce level".to_owned()],
        }
    }
}

/// Pods with the same reasons against them.
struct Group<'d> {
    reasons: String,
    /// The least name.
    name: &'d str,
    count: usize,
}

/// What the API server warns of when a namespace begins to enforce a policy: its pods that violate it,
/// those with the same reasons as one. Exempt pods are left out by who calls.
pub fn dry_run<'d>(
    namespace: &str,
    enforce: LevelVersion,
    pods: impl Iterator<Item = Existing<'d>>,
    is_time_up: &dyn Fn() -> bool,
) -> Vec<String> {
    let mut pods = prioritized(pods);
    let total = pods.len();
    pods.truncate(MOST_PODS);
    let mut checked = pods.len();
    // By the checks that fail, and by the one reason that doesn't follow from them.
    let mut groups: BTreeMap<(Checks, Option<&str>), Group<'d>> = BTreeMap::new();
    let mut unreadable: Vec<&str> = Vec::new();
    for (number, existing) in pods.iter().enumerate() {
        let facts = Facts::of(existing.pod);
        let denied = facts.denied(enforce);
        if facts.is_unreadable() {
            unreadable.push(existing.name);
        } else if !denied.is_empty() {
            let first = denied.contains(CheckId::AppArmorProfile);
            let first = first.then(|| facts.reasons(existing.pod, enforce).next()).flatten();
            let group = groups.entry((denied, first)).or_insert_with(|| Group {
                reasons: facts.reasons(existing.pod, enforce).collect::<Vec<_>>().join(", "),
                name: existing.name,
                count: 0,
            });
            group.name = group.name.min(existing.name);
            group.count += 1;
        }
        if is_time_up() {
            checked = number + 1;
            break;
        }
    }
    let mut warnings = Vec::new();
    if checked < total {
        warnings.push(format!(
            "new PodSecurity enforce level only checked against the first {checked} of {total} existing pods"
        ));
    }
    if !groups.is_empty() {
        warnings.push(format!(
            "existing pods in namespace {} violate the new PodSecurity enforce level {}",
            quoted(namespace),
            quoted(&enforce.to_string())
        ));
    }
    let mut of_pods: Vec<String> = groups
        .values()
        .map(|Group { reasons, name, count }| match count {
            1 => format!("{name}: {reasons}"),
            2 => format!("{name} (and 1 other pod): {reasons}"),
            count => format!("{name} (and {} other pods): {reasons}", count - 1),
        })
        .collect();
    of_pods.sort_unstable();
    warnings.append(&mut of_pods);
    // No cluster has such pods; a list from elsewhere may.
    warnings.extend(unreadable.iter().map(|name| format!("{name}: the pod can't be decoded")));
    warnings
}

/// One pod of each controller first, then the others.
fn prioritized<'d>(pods: impl Iterator<Item = Existing<'d>>) -> Vec<Existing<'d>> {
    let mut seen = HashSet::new();
    let (mut first, mut replicas) = (Vec::new(), Vec::new());
    for pod in pods {
        match pod.controller {
            Some(controller) if !seen.insert(controller) => replicas.push(pod),
            _ => first.push(pod),
        }
    }
    first.append(&mut replicas);
    first
}

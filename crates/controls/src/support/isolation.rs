//! Which pods some network policy isolates, of whatever kind.
//!
//! NetworkPolicy is read exactly. Other kinds (Cilium, Calico, Antrea, the network policy API, egress
//! firewalls, security groups) are read as far as their selectors and rules are plain, and count as
//! isolating wherever that leaves a doubt: they take findings away, and never bring one.

mod amazon;
mod antrea;
mod calico;
mod cilium;
mod cluster_network_policy;
mod egress_firewall;
mod first_match;
mod foreign;
mod native;
mod subject;

use std::net::IpAddr;

use plimsoll_kubernetes::{Field, Inventory, Pod};

use super::network_policy::{Direction, NetworkPolicy};
use foreign::Foreign;
use native::Native;
use subject::{Subject, Who};

pub(crate) use cilium::{CILIUM_NAMESPACE, CILIUM_OWN_NAMESPACE, cilium_can_select};

/// All policies of a scan.
pub(crate) struct Isolation<'i, 'd> {
    inventory: &'i Inventory<'d>,
    native: Native<'d>,
    foreign: Foreign<'d>,
}

impl<'i, 'd> Isolation<'i, 'd> {
    pub(crate) fn of(inventory: &'i Inventory<'d>) -> Self {
        Isolation { inventory, native: Native::of(inventory), foreign: Foreign::of(inventory) }
    }

    /// The pods and pod templates that a policy can select. What only adds containers to other pods is none, nor is
    /// what has a list in the place of a spec.
    pub(crate) fn pods(&self) -> impl Iterator<Item = &'i Pod<'d>> + use<'i, 'd> {
        let is_one = |pod: &&Pod<'_>| pod.object().kind() != "SidecarSet" && pod.spec().is_mapping();
        self.inventory.pods().iter().filter(is_one)
    }

    /// The NetworkPolicies of a namespace.
    pub(crate) fn policies_in(&self, namespace: &str) -> &[NetworkPolicy<'d>] {
        self.native.in_namespace(namespace)
    }

    /// The NetworkPolicies that select a pod, or may by what its controller gives it, and isolate it in a
    /// direction.
    pub(crate) fn isolating(
        &self,
        pod: &Pod<'d>,
        direction: Direction,
    ) -> impl Iterator<Item = NetworkPolicy<'d>> {
        self.native.isolating(self.inventory, pod, direction)
    }

    /// Whether a pod is isolated in a direction, or may be by a policy that isn't read exactly.
    pub(crate) fn isolates(&self, pod: &Pod<'d>, direction: Direction) -> bool {
        self.isolating(pod, direction).next().is_some() || self.foreign_isolates(pod, direction)
    }

    /// Whether a policy of another kind isolates a pod, or may.
    fn foreign_isolates(&self, pod: &Pod<'d>, direction: Direction) -> bool {
        self.foreign_answers(pod, Question::Closed(direction))
    }

    /// Whether the answer for a pod is yes by some policy of another kind, or may be.
    pub(crate) fn foreign_answers(&self, pod: &Pod<'d>, question: Question) -> bool {
        let namespace = self.inventory.namespace_of(&pod.object());
        let is_selected = self.isolating(pod, question.direction()).next().is_some();
        self.some_foreign(namespace, Who::Pod(pod), is_selected, question)
    }

    /// The same for every pod of a scan that a NetworkPolicy selects. Where none was read: for the pods
    /// that its labels describe.
    pub(crate) fn foreign_answers_all(&self, policy: &NetworkPolicy<'d>, question: Question) -> bool {
        let namespace = self.inventory.namespace_of(&policy.object());
        let mut pods = self.inventory.selected(namespace, policy.selector()).peekable();
        if pods.peek().is_none() {
            return self.foreign_answers_like(policy, question);
        }
        pods.all(|pod| self.foreign_answers(pod, question))
    }

    /// The same for a pod of which nothing is known but the labels by which a NetworkPolicy selects it.
    pub(crate) fn foreign_answers_like(&self, policy: &NetworkPolicy<'d>, question: Question) -> bool {
        let namespace = self.inventory.namespace_of(&policy.object());
        let is_selected = policy.isolates(question.direction());
        self.some_foreign(namespace, Who::Like(policy.selector()), is_selected, question)
    }

    /// Whether a policy of another kind isolates every pod of a namespace, or may.
    fn foreign_closes(&self, namespace: &'d str, is_selected: bool, direction: Direction) -> bool {
        self.some_foreign(namespace, Who::Unlabelled, is_selected, Question::Closed(direction))
    }

    /// Whether a policy of another kind speaks about some pods of a namespace, or may.
    pub(crate) fn foreign_touches(&self, namespace: &'d str) -> bool {
        [Direction::Ingress, Direction::Egress]
            .into_iter()
            .any(|direction| self.some_foreign(namespace, Who::Any, false, Question::Spoken(direction)))
    }

    /// Whether policies bound a namespace: some of its own, or one of the cluster that closes every pod or may.
    pub(crate) fn bounds(&self, namespace: &'d str) -> bool {
        !self.policies_in(namespace).is_empty()
            || self.foreign.has_own(namespace)
            || [Direction::Ingress, Direction::Egress]
                .into_iter()
                .any(|direction| self.foreign_closes(namespace, false, direction))
    }

    fn some_foreign(
        &self,
        namespace: &'d str,
        who: Who<'_, 'd>,
        is_selected: bool,
        question: Question,
    ) -> bool {
        let subject = Subject { namespace, who, is_selected, inventory: self.inventory };
        self.foreign.may_answer(&subject, question)
    }
}

/// What is asked of a policy of another kind.
#[derive(Clone, Copy)]
pub(crate) enum Question {
    /// Whether it closes a direction but for what rules allow.
    Closed(Direction),
    /// Whether it says anything of a direction.
    Spoken(Direction),
    /// Whether it closes the way to an address on port 80, with or without the rest of egress.
    Denied(IpAddr),
}

impl Question {
    const fn direction(self) -> Direction {
        match self {
            Question::Closed(direction) | Question::Spoken(direction) => direction,
            Question::Denied(_) => Direction::Egress,
        }
    }
}

/// The port by which metadata services answer.
const HTTP: i64 = 80;

/// Namespaces from which pods were read that no policy closes for every pod in a direction, each with
/// the field that shows it: the metadata of the Namespace, or the namespace of a policy there. Where
/// neither was read the policies may lie elsewhere too, and nothing is said.
pub(crate) fn without_default_deny<'d>(
    isolation: &Isolation<'_, 'd>,
    inventory: &Inventory<'d>,
    direction: Direction,
) -> Vec<(&'d str, Field<'d>)> {
    let mut open = Vec::new();
    for namespace in inventory.namespaces() {
        if matches!(namespace, "kube-system" | "kube-public" | "kube-node-lease")
            || inventory.pods_in(namespace).next().is_none()
        {
            continue;
        }
        let policies = isolation.policies_in(namespace);
        let selecting_all =
            |policy: &&NetworkPolicy<'d>| policy.selects_every_pod() && policy.isolates(direction);
        let is_selected = policies.iter().any(|policy| selecting_all(&policy));
        let is_closed = is_selected
            && !policies.iter().filter(selecting_all).any(|policy| policy.allows_everything(direction));
        if is_closed || isolation.foreign_closes(namespace, is_selected, direction) {
            continue;
        }
        let object = inventory.namespace(namespace).map(|object| object.get("metadata"));
        let policy = || policies.first().map(|policy| policy.object().get("metadata.namespace"));
        open.extend(object.or_else(policy).map(|field| (namespace, field)));
    }
    open
}

#[cfg(test)]
mod tests {
    use super::super::fixture::with_inventory;
    use super::*;

    pub(super) const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, labels: {app: web}}\nspec: {containers: []}\n";

    pub(super) fn with<T>(text: &str, look: impl Fn(&Isolation<'_, '_>) -> T) -> T {
        with_inventory(text, |inventory| look(&Isolation::of(inventory)))
    }

    pub(super) fn policy(api: &str, kind: &str, spec: &str) -> String {
        format!("apiVersion: {api}\nkind: {kind}\nmetadata: {{name: p, namespace: shop}}\nspec: {spec}\n")
    }

    /// Whether a policy isolates the pod for ingress and for egress.
    pub(super) fn isolates(policy: &str) -> (bool, bool) {
        with(&format!("{POD}---\n{policy}"), |isolation| {
            let pod = isolation.inventory.pods().first().expect("a pod");
            (isolation.isolates(pod, Direction::Ingress), isolation.isolates(pod, Direction::Egress))
        })
    }

    /// Whether policies keep the pod from the metadata service.
    pub(super) fn denies_metadata(policies: &str) -> bool {
        let metadata = Question::Denied("169.254.169.254".parse().expect("an address"));
        with(&format!("{POD}---\n{policies}"), |isolation| {
            let pod = isolation.inventory.pods().first().expect("a pod");
            isolation.foreign_answers(pod, metadata)
        })
    }

    /// The same of one that doesn't isolate the pod.
    pub(super) fn denies_only_metadata(policy: &str) -> bool {
        assert!(!isolates(policy).1, "{policy}");
        denies_metadata(policy)
    }

    #[test]
    fn only_what_selects_every_pod_closes_a_namespace() {
        for (spec, expected) in [
            ("{endpointSelector: {}, ingress: [{}]}", true),
            ("{endpointSelector: {matchLabels: {app: web}}, ingress: [{}]}", false),
            (
                "{endpointSelector: {matchLabels: {'k8s:io.kubernetes.pod.namespace': shop}}, ingress: [{}]}",
                true,
            ),
        ] {
            let text = format!("{POD}---\n{}", policy("cilium.io/v2", "CiliumNetworkPolicy", spec));
            with(&text, |isolation| {
                assert_eq!(isolation.foreign_closes("shop", false, Direction::Ingress), expected, "{spec}");
                assert!(isolation.foreign_touches("shop"), "{spec}");
                assert!(!isolation.foreign_touches("bank"), "{spec}");
            });
        }
    }

    #[test]
    fn a_policy_without_a_namespace_is_for_the_default_one() {
        let policy = "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: p}\nspec: {endpointSelector: {}, ingress: [{}]}\n";
        assert_eq!(isolates(policy), (false, false));
        with(policy, |isolation| assert!(isolation.foreign_touches("default")));
    }
}

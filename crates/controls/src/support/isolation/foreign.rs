//! Network policies of other kinds than Kubernetes' own.

use std::collections::HashMap;

use plimsoll_kubernetes::{Inventory, Object};

use super::super::network_policy;
use super::super::selector::Match;
use super::{Question, Subject, amazon, antrea, calico, cilium, cluster_network_policy, egress_firewall};

/// All of a scan, by the one namespace that they can speak about; `None` where they can speak about any.
pub(super) struct Foreign<'d>(HashMap<Option<&'d str>, Vec<Object<'d>>>);

impl<'d> Foreign<'d> {
    pub(super) fn of(inventory: &Inventory<'d>) -> Self {
        let mut policies: HashMap<_, Vec<_>> = HashMap::new();
        for policy in inventory.objects().iter().filter(|object| is_foreign(object)) {
            policies.entry(only_namespace(policy, inventory)).or_default().push(*policy);
        }
        Foreign(policies)
    }

    /// Whether some are for a namespace alone.
    pub(super) fn has_own(&self, namespace: &'d str) -> bool {
        self.0.contains_key(&Some(namespace))
    }

    /// Whether the answer of one of them is yes, or may be.
    pub(super) fn may_answer(&self, subject: &Subject<'_, 'd>, question: Question) -> bool {
        [Some(subject.namespace), None]
            .iter()
            .filter_map(|namespace| self.0.get(namespace))
            .flatten()
            .any(|policy| answer(policy, subject, question).is_possible())
    }
}

/// Whether an object is a network policy of another kind. Calico's staged ones are not enforced, and a
/// MultiNetworkPolicy is for the further interfaces of a pod, not for the cluster's network.
fn is_foreign(object: &Object<'_>) -> bool {
    let kind = object.kind();
    let is_policy = kind.ends_with("NetworkPolicy")
        && !kind.starts_with("Staged")
        && kind != "MultiNetworkPolicy"
        && !network_policy::KINDS.iter().any(|native| native.matches(object.group(), kind));
    is_policy || matches!(kind, "EgressFirewall" | "SecurityGroupPolicy")
}

/// The namespace that a policy of another kind is confined to, where it is.
fn only_namespace<'d>(policy: &Object<'d>, inventory: &Inventory<'d>) -> Option<&'d str> {
    let everywhere = ["Cluster", "CiliumClusterwide", "Global", "Admin", "BaselineAdmin"]
        .iter()
        .any(|prefix| policy.kind().starts_with(prefix));
    if everywhere { None } else { Some(inventory.namespace_of(policy)) }
}

/// The answer of a policy that can speak about the subject's namespace.
fn answer(policy: &Object<'_>, subject: &Subject<'_, '_>, question: Question) -> Match {
    match (policy.group(), policy.kind()) {
        ("cilium.io", _) => cilium::answer(policy, subject, question),
        ("projectcalico.org" | "crd.projectcalico.org", _) => calico::answer(policy, subject, question),
        ("policy.networking.k8s.io", _) | ("networking.k8s.aws", "ClusterNetworkPolicy") => {
            cluster_network_policy::answer(policy, subject, question)
        }
        ("networking.k8s.aws", "ApplicationNetworkPolicy") => {
            amazon::application_network_policy(policy, subject, question)
        }
        ("crd.antrea.io", "ClusterNetworkPolicy" | "NetworkPolicy") => {
            antrea::answer(policy, subject, question)
        }
        (_, "EgressFirewall" | "EgressNetworkPolicy") => egress_firewall::answer(policy, question),
        (_, "SecurityGroupPolicy") => amazon::security_groups(policy, subject),
        _ => Match::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{isolates, policy};

    #[test]
    fn kinds_that_are_not_known_count() {
        assert_eq!(isolates(&policy("example.com/v1", "FancyNetworkPolicy", "{}")), (true, true));
        assert_eq!(isolates(&policy("projectcalico.org/v3", "StagedNetworkPolicy", "{}")), (false, false));
        assert_eq!(isolates(&policy("k8s.cni.cncf.io/v1beta1", "MultiNetworkPolicy", "{}")), (false, false));
    }
}

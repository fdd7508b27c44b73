//! What a NetworkPolicy (networking.k8s.io/v1) means: whom it selects, in which directions it
//! isolates, and what its rules let through.

mod dns;
mod metadata_service;
mod rule;

use plimsoll_kubernetes::{Field, GroupKind, Inventory, LabelSelector, Labels, Object};

pub(crate) use dns::reaches_dns;
pub(crate) use metadata_service::{METADATA_SERVICES, reaches_address};
pub(crate) use rule::{Peer, Rule, block};

/// The side of a connection that is isolated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Ingress,
    Egress,
}

impl Direction {
    /// As `policyTypes` has it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Direction::Ingress => "Ingress",
            Direction::Egress => "Egress",
        }
    }

    /// The field of the spec that holds the rules.
    pub(crate) const fn rules(self) -> &'static str {
        match self {
            Direction::Ingress => "ingress",
            Direction::Egress => "egress",
        }
    }

    /// The field of a rule that holds its peers.
    pub(crate) const fn peers(self) -> &'static str {
        match self {
            Direction::Ingress => "from",
            Direction::Egress => "to",
        }
    }
}

/// The group of NetworkPolicy, and its old one.
const GROUPS: [&str; 2] = ["networking.k8s.io", "extensions"];

/// NetworkPolicy in both of them.
pub(crate) const KINDS: &[GroupKind] =
    &[GroupKind::new(GROUPS[0], "NetworkPolicy"), GroupKind::new(GROUPS[1], "NetworkPolicy")];

/// The same, and Namespace.
pub(crate) const KINDS_AND_NAMESPACE: &[GroupKind] = &[GroupKind::new("", "Namespace"), KINDS[0], KINDS[1]];

/// A view of a NetworkPolicy.
#[derive(Clone, Copy)]
pub(crate) struct NetworkPolicy<'d> {
    object: Object<'d>,
}

impl<'d> NetworkPolicy<'d> {
    /// Every NetworkPolicy that was read.
    pub(crate) fn all<'i>(
        inventory: &'i Inventory<'d>,
    ) -> impl Iterator<Item = NetworkPolicy<'d>> + use<'i, 'd> {
        GROUPS
            .into_iter()
            .flat_map(move |group| inventory.of_kind(group, "NetworkPolicy"))
            .map(|object| NetworkPolicy { object: *object })
    }

    /// Every NetworkPolicy of a namespace that selects pods with these labels. An absent selector is an
    /// empty one: it selects every pod.
    pub(crate) fn selecting(
        inventory: &Inventory<'d>,
        namespace: &'d str,
        labels: Labels<'d>,
    ) -> impl Iterator<Item = NetworkPolicy<'d>> {
        GROUPS
            .into_iter()
            .flat_map(move |group| {
                inventory.selecting(group, "NetworkPolicy", "spec.podSelector", namespace, labels)
            })
            .map(|object| NetworkPolicy { object: *object })
    }

    pub(crate) fn new(object: Object<'d>) -> Self {
        NetworkPolicy { object }
    }

    pub(crate) fn object(&self) -> Object<'d> {
        self.object
    }

    pub(crate) fn selector(&self) -> LabelSelector<'d> {
        LabelSelector::new(self.object.get("spec.podSelector"))
    }

    /// Whether the policy selects pods with these labels in its namespace. An absent selector is an
    /// empty one: it selects every pod.
    pub(crate) fn selects(&self, labels: Labels<'_>) -> bool {
        self.selector().matches(labels)
    }

    pub(crate) fn selects_every_pod(&self) -> bool {
        self.selector().is_empty()
    }

    /// Whether the pods that the policy selects are isolated in a direction: as `policyTypes` says;
    /// where it says nothing, ingress always, and egress where there are egress rules.
    pub(crate) fn isolates(&self, direction: Direction) -> bool {
        let types = self.object.get("spec.policyTypes");
        if types.is_empty() {
            return direction == Direction::Ingress || !self.object.get("spec.egress").is_empty();
        }
        types.contains(direction.name())
    }

    /// The field that holds the rules of a direction.
    pub(crate) fn rules_field(&self, direction: Direction) -> Field<'d> {
        self.object.get("spec").get(direction.rules())
    }

    /// The rules of a direction. Rules of a direction that the policy doesn't isolate have no effect
    /// and are not here.
    pub(crate) fn rules(&self, direction: Direction) -> impl Iterator<Item = Rule<'d>> + use<'d> {
        let rules = self.isolates(direction).then(|| self.rules_field(direction));
        rules
            .into_iter()
            .flat_map(|rules| rules.items())
            // A null item is an empty rule; anything else that is no mapping is refused.
            .filter(|field| field.is_mapping() || !field.exists())
            .map(move |field| Rule::new(field, direction))
    }

    /// Whether a rule of the direction lets everything through.
    pub(crate) fn allows_everything(&self, direction: Direction) -> bool {
        self.rules(direction).any(|rule| rule.allows_everything())
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::with_inventory;
    use super::*;

    /// Gives a policy of this spec to `look`.
    pub(super) fn with(spec: &str, look: impl Fn(NetworkPolicy<'_>, &Inventory<'_>)) {
        let text = format!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p, namespace: shop}}\nspec: {spec}\n"
        );
        with_inventory(&text, |inventory| {
            look(NetworkPolicy::all(inventory).next().expect("a policy"), inventory);
        });
    }

    #[test]
    fn policy_types_default_as_the_api_server_does() {
        for (spec, ingress, egress) in [
            ("{}", true, false),
            ("{egress: [{}]}", true, true),
            ("{egress: []}", true, false),
            ("{policyTypes: [], egress: [{}]}", true, true),
            ("{policyTypes: [Egress]}", false, true),
            ("{policyTypes: [Ingress], egress: [{}]}", true, false),
            ("{policyTypes: [ingress]}", false, false),
        ] {
            with(spec, |policy, _| {
                assert_eq!(policy.isolates(Direction::Ingress), ingress, "{spec}");
                assert_eq!(policy.isolates(Direction::Egress), egress, "{spec}");
            });
        }
    }
}

//! Roles, with the rules that they have by aggregation.

use std::collections::HashSet;

use plimsoll_kubernetes::{Inventory, LabelSelector, Labels, Object};

use super::{BINDINGS, Binding, GROUP, Rule};

/// The label of what the API server creates when it starts.
const BOOTSTRAPPING: &str = "kubernetes.io/bootstrapping";

/// Whether Kubernetes itself ships a role: the four for users, and those that the API server creates
/// for its components. Label and prefix both count: either alone is anybody's to write.
pub(crate) fn is_shipped_role(role: &Object<'_>) -> bool {
    (role.kind() == "ClusterRole" && is_user_facing(role.name())) || is_bootstrapped(role)
}

/// The ClusterRoles that Kubernetes ships for people.
pub(crate) fn is_user_facing(cluster_role: &str) -> bool {
    matches!(cluster_role, "cluster-admin" | "admin" | "edit" | "view")
}

fn is_bootstrapped(object: &Object<'_>) -> bool {
    object.name().starts_with("system:") && object.label(BOOTSTRAPPING).is("rbac-defaults")
}

/// Whether the rules of a ClusterRole come from others: the controller overwrites its own.
fn is_aggregated(role: &Object<'_>) -> bool {
    role.kind() == "ClusterRole" && role.get("aggregationRule").exists()
}

/// The rules as they stand in a role; none for an aggregated one, whose own count for nothing.
pub(crate) fn written_rules<'d>(role: &Object<'d>) -> impl Iterator<Item = Rule<'d>> + use<'d> {
    let own = !is_aggregated(role);
    role.get("rules").items().filter(move |_| own).map(Rule::new)
}

/// The rules that a role has in the cluster: its own, or those of every ClusterRole that its
/// aggregation selects, itself excepted, through aggregated ones too.
pub(crate) fn effective_rules<'d>(role: &Object<'d>, inventory: &Inventory<'d>) -> Vec<Rule<'d>> {
    if !is_aggregated(role) {
        return written_rules(role).collect();
    }
    let mut rules = Vec::new();
    let place = |role: &Object<'d>| (std::ptr::from_ref(role.root().document()).addr(), role.root().node());
    let mut seen = HashSet::from([place(role)]);
    let mut open = vec![*role];
    while let Some(role) = open.pop() {
        rules.extend(written_rules(&role));
        if !is_aggregated(&role) {
            continue;
        }
        for selector in role.get("aggregationRule.clusterRoleSelectors").items() {
            let selector = LabelSelector::new(selector);
            for part in inventory.labelled(GROUP, "ClusterRole", &mut selector.labels()) {
                if selector.matches(Labels(part.labels())) && seen.insert(place(part)) {
                    open.push(*part);
                }
            }
        }
    }
    rules
}

/// Whether a role can be in force in a namespace, by the bindings that were read: to it, or to a
/// ClusterRole that has its rules by aggregation. A ClusterRole that none of them names may be bound
/// anywhere.
pub(crate) fn reaches<'d>(role: &Object<'d>, namespace: &str, inventory: &Inventory<'d>) -> bool {
    if role.kind() == "Role" {
        return inventory.namespace_of(role) == namespace;
    }
    wholes(role, inventory).into_iter().any(|name| {
        let mut bindings = BINDINGS
            .iter()
            .flat_map(|kind| inventory.referring(kind.group, kind.kind, "roleRef.name", name))
            .filter_map(|object| Binding::new(object, inventory))
            .filter(|binding| binding.refers_to_cluster_role(name))
            .peekable();
        bindings.peek().is_none()
            || bindings.any(|binding| binding.namespace().is_none_or(|bound| bound == namespace))
    })
}

/// The labels by which the ClusterRoles that Kubernetes ships for people take in the rules of others: `admin`
/// has what `edit` has, and `edit` what `view` has.
const AGGREGATE_TO: &[(&str, &[&str])] = &[
    ("rbac.authorization.k8s.io/aggregate-to-view", &["view", "edit", "admin"]),
    ("rbac.authorization.k8s.io/aggregate-to-edit", &["edit", "admin"]),
    ("rbac.authorization.k8s.io/aggregate-to-admin", &["admin"]),
];

/// The names of the ClusterRoles that have the rules of one: its own, and those of roles that aggregate it,
/// through others too.
fn wholes<'d>(role: &Object<'d>, inventory: &Inventory<'d>) -> HashSet<&'d str> {
    let aggregation = inventory.derived(Aggregation::of);
    let roles: Vec<Object<'d>> = inventory.of_kind(GROUP, "ClusterRole").copied().collect();
    let mut names = HashSet::from([role.name()]);
    let mut open: Vec<usize> =
        roles.iter().position(|known| known.root() == role.root()).into_iter().collect();
    let mut seen: HashSet<usize> = open.iter().copied().collect();
    while let Some(number) = open.pop() {
        let Some(part) = roles.get(number) else { continue };
        names.insert(part.name());
        let shipped = AGGREGATE_TO.iter().filter(|(label, _)| part.label(label).is("true"));
        names.extend(shipped.flat_map(|(_, names)| *names));
        let wholes = aggregation.wholes.get(number).into_iter().flatten();
        open.extend(wholes.copied().filter(|whole| seen.insert(*whole)));
    }
    names
}

/// Which ClusterRoles aggregate each of those that were read, by their numbers; empty where none does.
struct Aggregation {
    wholes: Vec<Vec<usize>>,
}

impl Aggregation {
    fn of(inventory: &Inventory<'_>) -> Self {
        let roles: Vec<&Object<'_>> = inventory.of_kind(GROUP, "ClusterRole").collect();
        let mut wholes = Vec::new();
        for (number, whole) in roles.iter().enumerate().filter(|(_, role)| is_aggregated(role)) {
            wholes.resize_with(roles.len(), Vec::new);
            for selector in whole.get("aggregationRule.clusterRoleSelectors").items() {
                let selector = LabelSelector::new(selector);
                for (part, aggregated) in roles.iter().zip(&mut wholes) {
                    if selector.matches(Labels(part.labels())) && aggregated.last() != Some(&number) {
                        aggregated.push(number);
                    }
                }
            }
        }
        Aggregation { wholes }
    }
}

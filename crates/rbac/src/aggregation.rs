//! Aggregated ClusterRoles: the union of what they select, themselves excepted.

use std::collections::HashSet;

use plimsoll_kubernetes::{Field, LabelSelector, Labels};

use crate::Role;

/// Gives every aggregated role its rules, as the controller does until nothing changes any more. Roles that
/// aggregate each other have the rules of all roles that any of them reaches.
pub(crate) fn aggregate(cluster_roles: &mut [Role<'_>]) {
    let aggregated: Vec<usize> = positions(cluster_roles, Role::is_aggregated);
    let selected: Vec<Vec<usize>> = aggregated.iter().map(|&at| selects(at, cluster_roles)).collect();
    let parts_of = |at: usize| aggregated.binary_search(&at).ok().and_then(|index| selected.get(index));
    let mut results = Vec::with_capacity(aggregated.len());
    for &at in &aggregated {
        let (mut rules, mut unreadable) = (Vec::new(), Vec::new());
        let mut seen = HashSet::from([at]);
        let mut open: Vec<usize> = vec![at];
        while let Some(next) = open.pop() {
            let Some(role) = cluster_roles.get(next) else { continue };
            match parts_of(next) {
                // In reverse, so that they come from the end in the order of the selectors.
                Some(parts) => {
                    unreadable.extend(unreadable_selectors(role));
                    open.extend(parts.iter().rev().filter(|part| !seen.contains(*part)));
                    seen.extend(parts.iter().copied());
                }
                None => {
                    rules.extend(role.rules.iter().cloned());
                    unreadable.extend(role.unreadable.iter().copied());
                }
            }
        }
        results.push((at, rules, unreadable));
    }
    for (at, rules, unreadable) in results {
        if let Some(role) = cluster_roles.get_mut(at) {
            role.rules = rules;
            role.unreadable = unreadable;
        }
    }
}

fn positions<'d>(roles: &[Role<'d>], is_it: impl Fn(&Role<'d>) -> bool) -> Vec<usize> {
    roles.iter().enumerate().filter(|(_, role)| is_it(role)).map(|(at, _)| at).collect()
}

/// The roles that an aggregated one selects: by selector, and by name within one.
fn selects(at: usize, roles: &[Role<'_>]) -> Vec<usize> {
    let Some(role) = roles.get(at) else { return Vec::new() };
    let mut parts = Vec::new();
    for field in selectors(role).items().filter(is_readable) {
        let selector = LabelSelector::new(field);
        let mut of_selector = positions(roles, |part| {
            part.name() != role.name() && selector.matches(Labels(part.object().labels()))
        });
        of_selector.sort_by_key(|&at| roles.get(at).map(Role::name));
        parts.extend(of_selector);
    }
    parts
}

fn selectors<'d>(role: &Role<'d>) -> Field<'d> {
    role.object().get("aggregationRule.clusterRoleSelectors")
}

/// What the controller stumbles on: it then leaves the role as it was, whatever that is.
fn unreadable_selectors<'d>(role: &Role<'d>) -> Vec<Field<'d>> {
    let list = selectors(role);
    if list.exists() && !list.is_sequence() {
        return vec![list];
    }
    list.items().filter(|selector| !is_readable(selector)).collect()
}

/// Whether a selector has operators that are known, with values where they need some and there alone.
fn is_readable(selector: &Field<'_>) -> bool {
    selector.get("matchExpressions").items().all(|expression| {
        let has_values = !expression.get("values").is_empty();
        match expression.get("operator").text() {
            "In" | "NotIn" => has_values,
            "Exists" | "DoesNotExist" => !has_values,
            _ => false,
        }
    })
}

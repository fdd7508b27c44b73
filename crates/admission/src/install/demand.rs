//! Which requests a configuration wants to see, and what for.

use std::collections::{BTreeMap, BTreeSet};

use plimsoll_kubernetes::GroupKind;
use serde_json::{Value, json};

use super::Resource;
use super::resource::resource;

/// What a kind is looked at for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Something is denied.
    Enforce,
    /// Something is warned about or audited, and nothing denied.
    Report,
    /// Something is set.
    Mutate,
}

/// The requests that a configuration wants to see.
///
/// A kind that anything is denied for is asked about by the webhook that may fail closed, with all that
/// is to be said about it; a kind that is only reported on by one that always fails open. No request
/// is asked about twice, and what only warns never holds anything up.
#[derive(Clone, Debug, Default)]
pub struct Demand {
    kinds: BTreeMap<Purpose, BTreeSet<Resource>>,
    exec: Option<Purpose>,
    /// Whether denials are written as Events.
    pub events: bool,
}

impl Demand {
    /// A kind is looked at. What no webhook may be asked about is left out.
    pub fn add(&mut self, purpose: Purpose, kind: GroupKind) {
        if let Some(resource) = resource(kind) {
            self.kinds.entry(purpose).or_default().insert(resource);
        }
    }

    /// exec and attach are looked at.
    pub fn add_exec(&mut self, purpose: Purpose) {
        self.exec = Some(self.exec.map_or(purpose, |known| known.min(purpose)));
    }

    /// Whether pods are looked up: exec and attach are judged by the pod that they enter.
    pub fn looks_up_pods(&self) -> bool {
        self.exec.is_some()
    }

    /// The validating webhooks, as the chart's values have them.
    pub(super) fn validating(&self) -> Vec<Value> {
        [(Purpose::Enforce, "enforce"), (Purpose::Report, "report")]
            .into_iter()
            .filter_map(|(purpose, name)| {
                let mut rules = rules(self.resources(purpose), true);
                if self.exec == Some(purpose) {
                    rules.push(rule("", "v1", ["pods/attach", "pods/exec"], &["CONNECT"], "Namespaced"));
                }
                let denies = purpose == Purpose::Enforce;
                (!rules.is_empty()).then(|| json!({"name": name, "denies": denies, "rules": rules}))
            })
            .collect()
    }

    /// The mutating webhooks, as the chart's values have them.
    pub(super) fn mutating(&self) -> Vec<Value> {
        let rules = rules(self.resources(Purpose::Mutate), false);
        if rules.is_empty() { Vec::new() } else { vec![json!({"name": "mutate", "rules": rules})] }
    }

    /// The resources of a purpose. What is enforced as well as reported is enforced.
    fn resources(&self, purpose: Purpose) -> Vec<&Resource> {
        let enforced = self.kinds.get(&Purpose::Enforce).filter(|_| purpose == Purpose::Report);
        self.kinds
            .get(&purpose)
            .into_iter()
            .flatten()
            .filter(|resource| !enforced.is_some_and(|enforced| enforced.contains(resource)))
            .collect()
    }
}

/// Rules for creating and updating: one for each group, version and scope.
fn rules(resources: Vec<&Resource>, validating: bool) -> Vec<Value> {
    let mut grouped: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for resource in resources {
        let names = grouped
            .entry((resource.group.as_str(), resource.version.as_str(), resource.is_namespaced))
            .or_default();
        names.push(&resource.name);
        if validating && resource.group.is_empty() && resource.name == "pods" {
            // What changes a running pod: containers that are added, and resources.
            names.extend(["pods/ephemeralcontainers", "pods/resize"]);
        }
    }
    grouped
        .into_iter()
        .map(|((group, version, is_namespaced), names)| {
            let scope = if is_namespaced { "Namespaced" } else { "Cluster" };
            // Of a group that can be any, nobody knows where its kinds live.
            let scope = if group == "*" { "*" } else { scope };
            rule(group, version, names, &["CREATE", "UPDATE"], scope)
        })
        .collect()
}

fn rule<'a>(
    group: &str,
    version: &str,
    resources: impl IntoIterator<Item = &'a str>,
    operations: &[&str],
    scope: &str,
) -> Value {
    let resources: Vec<_> = resources.into_iter().collect();
    json!({
        "apiGroups": [group],
        "apiVersions": [version],
        "operations": operations,
        "resources": resources,
        "scope": scope,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const POD: GroupKind = GroupKind::new("", "Pod");
    const SERVICE: GroupKind = GroupKind::new("", "Service");
    const NAMESPACE: GroupKind = GroupKind::new("", "Namespace");
    const DEPLOYMENT: GroupKind = GroupKind::new("apps", "Deployment");

    #[test]
    fn what_only_reports_is_apart_from_what_denies() {
        let mut demand = Demand::default();
        demand.add(Purpose::Report, POD);
        demand.add(Purpose::Enforce, POD);
        demand.add(Purpose::Report, SERVICE);
        demand.add(Purpose::Report, DEPLOYMENT);
        demand.add(Purpose::Report, NAMESPACE);
        let webhooks = demand.validating();
        assert_eq!(
            webhooks,
            [
                json!({"name": "enforce", "denies": true, "rules": [
                    {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                     "resources": ["pods", "pods/ephemeralcontainers", "pods/resize"], "scope": "Namespaced"},
                ]}),
                json!({"name": "report", "denies": false, "rules": [
                    {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                     "resources": ["namespaces"], "scope": "Cluster"},
                    {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                     "resources": ["services"], "scope": "Namespaced"},
                    {"apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                     "resources": ["deployments"], "scope": "Namespaced"},
                ]}),
            ]
        );
        assert!(demand.mutating().is_empty() && !demand.looks_up_pods());
    }

    #[test]
    fn exec_is_connected_to() {
        let mut demand = Demand::default();
        demand.add_exec(Purpose::Report);
        demand.add_exec(Purpose::Enforce);
        assert!(demand.looks_up_pods());
        let webhooks = demand.validating();
        assert_eq!(webhooks.len(), 1);
        assert_eq!(webhooks[0]["rules"][0]["resources"], json!(["pods/attach", "pods/exec"]));
        assert_eq!(webhooks[0]["rules"][0]["operations"], json!(["CONNECT"]));
    }

    #[test]
    fn mutation_leaves_subresources_alone() {
        let mut demand = Demand::default();
        demand.add(Purpose::Mutate, POD);
        assert_eq!(demand.mutating()[0]["rules"][0]["resources"], json!(["pods"]));
        assert!(demand.validating().is_empty());
    }

    #[test]
    fn nothing_that_a_cluster_lives_by_is_asked_about() {
        let mut demand = Demand::default();
        demand.add(Purpose::Enforce, GroupKind::new("coordination.k8s.io", "Lease"));
        demand.add(Purpose::Enforce, GroupKind::new("", "Node"));
        assert!(demand.validating().is_empty());
    }
}

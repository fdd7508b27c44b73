//! Which requests a configuration wants to see, and what for.

mod configured;

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
    /// Something is warned about or audited.
    Advise,
    /// Something is set.
    Mutate,
}

/// The requests that a configuration wants to see.
///
/// What denies and what advises are two webhooks: the one may fail closed, the other never does, so that
/// what only warns holds nothing up.
#[derive(Clone, Debug, Default)]
pub struct Demand {
    kinds: BTreeMap<Purpose, BTreeSet<Resource>>,
    exec: bool,
    pod_security: bool,
}

const POD: GroupKind = GroupKind::new("", "Pod");

/// Kubernetes' own kinds that pods are made from.
const MAKES_PODS: &[GroupKind] = &[
    GroupKind::new("", "PodTemplate"),
    GroupKind::new("", "ReplicationController"),
    GroupKind::new("apps", "DaemonSet"),
    GroupKind::new("apps", "Deployment"),
    GroupKind::new("apps", "ReplicaSet"),
    GroupKind::new("apps", "StatefulSet"),
    GroupKind::new("batch", "CronJob"),
    GroupKind::new("batch", "Job"),
];

impl Demand {
    /// A kind is looked at. What no webhook may be asked about is left out.
    pub fn add(&mut self, purpose: Purpose, kind: GroupKind) {
        if let Some(resource) = resource(kind) {
            self.kinds.entry(purpose).or_default().insert(resource);
        }
    }

    /// exec and attach are denied for some pods.
    pub fn add_exec(&mut self) {
        self.exec = true;
    }

    /// What Pod Security looks at. It denies pods, and warns about what they are made from. It also denies
    /// broken labels of namespaces, but a webhook that fails closed for namespaces is a risk without a gain:
    /// where a label is broken, the restricted level holds.
    pub fn add_pod_security(&mut self) {
        self.pod_security = true;
        self.add(Purpose::Enforce, POD);
        self.add(Purpose::Advise, GroupKind::new("", "Namespace"));
        for kind in MAKES_PODS {
            self.add(Purpose::Advise, *kind);
        }
    }

    /// Whether single pods are looked up: exec and attach are judged by the pod that they enter.
    pub fn gets_pods(&self) -> bool {
        self.exec
    }

    /// Whether the pods of a namespace are listed: a stricter label is tried on what runs there.
    pub fn lists_pods(&self) -> bool {
        self.pod_security
    }

    /// The validating webhooks, as the chart's values have them.
    pub(super) fn validating(&self) -> Vec<Value> {
        [(Purpose::Enforce, "enforce"), (Purpose::Advise, "advise")]
            .into_iter()
            .filter_map(|(purpose, name)| {
                let mut rules = rules(self.resources(purpose), true);
                if self.exec && purpose == Purpose::Enforce {
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

    fn resources(&self, purpose: Purpose) -> impl Iterator<Item = &Resource> {
        self.kinds.get(&purpose).into_iter().flatten()
    }
}

/// Rules for creating and updating: one for each group, version and scope.
fn rules<'r>(resources: impl Iterator<Item = &'r Resource>, validating: bool) -> Vec<Value> {
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

    const SERVICE: GroupKind = GroupKind::new("", "Service");
    const NAMESPACE: GroupKind = GroupKind::new("", "Namespace");
    const DEPLOYMENT: GroupKind = GroupKind::new("apps", "Deployment");

    #[test]
    fn what_denies_and_what_advises_are_apart() {
        let mut demand = Demand::default();
        demand.add(Purpose::Advise, POD);
        demand.add(Purpose::Enforce, POD);
        demand.add(Purpose::Advise, SERVICE);
        demand.add(Purpose::Advise, DEPLOYMENT);
        demand.add(Purpose::Advise, NAMESPACE);
        let rule = |group: &str, resources: &[&str], scope: &str| {
            json!({
                "apiGroups": [group], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                "resources": resources, "scope": scope,
            })
        };
        let pods = ["pods", "pods/ephemeralcontainers", "pods/resize"];
        let with_services = ["pods", "pods/ephemeralcontainers", "pods/resize", "services"];
        assert_eq!(
            demand.validating(),
            [
                json!({"name": "enforce", "denies": true, "rules": [rule("", &pods, "Namespaced")]}),
                json!({"name": "advise", "denies": false, "rules": [
                    rule("", &["namespaces"], "Cluster"),
                    rule("", &with_services, "Namespaced"),
                    rule("apps", &["deployments"], "Namespaced"),
                ]}),
            ]
        );
        assert!(demand.mutating().is_empty() && !demand.gets_pods() && !demand.lists_pods());
    }

    #[test]
    fn what_only_advises_is_on_no_webhook_that_fails() {
        let mut demand = Demand::default();
        demand.add(Purpose::Advise, SERVICE);
        assert!(demand.validating().iter().all(|webhook| webhook["denies"] == json!(false)));
        assert_eq!(demand.validating().len(), 1);
    }

    #[test]
    fn exec_is_connected_to() {
        let mut demand = Demand::default();
        demand.add_exec();
        assert!(demand.gets_pods());
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

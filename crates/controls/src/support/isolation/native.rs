//! Kubernetes' own NetworkPolicy: which of them isolate a pod.

use std::collections::HashMap;

use plimsoll_kubernetes::{Inventory, Labels, Pod};

use super::super::network_policy::{Direction, NetworkPolicy};
use super::super::scope;
use super::super::selector::match_selector;

/// All of a scan, by namespace.
pub(super) struct Native<'d> {
    policies: HashMap<&'d str, Vec<NetworkPolicy<'d>>>,
    /// Those of them that select by labels which controllers give, and no template shows.
    by_controllers: HashMap<&'d str, Vec<NetworkPolicy<'d>>>,
}

impl<'d> Native<'d> {
    pub(super) fn of(inventory: &Inventory<'d>) -> Self {
        let mut policies: HashMap<&'d str, Vec<NetworkPolicy<'d>>> = HashMap::new();
        let mut by_controllers: HashMap<&'d str, Vec<NetworkPolicy<'d>>> = HashMap::new();
        for policy in NetworkPolicy::all(inventory) {
            let namespace = inventory.namespace_of(&policy.object());
            policies.entry(namespace).or_default().push(policy);
            if scope::names_controllers(policy.selector()) {
                by_controllers.entry(namespace).or_default().push(policy);
            }
        }
        Native { policies, by_controllers }
    }

    pub(super) fn in_namespace(&self, namespace: &str) -> &[NetworkPolicy<'d>] {
        self.policies.get(namespace).map_or(&[], Vec::as_slice)
    }

    /// Those that select a pod, or may by what its controller gives it, and isolate it in a direction.
    pub(super) fn isolating(
        &self,
        inventory: &Inventory<'d>,
        pod: &Pod<'d>,
        direction: Direction,
    ) -> impl Iterator<Item = NetworkPolicy<'d>> {
        let namespace = inventory.namespace_of(&pod.object());
        let labels = Labels(pod.labels());
        let by_controllers = self.by_controllers.get(namespace).map_or(&[][..], Vec::as_slice);
        let given = by_controllers.iter().copied().filter(move |policy| {
            !policy.selects(labels)
                && match_selector(policy.selector(), |key| scope::label(pod, key)).is_possible()
        });
        NetworkPolicy::selecting(inventory, namespace, labels)
            .chain(given)
            .filter(move |policy| policy.isolates(direction))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{isolates, policy, with};
    use super::*;

    #[test]
    fn network_policies_are_read_exactly() {
        let native = |spec: &str| isolates(&policy("networking.k8s.io/v1", "NetworkPolicy", spec));
        assert_eq!(native("{podSelector: {}}"), (true, false));
        assert_eq!(native("{podSelector: {matchLabels: {app: db}}}"), (false, false));
        assert_eq!(native("{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}"), (false, true));
    }

    #[test]
    fn labels_that_controllers_give_are_selected_by() {
        let made = |kind: &str, selector: &str| {
            let (api, template) = match kind {
                "Job" => ("batch/v1", "template"),
                "CronJob" => ("batch/v1", "jobTemplate"),
                "Service" => ("serving.knative.dev/v1", "template"),
                _ => ("apps/v1", "template"),
            };
            let pods = "{metadata: {labels: {app: web}}, spec: {containers: []}}";
            let inner =
                if kind == "CronJob" { format!("{{spec: {{template: {pods}}}}}") } else { pods.to_owned() };
            let object = format!(
                "apiVersion: {api}\nkind: {kind}\nmetadata: {{name: web, namespace: shop}}\nspec: {{{template}: {inner}}}\n"
            );
            let spec = format!("{{podSelector: {selector}}}");
            let policy = policy("networking.k8s.io/v1", "NetworkPolicy", &spec);
            with(&format!("{object}---\n{policy}"), |isolation| {
                let pod = isolation.inventory.pods().first().expect("a pod");
                isolation.isolates(pod, Direction::Ingress)
            })
        };
        for (kind, selector, expected) in [
            ("Job", "{matchLabels: {batch.kubernetes.io/job-name: web}}", true),
            ("Job", "{matchLabels: {job-name: web, app: web}}", true),
            ("Job", "{matchLabels: {job-name: web, app: db}}", false),
            ("Job", "{matchLabels: {job-name: other}}", false),
            ("Job", "{matchExpressions: [{key: job-name, operator: Exists}]}", true),
            ("CronJob", "{matchLabels: {job-name: web-29000000}}", true),
            ("Deployment", "{matchLabels: {job-name: web}}", false),
            ("Deployment", "{matchLabels: {pod-template-hash: abc}}", true),
            ("StatefulSet", "{matchLabels: {statefulset.kubernetes.io/pod-name: web-0}}", true),
            ("DaemonSet", "{matchLabels: {statefulset.kubernetes.io/pod-name: web-0}}", false),
            ("Service", "{matchLabels: {serving.knative.dev/service: web}}", true),
            ("Service", "{matchLabels: {serving.knative.dev/service: other}}", false),
        ] {
            assert_eq!(made(kind, selector), expected, "{kind} {selector}");
        }
    }
}

//! What a scan can tell to be absent.
//!
//! That nothing matches a selector or a name means something only where the scan holds what could.

use std::collections::HashSet;

use plimsoll_kubernetes::{Field, Inventory, LabelSelector, Labels, Object, Pod, pod_templates};

use super::selector::Known;

/// Groups outside Kubernetes itself whose objects make neither pods nor Services.
const PLAIN_GROUPS: &[&str] = &[
    "cert-manager.io",
    "acme.cert-manager.io",
    "networking.istio.io",
    "security.istio.io",
    "telemetry.istio.io",
    "policy.linkerd.io",
    "linkerd.io",
    "cilium.io",
    "projectcalico.org",
    "crd.projectcalico.org",
    "external-secrets.io",
    "bitnami.com",
    "secrets-store.csi.x-k8s.io",
    "kyverno.io",
    "velero.io",
    "keda.sh",
    "traefik.io",
    "traefik.containo.us",
    "configuration.konghq.com",
    "projectcontour.io",
    "k8s.nginx.org",
    "route.openshift.io",
    "secrets.hashicorp.com",
    "elbv2.k8s.aws",
    "alb.networking.azure.io",
    "networking.gke.io",
    "cloud.google.com",
    "snapshot.storage.k8s.io",
];

/// Labels that no template shows, and who gives them to pods. A key that ends in a slash is a prefix.
const GIVEN: &[(&str, Giver)] = &[
    ("apps.kubernetes.io/pod-index", Giver::Controllers(&["StatefulSet"])),
    ("batch.kubernetes.io/", Giver::Controllers(JOBS)),
    ("controller-revision-hash", Giver::Controllers(&["StatefulSet", "DaemonSet"])),
    ("controller-uid", Giver::Controllers(JOBS)),
    ("gateway.networking.k8s.io/", OTHERS),
    ("job-name", Giver::Controllers(JOBS)),
    ("jobset.sigs.k8s.io/", OTHERS),
    ("leaderworkerset.sigs.k8s.io/", OTHERS),
    ("linkerd.io/", Giver::Injected),
    ("pod-template-generation", Giver::Controllers(&["DaemonSet"])),
    ("pod-template-hash", Giver::Controllers(&["Deployment"])),
    ("ray.io/", OTHERS),
    ("rollouts-pod-template-hash", OTHERS),
    ("security.istio.io/tlsMode", Giver::Injected),
    ("service.istio.io/canonical-name", Giver::Injected),
    ("service.istio.io/canonical-revision", Giver::Injected),
    ("serving.knative.dev/", OTHERS),
    ("statefulset.kubernetes.io/", Giver::Controllers(&["StatefulSet"])),
    ("topology.kubernetes.io/", Giver::Injected),
    ("training.kubeflow.org/", OTHERS),
];

const JOBS: &[&str] = &["Job", "CronJob"];

/// None of Kubernetes itself.
const OTHERS: Giver = Giver::Controllers(&[]);

/// Who gives a label to pods.
enum Giver {
    /// Controllers, of which these kinds are Kubernetes' own. What other kinds give isn't known: it may be any.
    Controllers(&'static [&'static str]),
    /// What changes pods of every kind when they are made.
    Injected,
}

/// Whether an object may make pods or Services that the scan doesn't show: a custom resource that
/// some operator acts on.
fn is_acted_on(object: &Object<'_>) -> bool {
    let group = object.group();
    let is_builtin = !group.contains('.') || group.ends_with(".k8s.io") || group.ends_with(".x-k8s.io");
    let only_watches = group == "monitoring.coreos.com"
        && matches!(object.kind(), "ServiceMonitor" | "PodMonitor" | "PrometheusRule" | "Probe");
    // Their pods are made from templates that the scan reads.
    let shows_its_pods = matches!(group, "apps.kruise.io" | "apps.openshift.io")
        || (group == "argoproj.io" && !object.kind().starts_with("Application"));
    !is_builtin && !only_watches && !shows_its_pods && !PLAIN_GROUPS.contains(&group)
}

/// Whether the pods of a namespace are part of the scan: some are, and nothing in the namespace makes
/// others. Namespaces of the cluster itself are never wholly in a scan of manifests.
pub(crate) fn holds_pods_of(inventory: &Inventory<'_>, namespace: &str) -> bool {
    inventory.pods_in(namespace).next().is_some() && is_closed(inventory, namespace)
}

/// Whether the Services of a namespace are part of the scan: it holds pods or Services of it, and
/// nothing in the namespace makes others.
pub(crate) fn holds_services_of(inventory: &Inventory<'_>, namespace: &str) -> bool {
    let any = inventory.pods_in(namespace).next().is_some()
        || inventory.of_kind_in("", "Service", namespace).next().is_some();
    any && is_closed(inventory, namespace)
}

/// Whether the API server makes a Service itself: its own, in the namespace `default`.
pub(crate) fn is_built_in_service(namespace: &str, name: &str) -> bool {
    namespace == "default" && name == "kubernetes"
}

fn is_closed(inventory: &Inventory<'_>, namespace: &str) -> bool {
    !matches!(namespace, "kube-system" | "kube-public" | "kube-node-lease")
        && !inventory.derived(ActedOn::of).0.contains(namespace)
}

/// Namespaces in which an operator acts on some object.
struct ActedOn(HashSet<String>);

impl ActedOn {
    fn of(inventory: &Inventory<'_>) -> Self {
        let objects = inventory.objects().iter().filter(|object| is_acted_on(object));
        ActedOn(objects.map(|object| inventory.namespace_of(object).to_owned()).collect())
    }
}

/// Whether a selector can match some pod of a namespace, as [`can_select`] says.
pub(crate) fn selects_some(inventory: &Inventory<'_>, namespace: &str, selector: LabelSelector<'_>) -> bool {
    let mut labels = selector.labels().filter(|(key, _)| !is_of_controller(key));
    inventory.pods_with(namespace, &mut labels).any(|pod| can_select(selector, pod))
        || inventory
            .derived(Patches::of)
            .labels(inventory, namespace)
            .any(|labels| can_match(selector, labels))
}

/// Whether a selector can match the pods of a template: what it asks of labels that only controllers give is taken
/// to be met.
pub(crate) fn can_select(selector: LabelSelector<'_>, pod: &Pod<'_>) -> bool {
    can_match(selector, Labels(pod.labels()))
}

fn can_match(selector: LabelSelector<'_>, labels: Labels<'_>) -> bool {
    selector.can_match_by(|key| labels.get(key), is_of_controller)
}

/// The numbers of objects whose template has labels and no spec: patches, which give their labels to the pods of
/// another.
struct Patches(Vec<usize>);

impl Patches {
    fn of(inventory: &Inventory<'_>) -> Self {
        let has_labels = |object: &Object<'_>| {
            inventory.pods_of(object).is_empty() && template_labels(object).any(|labels| !labels.is_empty())
        };
        let objects = inventory.objects().iter().enumerate();
        Patches(objects.filter(|(_, object)| has_labels(object)).map(|(number, _)| number).collect())
    }

    fn labels<'d>(&self, inventory: &Inventory<'d>, namespace: &str) -> impl Iterator<Item = Labels<'d>> {
        self.0
            .iter()
            .filter_map(|number| inventory.objects().get(*number))
            .filter(move |object| inventory.namespace_of(object) == namespace)
            .flat_map(template_labels)
            .filter(|labels| !labels.is_empty())
            .map(Labels)
    }
}

/// The labels of the pod templates that stand at one place of a kind.
fn template_labels<'d>(object: &Object<'d>) -> impl Iterator<Item = Field<'d>> + use<'d> {
    let object = *object;
    pod_templates(object.group(), object.kind())
        .iter()
        .filter(|path| !path.is_empty() && !path.contains(['[', '{']))
        .map(move |path| object.get(path).get("metadata.labels"))
}

/// What is known of a label of a pod: what is written, else what the controller that makes the pod gives it.
pub(crate) fn label<'d>(pod: &Pod<'d>, key: &str) -> Known<'d> {
    if let Some(written) = Labels(pod.labels()).get(key) {
        return Known::Is(written);
    }
    let object = pod.object();
    match (object.group(), object.kind(), key) {
        ("batch", "Job", "job-name" | "batch.kubernetes.io/job-name")
        | ("serving.knative.dev", "Service", "serving.knative.dev/service")
            if !object.name().is_empty() =>
        {
            Known::Is(object.name())
        }
        _ if is_given(&object, key) => Known::Unknown,
        _ => Known::Absent,
    }
}

/// Whether a selector names a label that controllers give.
pub(crate) fn names_controllers(selector: LabelSelector<'_>) -> bool {
    let field = selector.field();
    let mut expressions = field.get("matchExpressions").items();
    field.get("matchLabels").entries().any(|(key, _)| is_of_controller(key))
        || expressions.any(|expression| is_of_controller(expression.get("key").text()))
}

/// Whether the pods of an object may be given a label.
pub(crate) fn is_given(object: &Object<'_>, key: &str) -> bool {
    giver(key).is_some_and(|giver| match giver {
        Giver::Injected => true,
        Giver::Controllers(kinds) => {
            !matches!(object.group(), "" | "apps" | "batch") || kinds.contains(&object.kind())
        }
    })
}

fn is_of_controller(key: &str) -> bool {
    giver(key).is_some()
}

fn giver(key: &str) -> Option<&'static Giver> {
    let is_meant = |given: &str| key == given || (given.ends_with('/') && key.starts_with(given));
    GIVEN.iter().find(|(given, _)| is_meant(given)).map(|(_, giver)| giver)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::with_inventory;
    use super::*;

    const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, labels: {app: web}}\nspec: {containers: []}\n";

    #[test]
    fn a_namespace_is_held_where_nothing_else_makes_pods() {
        for (more, expected) in [
            ("", true),
            ("apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: {name: q, namespace: shop}\n", false),
            ("apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: {name: q, namespace: bank}\n", true),
            ("apiVersion: cert-manager.io/v1\nkind: Issuer\nmetadata: {name: q, namespace: shop}\n", true),
            ("apiVersion: route.openshift.io/v1\nkind: Route\nmetadata: {name: q, namespace: shop}\n", true),
            (
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: q, namespace: shop}\n",
                false,
            ),
            ("apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: q, namespace: shop}\n", true),
            (
                "apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: q, namespace: shop}\n",
                false,
            ),
        ] {
            with_inventory(&format!("{POD}---\n{more}"), |inventory| {
                assert_eq!(holds_pods_of(inventory, "shop"), expected, "{more}");
            });
        }
        with_inventory(POD, |inventory| assert!(!holds_pods_of(inventory, "bank"), "nothing was read of it"));
    }

    #[test]
    fn labels_of_controllers_are_taken_to_match() {
        let text = format!(
            "{POD}---\napiVersion: v1\nkind: Service\nspec:\n  a: {{app: web, statefulset.kubernetes.io/pod-name: web-0}}\n  b: {{app: db, statefulset.kubernetes.io/pod-name: web-0}}\n  c: {{app: web, tier: front}}\n  d: {{matchExpressions: [{{key: app, operator: In, values: [web]}}, {{key: pod-template-hash, operator: Exists}}]}}\n  e: {{matchExpressions: [{{key: app, operator: NotIn, values: [web]}}, {{key: pod-template-hash, operator: Exists}}]}}\n"
        );
        with_inventory(&text, |inventory| {
            let pod = inventory.pods().first().expect("a pod");
            let service = inventory.of_kind("", "Service").next().expect("a Service");
            for (path, expected) in [("spec.a", true), ("spec.b", false), ("spec.c", false)] {
                let selector = LabelSelector::plain(service.get(path));
                assert_eq!(can_select(selector, pod), expected, "{path}");
            }
            for (path, expected) in [("spec.d", true), ("spec.e", false)] {
                let selector = LabelSelector::new(service.get(path));
                assert_eq!(can_select(selector, pod), expected, "{path}");
            }
        });
    }
}

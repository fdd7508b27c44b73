//! What a scan can tell to be absent.
//!
//! That nothing matches a selector or a name means something only where the scan holds what could.

use plimsoll_kubernetes::{Field, Inventory, LabelSelector, Labels, Object, Pod};

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
    "elbv2.k8s.aws",
    "alb.networking.azure.io",
    "networking.gke.io",
    "cloud.google.com",
    "snapshot.storage.k8s.io",
];

/// Labels that controllers give to pods when they make them; no template shows them.
const LABELS_OF_CONTROLLERS: &[&str] = &[
    "apps.kubernetes.io/pod-index",
    "controller-revision-hash",
    "controller-uid",
    "job-name",
    "pod-template-generation",
    "pod-template-hash",
    "rollouts-pod-template-hash",
    "security.istio.io/tlsMode",
    "service.istio.io/canonical-name",
    "service.istio.io/canonical-revision",
];

/// Their prefixes, where a controller has several.
const PREFIXES_OF_CONTROLLERS: &[&str] = &[
    "batch.kubernetes.io/",
    "jobset.sigs.k8s.io/",
    "leaderworkerset.sigs.k8s.io/",
    "linkerd.io/",
    "ray.io/",
    "serving.knative.dev/",
    "statefulset.kubernetes.io/",
    "topology.kubernetes.io/",
    "training.kubeflow.org/",
];

/// Whether an object may make pods or Services that the scan doesn't show: a custom resource that
/// some operator acts on.
fn is_acted_on(object: &Object<'_>) -> bool {
    let group = object.group();
    let is_builtin = !group.contains('.') || group.ends_with(".k8s.io") || group.ends_with(".x-k8s.io");
    let only_watches = group == "monitoring.coreos.com"
        && matches!(object.kind(), "ServiceMonitor" | "PodMonitor" | "PrometheusRule" | "Probe");
    !is_builtin && !only_watches && !PLAIN_GROUPS.contains(&group)
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
        || inventory.of_kind("", "Service").any(|service| inventory.namespace_of(service) == namespace);
    any && is_closed(inventory, namespace)
}

fn is_closed(inventory: &Inventory<'_>, namespace: &str) -> bool {
    !matches!(namespace, "kube-system" | "kube-public" | "kube-node-lease")
        && !inventory
            .objects()
            .iter()
            .any(|object| is_acted_on(object) && inventory.namespace_of(object) == namespace)
}

/// Whether a selector can match the pods of a template: labels that only controllers give are taken
/// to match.
pub(crate) fn can_select(selector: LabelSelector<'_>, plain: bool, pod: &Pod<'_>) -> bool {
    let labels = Labels(pod.labels());
    if selector.matches(labels) {
        return true;
    }
    let field = selector.field();
    let map = if plain { field } else { field.get("matchLabels") };
    let equal = |(key, value): (&str, Field<'_>)| {
        is_of_controller(key) || (value.as_str().is_some() && labels.get(key) == value.as_str())
    };
    let mut keys = map.entries().map(|(key, _)| key);
    // Expressions are rare, and rarer with such labels: only those of plain maps are read so.
    keys.any(is_of_controller)
        && map.entries().all(equal)
        && (plain || field.get("matchExpressions").is_empty())
}

fn is_of_controller(key: &str) -> bool {
    LABELS_OF_CONTROLLERS.contains(&key)
        || PREFIXES_OF_CONTROLLERS.iter().any(|prefix| key.starts_with(prefix))
}

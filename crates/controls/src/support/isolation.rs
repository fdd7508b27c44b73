//! Which pods some network policy isolates, of whatever kind.
//!
//! NetworkPolicy is read exactly. Other kinds (Cilium, Calico, Antrea, the network policy API) are
//! read as far as their selectors are plain, and count as isolating wherever that leaves a doubt: they
//! take findings away, and never bring one.

use std::collections::HashMap;

use plimsoll_kubernetes::{Field, Inventory, LabelSelector, Labels, Object, Pod};

use super::network_policy::{
    Direction, Known, Match, NetworkPolicy, match_namespace, match_selector, namespace_label,
};

/// All policies of a scan.
pub(crate) struct Isolation<'i, 'd> {
    inventory: &'i Inventory<'d>,
    policies: HashMap<&'d str, Vec<NetworkPolicy<'d>>>,
    /// Policies of other kinds, by the one namespace that they can speak about; `None` where they can
    /// speak about any.
    foreign: HashMap<Option<&'d str>, Vec<Object<'d>>>,
}

impl<'i, 'd> Isolation<'i, 'd> {
    pub(crate) fn of(inventory: &'i Inventory<'d>) -> Self {
        let mut policies: HashMap<&'d str, Vec<NetworkPolicy<'d>>> = HashMap::new();
        for policy in NetworkPolicy::all(inventory) {
            policies.entry(inventory.namespace_of(&policy.object())).or_default().push(policy);
        }
        let mut foreign: HashMap<_, Vec<_>> = HashMap::new();
        for policy in inventory.objects().iter().filter(|object| is_foreign(object)) {
            foreign.entry(only_namespace(policy)).or_default().push(*policy);
        }
        Isolation { inventory, policies, foreign }
    }

    /// The pods and pod templates that a policy can select. What only adds containers to other pods is none.
    pub(crate) fn pods(&self) -> impl Iterator<Item = &'i Pod<'d>> + use<'i, 'd> {
        self.inventory.pods().iter().filter(|pod| pod.object().kind() != "SidecarSet")
    }

    /// The NetworkPolicies of a namespace.
    pub(crate) fn policies_in(&self, namespace: &str) -> &[NetworkPolicy<'d>] {
        self.policies.get(namespace).map_or(&[], Vec::as_slice)
    }

    /// The NetworkPolicies that select a pod and isolate it in a direction.
    pub(crate) fn isolating(
        &self,
        pod: &Pod<'d>,
        direction: Direction,
    ) -> impl Iterator<Item = NetworkPolicy<'d>> {
        let namespace = self.inventory.namespace_of(&pod.object());
        NetworkPolicy::selecting(self.inventory, namespace, Labels(pod.labels()))
            .filter(move |policy| policy.isolates(direction))
    }

    /// Whether a pod is isolated in a direction, or may be by a policy that isn't read exactly.
    pub(crate) fn isolates(&self, pod: &Pod<'d>, direction: Direction) -> bool {
        self.isolating(pod, direction).next().is_some() || self.foreign_isolates(pod, direction)
    }

    /// Whether a policy of another kind isolates a pod, or may.
    pub(crate) fn foreign_isolates(&self, pod: &Pod<'d>, direction: Direction) -> bool {
        let subject = Subject {
            namespace: self.inventory.namespace_of(&pod.object()),
            who: Who::Pod(pod),
            inventory: self.inventory,
        };
        self.some_foreign(&subject, direction)
    }

    /// Whether a policy of another kind isolates every pod of a namespace, or may.
    fn foreign_closes(&self, namespace: &'d str, direction: Direction) -> bool {
        let subject = Subject { namespace, who: Who::Unlabelled, inventory: self.inventory };
        self.some_foreign(&subject, direction)
    }

    /// Whether a policy of another kind isolates some pods of a namespace, or may.
    pub(crate) fn foreign_touches(&self, namespace: &'d str, direction: Direction) -> bool {
        let subject = Subject { namespace, who: Who::Any, inventory: self.inventory };
        self.some_foreign(&subject, direction)
    }

    fn some_foreign(&self, subject: &Subject<'_, 'd>, direction: Direction) -> bool {
        [Some(subject.namespace), None]
            .iter()
            .filter_map(|namespace| self.foreign.get(namespace))
            .flatten()
            .any(|policy| foreign(policy, subject, direction).is_possible())
    }
}

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
        let is_closed = policies.iter().any(|policy| selecting_all(&policy))
            && !policies.iter().filter(selecting_all).any(|policy| policy.allows_everything(direction));
        if is_closed || isolation.foreign_closes(namespace, direction) {
            continue;
        }
        let object = inventory.namespace(namespace).map(|object| object.get("metadata"));
        let policy = || policies.first().map(|policy| policy.object().get("metadata.namespace"));
        open.extend(object.or_else(policy).map(|field| (namespace, field)));
    }
    open
}

/// Whether Cilium's selector may match a pod.
pub(crate) fn cilium_can_select<'d>(
    selector: LabelSelector<'d>,
    pod: &Pod<'d>,
    inventory: &Inventory<'d>,
) -> bool {
    let subject = Subject { namespace: inventory.namespace_of(&pod.object()), who: Who::Pod(pod), inventory };
    match_selector(selector, |key| subject.cilium_label(key)).is_possible()
}

/// The group of NetworkPolicy; `extensions` is its old one.
fn is_native(object: &Object<'_>) -> bool {
    object.kind() == "NetworkPolicy" && matches!(object.group(), "networking.k8s.io" | "extensions")
}

/// Whether an object is a network policy of another kind. Calico's staged ones are not enforced.
fn is_foreign(object: &Object<'_>) -> bool {
    let kind = object.kind();
    let is_policy = kind.ends_with("NetworkPolicy") && !kind.starts_with("Staged") && !is_native(object);
    is_policy || matches!(kind, "EgressFirewall" | "SecurityGroupPolicy")
}

/// Whom a policy is asked about, in a namespace.
#[derive(Clone, Copy)]
enum Who<'s, 'd> {
    Pod(&'s Pod<'d>),
    /// Some pod, whatever its labels.
    Any,
    /// A pod that has no label: only what selects every pod selects it.
    Unlabelled,
}

struct Subject<'s, 'd> {
    namespace: &'d str,
    who: Who<'s, 'd>,
    inventory: &'s Inventory<'d>,
}

impl<'d> Subject<'_, 'd> {
    fn label(&self, key: &str) -> Known<'d> {
        match self.who {
            Who::Pod(pod) => Labels(pod.labels()).get(key).into(),
            Who::Any => Known::Unknown,
            Who::Unlabelled => Known::Absent,
        }
    }

    /// A label as Cilium writes it: with its source, and with the namespace's labels among the pod's.
    fn cilium_label(&self, key: &str) -> Known<'d> {
        let key = key.strip_prefix("k8s:").or_else(|| key.strip_prefix("any:")).unwrap_or(key);
        if key == "io.kubernetes.pod.namespace" {
            return Known::Is(self.namespace);
        }
        if let Some(key) = key.strip_prefix("io.cilium.k8s.namespace.labels.") {
            return namespace_label(key, self.namespace, self.inventory);
        }
        if key.contains(':') || key.starts_with("io.cilium.k8s.") || key.starts_with("io.kubernetes.") {
            return Known::Unknown;
        }
        self.label(key)
    }

    /// A label as Calico writes it.
    fn calico_label(&self, key: &str) -> Known<'d> {
        match key {
            "projectcalico.org/namespace" => Known::Is(self.namespace),
            _ if key.starts_with("projectcalico.org/") => Known::Unknown,
            _ => self.label(key),
        }
    }
}

/// The namespace that a policy of another kind is confined to, where it is.
fn only_namespace<'d>(policy: &Object<'d>) -> Option<&'d str> {
    let everywhere = ["Cluster", "CiliumClusterwide", "Global", "Admin", "BaselineAdmin"]
        .iter()
        .any(|prefix| policy.kind().starts_with(prefix));
    if everywhere { None } else { policy.namespace() }
}

/// Whether a policy that can speak about the subject's namespace isolates it.
fn foreign(policy: &Object<'_>, subject: &Subject<'_, '_>, direction: Direction) -> Match {
    match policy.group() {
        "cilium.io" => cilium(policy, subject, direction),
        "projectcalico.org" | "crd.projectcalico.org" => calico(policy, subject, direction),
        "policy.networking.k8s.io" => tiered(policy, subject, direction),
        _ => Match::Unknown,
    }
}

/// A rule isolates in the directions that it speaks of, unless `enableDefaultDeny` says otherwise.
fn cilium(policy: &Object<'_>, subject: &Subject<'_, '_>, direction: Direction) -> Match {
    let mut result = Match::No;
    for spec in std::iter::once(policy.get("spec")).chain(policy.get("specs").items()) {
        let speaks = match direction {
            Direction::Ingress => spec.get("ingress").exists() || spec.get("ingressDeny").exists(),
            Direction::Egress => spec.get("egress").exists() || spec.get("egressDeny").exists(),
        };
        let selector = spec.get("endpointSelector");
        if !speaks || !selector.exists() || spec.get("enableDefaultDeny").get(direction.rules()).is_false() {
            continue;
        }
        match match_selector(LabelSelector::new(selector), |key| subject.cilium_label(key)) {
            Match::Yes => return Match::Yes,
            Match::Unknown => result = Match::Unknown,
            Match::No => {}
        }
    }
    result
}

/// `types` default as those of NetworkPolicy do, but without ingress where there are egress rules alone.
fn calico(policy: &Object<'_>, subject: &Subject<'_, '_>, direction: Direction) -> Match {
    let types = policy.get("spec.types");
    let isolates = if types.is_empty() {
        let (ingress, egress) = (policy.get("spec.ingress"), policy.get("spec.egress"));
        match direction {
            Direction::Ingress => !ingress.is_empty() || egress.is_empty(),
            Direction::Egress => !egress.is_empty(),
        }
    } else {
        types.contains(direction.name())
    };
    if !isolates {
        return Match::No;
    }
    let others = ["spec.namespaceSelector", "spec.serviceAccountSelector"];
    let rest = if others.iter().all(|path| policy.get(path).text().is_empty()) {
        Match::Yes
    } else {
        Match::Unknown
    };
    calico_selector(policy.get("spec.selector").text(), subject).and(rest)
}

/// Calico's selectors are expressions; a conjunction of `all()`, `has(key)` and `key == 'value'` is read.
fn calico_selector(selector: &str, subject: &Subject<'_, '_>) -> Match {
    let selector = selector.trim();
    if selector.is_empty() || selector == "all()" {
        return Match::Yes;
    }
    if selector.contains("||") || selector.contains('!') {
        return Match::Unknown;
    }
    selector.split("&&").map(|term| calico_term(term.trim(), subject)).fold(Match::Yes, Match::and)
}

fn calico_term(term: &str, subject: &Subject<'_, '_>) -> Match {
    if term == "all()" {
        return Match::Yes;
    }
    if let Some(key) = term.strip_prefix("has(").and_then(|rest| rest.strip_suffix(')')) {
        return match subject.calico_label(key.trim()) {
            Known::Is(_) => Match::Yes,
            Known::Absent => Match::No,
            Known::Unknown => Match::Unknown,
        };
    }
    let Some((key, value)) = term.split_once("==") else { return Match::Unknown };
    let value = value.trim();
    let unquoted = ['\'', '"']
        .into_iter()
        .find_map(|quote| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)));
    match (subject.calico_label(key.trim()), unquoted) {
        (Known::Is(label), Some(value)) => (label == value).into(),
        (Known::Absent, Some(_)) => Match::No,
        _ => Match::Unknown,
    }
}

/// Policies of the network policy API isolate nothing by themselves: only what they deny is closed.
fn tiered(policy: &Object<'_>, subject: &Subject<'_, '_>, direction: Direction) -> Match {
    let denies = policy.get("spec").get(direction.rules()).items().any(|rule| rule.get("action").is("Deny"));
    if !denies {
        return Match::No;
    }
    let of = policy.get("spec.subject");
    let namespaces =
        |field: Field<'_>| match_namespace(LabelSelector::new(field), subject.namespace, subject.inventory);
    if of.get("namespaces").exists() {
        return namespaces(of.get("namespaces"));
    }
    if of.get("pods").exists() {
        let pods = LabelSelector::new(of.get("pods.podSelector"));
        return namespaces(of.get("pods.namespaceSelector"))
            .and(match_selector(pods, |key| subject.label(key)));
    }
    Match::Unknown
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use plimsoll_doc::{Document, Limits, SourceFile, parse};
    use plimsoll_kubernetes::objects;

    use super::*;

    const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, labels: {app: web}}\nspec: {containers: []}\n";

    fn with<T>(text: &str, look: impl Fn(&Isolation<'_, '_>) -> T) -> T {
        let file = Arc::new(SourceFile::new("test.yaml", text.as_bytes().to_vec()));
        let documents: Vec<Document> =
            parse(&file, &Limits::default()).into_iter().map(|entry| entry.expect("a document")).collect();
        let mut found = Vec::new();
        for document in &documents {
            objects(document.root(), |object| found.push(object.expect("an object")));
        }
        look(&Isolation::of(&Inventory::new(found, "default")))
    }

    /// Whether a policy isolates the pod for ingress and for egress.
    fn isolates(policy: &str) -> (bool, bool) {
        with(&format!("{POD}---\n{policy}"), |isolation| {
            let pod = isolation.inventory.pods().first().expect("a pod");
            (isolation.isolates(pod, Direction::Ingress), isolation.isolates(pod, Direction::Egress))
        })
    }

    fn policy(api: &str, kind: &str, spec: &str) -> String {
        format!("apiVersion: {api}\nkind: {kind}\nmetadata: {{name: p, namespace: shop}}\nspec: {spec}\n")
    }

    #[test]
    fn network_policies_are_read_exactly() {
        let native = |spec: &str| isolates(&policy("networking.k8s.io/v1", "NetworkPolicy", spec));
        assert_eq!(native("{podSelector: {}}"), (true, false));
        assert_eq!(native("{podSelector: {matchLabels: {app: db}}}"), (false, false));
        assert_eq!(native("{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}"), (false, true));
    }

    #[test]
    fn cilium_isolates_where_it_has_rules() {
        let cilium = |spec: &str| isolates(&policy("cilium.io/v2", "CiliumNetworkPolicy", spec));
        assert_eq!(cilium("{endpointSelector: {}, ingress: [{}]}"), (true, false));
        assert_eq!(
            cilium("{endpointSelector: {matchLabels: {'k8s:app': web}}, egress: [{}]}"),
            (false, true)
        );
        assert_eq!(cilium("{endpointSelector: {matchLabels: {app: db}}, egress: [{}]}"), (false, false));
        assert_eq!(
            cilium("{endpointSelector: {matchLabels: {'reserved:init': ''}}, egress: [{}]}"),
            (false, true)
        );
        assert_eq!(
            cilium("{endpointSelector: {}, ingress: [{}], enableDefaultDeny: {ingress: false}}"),
            (false, false)
        );
        assert_eq!(cilium("{nodeSelector: {}, ingress: [{}]}"), (false, false));
    }

    #[test]
    fn calico_isolates_by_types() {
        let calico = |spec: &str| isolates(&policy("projectcalico.org/v3", "NetworkPolicy", spec));
        assert_eq!(calico("{selector: all()}"), (true, false));
        assert_eq!(calico("{selector: \"app == 'web'\", types: [Egress]}"), (false, true));
        assert_eq!(calico("{selector: \"app == 'db'\"}"), (false, false));
        assert_eq!(calico("{selector: \"app in {'db'}\"}"), (true, false), "not read, so it may");
        assert_eq!(calico("{selector: \"has(tier)\"}"), (false, false));
        assert_eq!(calico("{selector: all(), egress: [{action: Deny}]}"), (false, true));
    }

    #[test]
    fn tiers_close_what_they_deny() {
        let tiered =
            |spec: &str| isolates(&policy("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy", spec));
        assert_eq!(tiered("{subject: {namespaces: {}}, ingress: [{action: Deny}]}"), (true, false));
        assert_eq!(tiered("{subject: {namespaces: {}}, ingress: [{action: Accept}]}"), (false, false));
        assert_eq!(
            tiered(
                "{subject: {namespaces: {matchLabels: {kubernetes.io/metadata.name: bank}}}, ingress: [{action: Deny}]}"
            ),
            (false, false)
        );
        assert_eq!(
            tiered(
                "{subject: {pods: {namespaceSelector: {matchLabels: {team: a}}, podSelector: {}}}, egress: [{action: Deny}]}"
            ),
            (false, true),
            "the labels of the namespace are not known"
        );
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
                assert_eq!(isolation.foreign_closes("shop", Direction::Ingress), expected, "{spec}");
                assert!(isolation.foreign_touches("shop", Direction::Ingress), "{spec}");
                assert!(!isolation.foreign_touches("bank", Direction::Ingress), "{spec}");
            });
        }
    }

    #[test]
    fn kinds_that_are_not_known_count() {
        assert_eq!(isolates(&policy("crd.antrea.io/v1beta1", "ClusterNetworkPolicy", "{}")), (true, true));
        assert_eq!(isolates(&policy("projectcalico.org/v3", "StagedNetworkPolicy", "{}")), (false, false));
    }
}

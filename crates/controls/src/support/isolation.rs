//! Which pods some network policy isolates, of whatever kind.
//!
//! NetworkPolicy is read exactly. Other kinds (Cilium, Calico, Antrea, the network policy API, egress
//! firewalls, security groups) are read as far as their selectors and rules are plain, and count as
//! isolating wherever that leaves a doubt: they take findings away, and never bring one.

mod calico;

use std::collections::HashMap;
use std::net::IpAddr;

use plimsoll_kubernetes::{Field, Inventory, LabelSelector, Labels, Object, Pod};

use super::cidr::{Block, Cidr, cover_everything};
use super::network_policy::{
    Direction, Known, Match, NAMESPACE_NAME, NetworkPolicy, Peer, Rule, block, match_namespace,
    match_selector, match_selector_but, namespace_label,
};
use super::scope;

/// All policies of a scan.
pub(crate) struct Isolation<'i, 'd> {
    inventory: &'i Inventory<'d>,
    policies: HashMap<&'d str, Vec<NetworkPolicy<'d>>>,
    /// Those of them that select by labels which controllers give, and no template shows.
    by_controllers: HashMap<&'d str, Vec<NetworkPolicy<'d>>>,
    /// Policies of other kinds, by the one namespace that they can speak about; `None` where they can
    /// speak about any.
    foreign: HashMap<Option<&'d str>, Vec<Object<'d>>>,
}

impl<'i, 'd> Isolation<'i, 'd> {
    pub(crate) fn of(inventory: &'i Inventory<'d>) -> Self {
        let mut policies: HashMap<&'d str, Vec<NetworkPolicy<'d>>> = HashMap::new();
        let mut by_controllers: HashMap<&'d str, Vec<NetworkPolicy<'d>>> = HashMap::new();
        for policy in NetworkPolicy::all(inventory) {
            let namespace = inventory.namespace_of(&policy.object());
            policies.entry(namespace).or_default().push(policy);
            if scope::names_controllers(policy.selector()) {
                by_controllers.entry(namespace).or_default().push(policy);
            }
        }
        let mut foreign: HashMap<_, Vec<_>> = HashMap::new();
        for policy in inventory.objects().iter().filter(|object| is_foreign(object)) {
            foreign.entry(only_namespace(policy, inventory)).or_default().push(*policy);
        }
        Isolation { inventory, policies, by_controllers, foreign }
    }

    /// The pods and pod templates that a policy can select. What only adds containers to other pods is none.
    pub(crate) fn pods(&self) -> impl Iterator<Item = &'i Pod<'d>> + use<'i, 'd> {
        self.inventory.pods().iter().filter(|pod| pod.object().kind() != "SidecarSet")
    }

    /// The NetworkPolicies of a namespace.
    pub(crate) fn policies_in(&self, namespace: &str) -> &[NetworkPolicy<'d>] {
        self.policies.get(namespace).map_or(&[], Vec::as_slice)
    }

    /// The NetworkPolicies that select a pod, or may by what its controller gives it, and isolate it in a
    /// direction.
    pub(crate) fn isolating(
        &self,
        pod: &Pod<'d>,
        direction: Direction,
    ) -> impl Iterator<Item = NetworkPolicy<'d>> {
        let namespace = self.inventory.namespace_of(&pod.object());
        let labels = Labels(pod.labels());
        let by_controllers = self.by_controllers.get(namespace).map_or(&[][..], Vec::as_slice);
        let given = by_controllers.iter().copied().filter(move |policy| {
            !policy.selects(labels)
                && match_selector(policy.selector(), |key| scope::label(pod, key)).is_possible()
        });
        NetworkPolicy::selecting(self.inventory, namespace, labels)
            .chain(given)
            .filter(move |policy| policy.isolates(direction))
    }

    /// Whether a pod is isolated in a direction, or may be by a policy that isn't read exactly.
    pub(crate) fn isolates(&self, pod: &Pod<'d>, direction: Direction) -> bool {
        self.isolating(pod, direction).next().is_some() || self.foreign_isolates(pod, direction)
    }

    /// Whether a policy of another kind isolates a pod, or may.
    fn foreign_isolates(&self, pod: &Pod<'d>, direction: Direction) -> bool {
        self.foreign_answers(pod, Question::Closed(direction))
    }

    /// Whether the answer for a pod is yes by some policy of another kind, or may be.
    pub(crate) fn foreign_answers(&self, pod: &Pod<'d>, question: Question) -> bool {
        let namespace = self.inventory.namespace_of(&pod.object());
        let is_selected = self.isolating(pod, question.direction()).next().is_some();
        self.some_foreign(namespace, Who::Pod(pod), is_selected, question)
    }

    /// The same for every pod of a scan that a NetworkPolicy selects. Where none was read: for the pods
    /// that its labels describe.
    pub(crate) fn foreign_answers_all(&self, policy: &NetworkPolicy<'d>, question: Question) -> bool {
        let namespace = self.inventory.namespace_of(&policy.object());
        let mut pods = self.inventory.selected(namespace, policy.selector()).peekable();
        if pods.peek().is_none() {
            return self.foreign_answers_like(policy, question);
        }
        pods.all(|pod| self.foreign_answers(pod, question))
    }

    /// The same for a pod of which nothing is known but the labels by which a NetworkPolicy selects it.
    pub(crate) fn foreign_answers_like(&self, policy: &NetworkPolicy<'d>, question: Question) -> bool {
        let namespace = self.inventory.namespace_of(&policy.object());
        let is_selected = policy.isolates(question.direction());
        self.some_foreign(namespace, Who::Like(policy.selector()), is_selected, question)
    }

    /// Whether a policy of another kind isolates every pod of a namespace, or may.
    fn foreign_closes(&self, namespace: &'d str, is_selected: bool, direction: Direction) -> bool {
        self.some_foreign(namespace, Who::Unlabelled, is_selected, Question::Closed(direction))
    }

    /// Whether a policy of another kind speaks about some pods of a namespace, or may.
    pub(crate) fn foreign_touches(&self, namespace: &'d str) -> bool {
        [Direction::Ingress, Direction::Egress]
            .into_iter()
            .any(|direction| self.some_foreign(namespace, Who::Any, false, Question::Spoken(direction)))
    }

    /// Whether policies bound a namespace: some of its own, or one of the cluster that closes every pod or may.
    pub(crate) fn bounds(&self, namespace: &'d str) -> bool {
        !self.policies_in(namespace).is_empty()
            || self.foreign.contains_key(&Some(namespace))
            || [Direction::Ingress, Direction::Egress]
                .into_iter()
                .any(|direction| self.foreign_closes(namespace, false, direction))
    }

    fn some_foreign(
        &self,
        namespace: &'d str,
        who: Who<'_, 'd>,
        is_selected: bool,
        question: Question,
    ) -> bool {
        let subject = Subject { namespace, who, is_selected, inventory: self.inventory };
        [Some(namespace), None]
            .iter()
            .filter_map(|namespace| self.foreign.get(namespace))
            .flatten()
            .any(|policy| foreign(policy, &subject, question).is_possible())
    }
}

/// What is asked of a policy of another kind.
#[derive(Clone, Copy)]
pub(crate) enum Question {
    /// Whether it closes a direction but for what rules allow.
    Closed(Direction),
    /// Whether it says anything of a direction.
    Spoken(Direction),
    /// Whether it closes the way to an address on port 80, with or without the rest of egress.
    Denied(IpAddr),
}

impl Question {
    const fn direction(self) -> Direction {
        match self {
            Question::Closed(direction) | Question::Spoken(direction) => direction,
            Question::Denied(_) => Direction::Egress,
        }
    }
}

/// The port by which metadata services answer.
const HTTP: i64 = 80;

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
        let is_selected = policies.iter().any(|policy| selecting_all(&policy));
        let is_closed = is_selected
            && !policies.iter().filter(selecting_all).any(|policy| policy.allows_everything(direction));
        if is_closed || isolation.foreign_closes(namespace, is_selected, direction) {
            continue;
        }
        let object = inventory.namespace(namespace).map(|object| object.get("metadata"));
        let policy = || policies.first().map(|policy| policy.object().get("metadata.namespace"));
        open.extend(object.or_else(policy).map(|field| (namespace, field)));
    }
    open
}

/// The label by which Cilium knows a pod's namespace.
pub(crate) const CILIUM_NAMESPACE: &str = "io.kubernetes.pod.namespace";

/// The same as Cilium writes it itself. What a policy of a namespace asks of it in `matchLabels` is
/// overwritten: such a policy is for its own namespace, whatever it says there.
pub(crate) const CILIUM_OWN_NAMESPACE: &str = "k8s:io.kubernetes.pod.namespace";

/// Whether the selector of a policy of a namespace may match one of its pods in Cilium.
pub(crate) fn cilium_can_select<'d>(
    selector: LabelSelector<'d>,
    pod: &Pod<'d>,
    inventory: &Inventory<'d>,
) -> bool {
    let namespace = inventory.namespace_of(&pod.object());
    let subject = Subject { namespace, who: Who::Pod(pod), is_selected: false, inventory };
    match_selector_but(selector, Some(CILIUM_OWN_NAMESPACE), |key| subject.cilium_label(key)).is_possible()
}

/// The group of NetworkPolicy; `extensions` is its old one.
fn is_native(object: &Object<'_>) -> bool {
    object.kind() == "NetworkPolicy" && matches!(object.group(), "networking.k8s.io" | "extensions")
}

/// Whether an object is a network policy of another kind. Calico's staged ones are not enforced, and a
/// MultiNetworkPolicy is for the further interfaces of a pod, not for the cluster's network.
fn is_foreign(object: &Object<'_>) -> bool {
    let kind = object.kind();
    let is_policy = kind.ends_with("NetworkPolicy")
        && !kind.starts_with("Staged")
        && kind != "MultiNetworkPolicy"
        && !is_native(object);
    is_policy || matches!(kind, "EgressFirewall" | "SecurityGroupPolicy")
}

/// The label by which Calico knows the name of a namespace and of an account.
const CALICO_NAME: &str = "projectcalico.org/name";

/// Whom a policy is asked about, in a namespace.
#[derive(Clone, Copy)]
enum Who<'s, 'd> {
    Pod(&'s Pod<'d>),
    /// A pod that a selector matches: the labels that the selector names are known.
    Like(LabelSelector<'d>),
    /// Some pod, whatever its labels.
    Any,
    /// A pod that has no label: only what selects every pod selects it.
    Unlabelled,
}

struct Subject<'s, 'd> {
    namespace: &'d str,
    who: Who<'s, 'd>,
    /// Whether a NetworkPolicy isolates it in the direction that is asked about.
    is_selected: bool,
    inventory: &'s Inventory<'d>,
}

impl<'d> Subject<'_, 'd> {
    fn label(&self, key: &str) -> Known<'d> {
        match self.who {
            Who::Pod(pod) => scope::label(pod, key),
            Who::Like(selector) => {
                Labels(selector.field().get("matchLabels")).get(key).map_or(Known::Unknown, Known::Is)
            }
            Who::Any => Known::Unknown,
            Who::Unlabelled => Known::Absent,
        }
    }

    /// A label as Cilium writes it: with its source, and with the namespace's labels among the pod's.
    fn cilium_label(&self, key: &str) -> Known<'d> {
        let key = key.strip_prefix("k8s:").or_else(|| key.strip_prefix("any:")).unwrap_or(key);
        if key == CILIUM_NAMESPACE {
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
            // Those of its namespace and its account have these in front.
            _ if ["projectcalico.org/", "pcns.", "pcsa."].iter().any(|prefix| key.starts_with(prefix)) => {
                Known::Unknown
            }
            _ => self.label(key),
        }
    }

    /// A label of the namespace as Calico writes it: with one for its name beside that of Kubernetes.
    fn calico_namespace_label(&self, key: &str) -> Known<'d> {
        match key {
            CALICO_NAME => Known::Is(self.namespace),
            _ if key.starts_with("projectcalico.org/") => Known::Unknown,
            _ => namespace_label(key, self.namespace, self.inventory),
        }
    }

    /// A label of the pod's account: its name alone is known.
    fn calico_account_label(&self, key: &str) -> Known<'d> {
        match (key, self.who) {
            (CALICO_NAME, Who::Pod(pod)) => Known::Is(pod.service_account()),
            _ => Known::Unknown,
        }
    }
}

/// The namespace that a policy of another kind is confined to, where it is.
fn only_namespace<'d>(policy: &Object<'d>, inventory: &Inventory<'d>) -> Option<&'d str> {
    let everywhere = ["Cluster", "CiliumClusterwide", "Global", "Admin", "BaselineAdmin"]
        .iter()
        .any(|prefix| policy.kind().starts_with(prefix));
    if everywhere { None } else { Some(inventory.namespace_of(policy)) }
}

/// The answer of a policy that can speak about the subject's namespace.
fn foreign(policy: &Object<'_>, subject: &Subject<'_, '_>, question: Question) -> Match {
    match (policy.group(), policy.kind()) {
        ("cilium.io", _) => cilium(policy, subject, question),
        ("projectcalico.org" | "crd.projectcalico.org", _) => calico(policy, subject, question),
        ("policy.networking.k8s.io", _) | ("networking.k8s.aws", "ClusterNetworkPolicy") => {
            tiered(policy, subject, question)
        }
        ("networking.k8s.aws", "ApplicationNetworkPolicy") => by_application(policy, subject, question),
        ("crd.antrea.io", "ClusterNetworkPolicy" | "NetworkPolicy") => antrea(policy, subject, question),
        (_, "EgressFirewall" | "EgressNetworkPolicy") => egress_firewall(policy, question),
        (_, "SecurityGroupPolicy") => security_groups(policy, subject),
        _ => Match::Unknown,
    }
}

/// A rule closes the directions in which its lists hold something, unless `enableDefaultDeny` says
/// otherwise or everything is let through. An empty list is as good as none.
fn cilium(policy: &Object<'_>, subject: &Subject<'_, '_>, question: Question) -> Match {
    let mut result = Match::No;
    let direction = question.direction();
    for spec in std::iter::once(policy.get("spec")).chain(policy.get("specs").items()) {
        let denies = match direction {
            Direction::Ingress => spec.get("ingressDeny"),
            Direction::Egress => spec.get("egressDeny"),
        };
        let has_rules = !spec.get(direction.rules()).is_empty() || !denies.is_empty();
        let closes = spec.get("enableDefaultDeny").get(direction.rules()).as_bool().unwrap_or(has_rules)
            && !spec.get(direction.rules()).items().any(|rule| cilium_allows_everything(&rule, direction));
        let yes = match question {
            Question::Closed(_) => closes,
            Question::Spoken(_) => closes || has_rules,
            Question::Denied(address) => closes || denies.items().any(|rule| cilium_denies(&rule, address)),
        };
        let selector = spec.get("endpointSelector");
        if !yes || !selector.exists() {
            continue;
        }
        let ignored = (!policy.is_cluster_scoped()).then_some(CILIUM_OWN_NAMESPACE);
        match match_selector_but(LabelSelector::new(selector), ignored, |key| subject.cilium_label(key)) {
            Match::Yes => return Match::Yes,
            Match::Unknown => result = Match::Unknown,
            Match::No => {}
        }
    }
    result
}

/// Whether a rule lets everybody through on every port. `all` is the cluster and the world together.
fn cilium_allows_everything(rule: &Field<'_>, direction: Direction) -> bool {
    let (entities, others) = match direction {
        Direction::Ingress => ("fromEntities", ["fromRequires", "toPorts", "icmps"]),
        Direction::Egress => ("toEntities", ["toRequires", "toPorts", "icmps"]),
    };
    let entities = rule.key(entities);
    let is_everybody =
        entities.contains("all") || (entities.contains("cluster") && entities.contains("world"));
    is_everybody && others.into_iter().all(|limit| rule.key(limit).is_empty())
}

/// `types` default as those of NetworkPolicy do, but without ingress where there are egress rules alone.
/// What no rule holds is denied.
fn calico(policy: &Object<'_>, subject: &Subject<'_, '_>, question: Question) -> Match {
    let types = policy.get("spec.types");
    let direction = question.direction();
    let rules = policy.get("spec").get(direction.rules());
    let isolates = if types.is_empty() {
        let (ingress, egress) = (policy.get("spec.ingress"), policy.get("spec.egress"));
        match direction {
            Direction::Ingress => !ingress.is_empty() || egress.is_empty(),
            Direction::Egress => !egress.is_empty(),
        }
    } else {
        types.contains(direction.name())
    };
    let yes = isolates
        && match question {
            Question::Spoken(_) => true,
            Question::Closed(_) => {
                first_denies(&rules, "action", DENY, true, |rule| calico_holds_all(rule, direction).into())
            }
            Question::Denied(address) => {
                first_denies(&rules, "action", DENY, true, |rule| calico_holds(rule, address))
            }
        };
    if !yes {
        return Match::No;
    }
    let text = |path| policy.get(path).text();
    calico::matches(text("spec.selector"), &|key| subject.calico_label(key))
        .and(calico::matches(text("spec.namespaceSelector"), &|key| subject.calico_namespace_label(key)))
        .and(calico::matches(text("spec.serviceAccountSelector"), &|key| subject.calico_account_label(key)))
}

/// Whether a rule asks for nothing at all: of peers, ports and protocols it is for every one. One that only
/// logs leaves everything to those after it.
fn calico_holds_all(rule: &Field<'_>, direction: Direction) -> bool {
    let side = match direction {
        Direction::Ingress => "source",
        Direction::Egress => "destination",
    };
    let is_everybody = |nets: &Field<'_>| {
        let blocks = nets.strings().filter_map(Cidr::parse).map(|cidr| Block { cidr, except: Vec::new() });
        cover_everything(&blocks.collect::<Vec<_>>())
    };
    let limits = |(key, value): (&str, Field<'_>)| match key {
        "action" | "metadata" => false,
        "source" | "destination" => value.entries().any(|(of_side, value)| {
            let is_free = key == side && of_side == "nets" && is_everybody(&value);
            is_written(&value) && !is_free
        }),
        _ => is_written(&value),
    };
    !rule.get("action").is("Log") && !rule.entries().any(limits)
}

/// Whether a rule of egress holds an address on port 80. Selectors of destinations may mean sets of
/// addresses that stand elsewhere.
fn calico_holds(rule: &Field<'_>, address: IpAddr) -> Match {
    let to = rule.get("destination");
    let holds = |nets: &Field<'_>| nets.strings().any(|net| single(net, address) || within(net, address));
    let is_tcp = |protocol: &Field<'_>| protocol.is("TCP") || protocol.as_i64() == Some(6);
    let (protocol, nets) = (rule.get("protocol"), to.get("nets"));
    let cannot = rule.get("action").is("Log")
        || (protocol.exists() && !is_tcp(&protocol))
        || is_tcp(&rule.get("notProtocol"))
        || is_written(&rule.get("icmp"))
        || rule.get("ipVersion").as_i64().is_some_and(|version| (version == 6) != address.is_ipv6())
        || (!nets.is_empty() && !holds(&nets))
        || holds(&to.get("notNets"))
        || (is_written(&to.get("notPorts")) && calico_ports(&to.get("notPorts")) == Match::Yes);
    if cannot {
        return Match::No;
    }
    let ports = if is_written(&to.get("ports")) { calico_ports(&to.get("ports")) } else { Match::Yes };
    let known =
        ["action", "metadata", "protocol", "notProtocol", "ipVersion", "notICMP", "icmp", "destination"];
    let plain = ["nets", "notNets", "ports"];
    let is_unread = rule.entries().any(|(key, value)| !known.contains(&key) && is_written(&value))
        || to.entries().any(|(key, value)| !plain.contains(&key) && is_written(&value));
    ports.and(if is_unread { Match::Unknown } else { Match::Yes })
}

/// Whether port 80 is among numbers, ranges (`1:1024`) and names.
fn calico_ports(ports: &Field<'_>) -> Match {
    let has = |port: Field<'_>| {
        if let Some(number) = port.as_i64() {
            return (number == HTTP).into();
        }
        let mut ends = port.text().splitn(2, ':').map(str::parse::<i64>);
        match (ends.next(), ends.next()) {
            (Some(Ok(number)), None) => (number == HTTP).into(),
            (Some(Ok(first)), Some(Ok(last))) => (first..=last).contains(&HTTP).into(),
            _ => Match::Unknown,
        }
    };
    ports.items().map(has).fold(Match::No, Match::or)
}

/// Whether something is written that has a content.
fn is_written(field: &Field<'_>) -> bool {
    !field.is_empty() || !field.text().is_empty() || field.as_i64().is_some()
}

fn single(text: &str, address: IpAddr) -> bool {
    text.parse().is_ok_and(|single: IpAddr| single == address)
}

fn within(text: &str, address: IpAddr) -> bool {
    Cidr::parse(text).is_some_and(|cidr| cidr.contains(address))
}

/// Whether a rule of `egressDeny` holds an address, where its peers are addresses or entities.
fn cilium_denies(rule: &Field<'_>, address: IpAddr) -> bool {
    let ports = rule.get("toPorts");
    let mut named = ports.items().flat_map(|entry| entry.get("ports").items());
    let on_port = ports.is_empty()
        || named.any(|port| {
            let first = port.get("port").text().parse().unwrap_or(0);
            let last = port.get("endPort").as_i64().unwrap_or(first);
            first == 0 || (first..=last).contains(&HTTP)
        });
    let by_address = rule.get("toCIDR").strings().any(|text| single(text, address) || within(text, address))
        || rule.get("toCIDRSet").items().filter_map(|set| block(&set)).any(|block| block.contains(address));
    let entities = rule.get("toEntities");
    on_port && (by_address || ["all", "world", "world-ipv4"].iter().any(|name| entities.contains(name)))
}

/// Policies of the network policy API isolate nothing by themselves: only what they deny is closed. The
/// first rule that holds decides.
fn tiered(policy: &Object<'_>, subject: &Subject<'_, '_>, question: Question) -> Match {
    let direction = question.direction();
    let rules = policy.get("spec").get(direction.rules());
    // A NetworkPolicy comes before the baseline and leaves nothing to it.
    let is_baseline = policy.kind() == "BaselineAdminNetworkPolicy" || policy.get("spec.tier").is("Baseline");
    let yes = match question {
        Question::Spoken(_) => !rules.is_empty(),
        _ if is_baseline && subject.is_selected => false,
        Question::Closed(_) => {
            first_denies(&rules, "action", DENY, false, |rule| tiered_holds_all(rule, direction))
        }
        Question::Denied(address) => {
            first_denies(&rules, "action", DENY, false, |rule| tiered_holds(rule, address))
        }
    };
    if !yes {
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

/// What most policies call it when they keep something away.
const DENY: &[&str] = &["Deny"];

/// Amazon's NetworkPolicy with names of hosts among its peers: all else is as there.
fn by_application(policy: &Object<'_>, subject: &Subject<'_, '_>, question: Question) -> Match {
    let policy = NetworkPolicy::new(*policy);
    if !policy.isolates(question.direction()) {
        return Match::No;
    }
    match_selector(policy.selector(), |key| subject.label(key))
}

/// What Antrea's policies call it when they keep something away.
const ANTREA_DENIES: &[&str] = &["Drop", "Reject"];

/// Antrea's policies isolate nothing by themselves, as those of the network policy API. Whom they are for
/// stands in the policy or in each of its rules.
fn antrea(policy: &Object<'_>, subject: &Subject<'_, '_>, question: Question) -> Match {
    let spec = policy.get("spec");
    let direction = question.direction();
    // A NetworkPolicy comes before this tier, and leaves nothing to it.
    let is_baseline = spec.get("tier").is("baseline");
    let rules = spec.get(direction.rules());
    let of_policy = spec.get("appliedTo");
    let applies = |rule: &Field<'_>| {
        if of_policy.is_empty() { antrea_applies(&rule.get("appliedTo"), subject) } else { Match::Yes }
    };
    let denies = |holds: &dyn Fn(&Rule<'_>) -> Match| {
        first_denies(&rules, "action", ANTREA_DENIES, false, |rule| {
            // Services are named by addresses of their own; what looks at requests can only allow.
            let others = ["protocols", "toServices", "l7Protocols"];
            let is_plain = others.into_iter().all(|other| rule.get(other).is_empty());
            applies(rule).and(is_plain.into()).and(holds(&Rule::new(*rule, direction)))
        })
    };
    let yes = match question {
        Question::Spoken(_) => rules.items().any(|rule| applies(&rule).is_possible()),
        _ if is_baseline && subject.is_selected => false,
        Question::Closed(_) => denies(&antrea_holds_all),
        Question::Denied(address) => denies(&|rule| antrea_holds(rule, address)),
    };
    match (yes, of_policy.is_empty()) {
        (false, _) => Match::No,
        (true, true) => Match::Unknown,
        (true, false) => antrea_applies(&of_policy, subject),
    }
}

/// Whether some entry of an `appliedTo` is for the subject. Without a selector of namespaces an entry is for
/// all of them, or for the one of its policy.
fn antrea_applies(entries: &Field<'_>, subject: &Subject<'_, '_>) -> Match {
    let applies = |entry: Field<'_>| {
        let (pods, namespaces) = (entry.get("podSelector"), entry.get("namespaceSelector"));
        let account = entry.get("serviceAccount");
        // Nodes, ports of Services on them, and machines outside: no pods.
        if ["nodeSelector", "service", "externalEntitySelector"]
            .into_iter()
            .any(|other| entry.get(other).exists())
        {
            return Match::No;
        }
        if account.exists() {
            let own = Match::from(account.get("namespace").is(subject.namespace));
            return own.and(match subject.who {
                Who::Pod(pod) => account.get("name").is(pod.service_account()).into(),
                _ => Match::Unknown,
            });
        }
        if !pods.exists() && !namespaces.exists() {
            return Match::Unknown;
        }
        match_namespace(LabelSelector::new(namespaces), subject.namespace, subject.inventory)
            .and(match_selector(LabelSelector::new(pods), |key| subject.label(key)))
    };
    entries.items().map(applies).fold(Match::No, Match::or)
}

/// Whether a rule is for every peer on every port. Every pod of the cluster may be all who can call.
fn antrea_holds_all(rule: &Rule<'_>) -> Match {
    if !rule.is_for_any_port() {
        return Match::No;
    }
    if rule.has_every_address() {
        return Match::Yes;
    }
    let may = |peer: &Peer<'_>| peer.field().get("group").exists() || peer.is_every_pod();
    if rule.peers().any(|peer| may(&peer)) { Match::Unknown } else { Match::No }
}

/// Whether a rule of egress holds an address on port 80. What groups and names of hosts stand for is written
/// elsewhere.
fn antrea_holds(rule: &Rule<'_>, address: IpAddr) -> Match {
    let holds = |peer: Peer<'_>| match peer.block() {
        Some(block) => block.contains(address).into(),
        None if peer.field().get("group").exists() || peer.field().get("fqdn").exists() => Match::Unknown,
        None => Match::No,
    };
    let peers = rule.peers().map(holds).fold(rule.is_for_any_peer().into(), Match::or);
    rule.has_port("TCP", HTTP).and(peers)
}

/// Whether the first rule that holds denies, or one before it may; `otherwise` where no rule holds.
fn first_denies<'d>(
    rules: &Field<'d>,
    action: &'static str,
    denials: &[&str],
    otherwise: bool,
    holds: impl Fn(&Field<'d>) -> Match,
) -> bool {
    for rule in rules.items() {
        match (holds(&rule), denials.contains(&rule.get(action).text())) {
            (Match::Yes | Match::Unknown, true) => return true,
            (Match::Yes, false) => return false,
            _ => {}
        }
    }
    otherwise
}

/// Whether a rule of the network policy API is for every peer on every port. Whoever calls from outside
/// of the cluster is no peer of ingress, so every namespace is all that a rule can say there. Networks
/// hold the addresses of pods too.
fn tiered_holds_all(rule: &Field<'_>, direction: Direction) -> Match {
    if !rule.get("ports").is_empty() || !rule.get("protocols").is_empty() {
        return Match::No;
    }
    let peers = rule.get(direction.peers());
    if peers.items().any(|peer| !is_known_peer(&peer)) || peers.is_empty() {
        return Match::Unknown;
    }
    match direction {
        Direction::Ingress => peers.items().map(|peer| is_every_pod(&peer)).fold(Match::No, Match::or),
        Direction::Egress => {
            let blocks: Vec<Block> =
                networks(&peers).map(|cidr| Block { cidr, except: Vec::new() }).collect();
            cover_everything(&blocks).into()
        }
    }
}

/// Whether a peer is every pod of every namespace. Of a namespace and a pod that are to come nothing is
/// known but that the namespace has a name.
fn is_every_pod(peer: &Field<'_>) -> Match {
    let namespaces = |field: Field<'_>| {
        match_selector(LabelSelector::new(field), |key| match key {
            NAMESPACE_NAME => Known::Unknown,
            _ => Known::Absent,
        })
    };
    if peer.get("namespaces").exists() {
        // An early version wrapped the selector, and compared labels.
        let plain = peer.get("namespaces").entries().all(|(key, _)| key.starts_with("match"));
        return if plain { namespaces(peer.get("namespaces")) } else { Match::Unknown };
    }
    if peer.get("pods").exists() {
        let pods = LabelSelector::new(peer.get("pods.podSelector"));
        return namespaces(peer.get("pods.namespaceSelector")).and(match_selector(pods, |_| Known::Absent));
    }
    Match::No
}

/// Whether a rule of egress holds an address on port 80.
fn tiered_holds(rule: &Field<'_>, address: IpAddr) -> Match {
    let peers = rule.get("to");
    let peer = if networks(&peers).any(|cidr| cidr.contains(address)) {
        Match::Yes
    } else if peers.items().any(|peer| !is_known_peer(&peer)) {
        Match::Unknown
    } else {
        Match::No
    };
    let (ports, protocols) = (rule.get("ports"), rule.get("protocols"));
    let by_port = ports.items().map(|port| {
        let range = port.get("portRange");
        if port.get("portNumber").exists() {
            (port.get("portNumber.port").as_i64() == Some(HTTP)).into()
        } else if range.exists() {
            holds_http(&range)
        } else {
            Match::Unknown
        }
    });
    let by_protocol = protocols.items().map(|protocol| {
        let tcp = protocol.get("tcp");
        let port = tcp.get("destinationPort");
        if !tcp.exists() {
            Match::from(!["udp", "sctp"].iter().any(|other| protocol.key(other).exists()))
        } else if port.get("number").exists() {
            (port.get("number").as_i64() == Some(HTTP)).into()
        } else if port.get("range").exists() {
            holds_http(&port.get("range"))
        } else {
            Match::Yes
        }
    });
    let is_for_any = ports.is_empty() && protocols.is_empty();
    peer.and(by_port.chain(by_protocol).fold(is_for_any.into(), Match::or))
}

fn holds_http(range: &Field<'_>) -> Match {
    match (range.get("start").as_i64(), range.get("end").as_i64()) {
        (Some(first), Some(last)) => (first..=last).contains(&HTTP).into(),
        _ => Match::Unknown,
    }
}

fn networks(peers: &Field<'_>) -> impl Iterator<Item = Cidr> {
    let texts = peers.items().flat_map(|peer| peer.get("networks").strings());
    texts.filter_map(Cidr::parse)
}

/// Whether a peer says what it is in words of today; what a later version adds may be anything.
fn is_known_peer(peer: &Field<'_>) -> bool {
    ["namespaces", "pods", "nodes", "networks", "domainNames"].iter().any(|kind| peer.key(kind).exists())
}

/// Rules of OVN-Kubernetes and OpenShift for what pods of a namespace call outside of the cluster: the
/// first that holds decides, and without one the call is allowed.
fn egress_firewall(policy: &Object<'_>, question: Question) -> Match {
    let rules = policy.get("spec.egress");
    let cidr = |rule: &Field<'_>| Cidr::parse(rule.get("to.cidrSelector").text());
    let everything = |rule: &Field<'_>| {
        let blocks: Vec<Block> =
            cidr(rule).map(|cidr| Block { cidr, except: Vec::new() }).into_iter().collect();
        Match::from(cover_everything(&blocks) && rule.get("ports").is_empty())
    };
    let yes = match question {
        Question::Closed(Direction::Ingress) | Question::Spoken(Direction::Ingress) => false,
        Question::Spoken(Direction::Egress) => !rules.is_empty(),
        Question::Closed(Direction::Egress) => first_denies(&rules, "type", DENY, false, everything),
        Question::Denied(address) => first_denies(&rules, "type", DENY, false, |rule| {
            let ports = rule.get("ports");
            let on_port =
                ports.is_empty() || ports.items().any(|port| port.get("port").as_i64() == Some(HTTP));
            (on_port && cidr(rule).is_some_and(|cidr| cidr.contains(address))).into()
        }),
    };
    yes.into()
}

/// Security groups for the pods that both selectors match. What the groups close stands in no manifest,
/// nor do the labels of an account that wasn't read.
fn security_groups(policy: &Object<'_>, subject: &Subject<'_, '_>) -> Match {
    let (pods, accounts) = (policy.get("spec.podSelector"), policy.get("spec.serviceAccountSelector"));
    if !pods.exists() && !accounts.exists() {
        return Match::No;
    }
    match_selector(LabelSelector::new(pods), |key| subject.label(key)).and(Match::Unknown)
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
        assert_eq!(
            cilium("{endpointSelector: {}, ingress: [{}], enableDefaultDeny: {egress: true}}"),
            (true, true)
        );
        assert_eq!(cilium("{endpointSelector: {}, ingress: [], egressDeny: []}"), (false, false));
        // Cilium writes the policy's own namespace over the first, and leaves the others to match nothing.
        let elsewhere =
            "{endpointSelector: {matchLabels: {'k8s:io.kubernetes.pod.namespace': bank}}, ingress: [{}]}";
        assert_eq!(cilium(elsewhere), (true, false));
        for source in ["", "any:"] {
            let elsewhere = elsewhere.replace("k8s:", source);
            assert_eq!(cilium(&elsewhere), (false, false), "{elsewhere}");
        }
        let clusterwide = policy("cilium.io/v2", "CiliumClusterwideNetworkPolicy", elsewhere);
        assert_eq!(isolates(&clusterwide), (false, false));
        assert_eq!(cilium("{nodeSelector: {}, ingress: [{}]}"), (false, false));
    }

    #[test]
    fn calico_isolates_by_types() {
        let calico = |spec: &str| isolates(&policy("projectcalico.org/v3", "NetworkPolicy", spec));
        assert_eq!(calico("{selector: all()}"), (true, false));
        assert_eq!(calico("{selector: \"app == 'web'\", types: [Egress]}"), (false, true));
        assert_eq!(calico("{selector: \"app == 'db'\"}"), (false, false));
        assert_eq!(calico("{selector: \"app in {'db'}\"}"), (false, false));
        assert_eq!(calico("{selector: \"(app == 'db' || app == 'web')\"}"), (true, false));
        assert_eq!(calico("{selector: \"(app == 'web' && tier == 'fe')\"}"), (false, false));
        assert_eq!(calico("{selector: \"app like 'db'\"}"), (true, false), "not read, so it may");
        assert_eq!(calico("{selector: \"has(tier)\"}"), (false, false));
        assert_eq!(calico("{selector: all(), egress: [{action: Deny}]}"), (false, true));
    }

    #[test]
    fn what_lets_everything_through_closes_nothing() {
        let cilium = |rules: &str| {
            let spec = format!("{{endpointSelector: {{}}, {rules}}}");
            isolates(&policy("cilium.io/v2", "CiliumClusterwideNetworkPolicy", &spec))
        };
        assert_eq!(cilium("ingress: [{fromEntities: [all]}], egress: [{toEntities: [all]}]"), (false, false));
        assert_eq!(cilium("ingress: [{fromEntities: [world, cluster]}]"), (false, false));
        assert_eq!(cilium("ingress: [{fromEntities: [cluster]}]"), (true, false));
        assert_eq!(
            cilium("ingress: [{fromEntities: [all], toPorts: [{ports: [{port: '80'}]}]}]"),
            (true, false)
        );
        assert_eq!(cilium("egress: [{toEntities: [kube-apiserver]}, {toEntities: [all]}]"), (false, false));
        let calico = |rules: &str| {
            let spec = format!("{{selector: all(), types: [Ingress], ingress: {rules}}}");
            isolates(&policy("projectcalico.org/v3", "GlobalNetworkPolicy", &spec)).0
        };
        for (rules, expected) in [
            ("[{action: Allow}]", false),
            ("[{action: Pass}]", false),
            ("[{action: Deny}]", true),
            ("[]", true),
            ("[{action: Log}, {action: Allow, source: {}, destination: {ports: []}}]", false),
            ("[{action: Log}]", true),
            ("[{action: Deny, source: {nets: [203.0.113.0/24]}}, {action: Allow}]", false),
            ("[{action: Deny}, {action: Allow}]", true),
            ("[{action: Allow, source: {nets: [0.0.0.0/0]}}]", false),
            ("[{action: Allow, source: {nets: [10.0.0.0/8]}}]", true),
            ("[{action: Allow, protocol: TCP}]", true),
            ("[{action: Allow, destination: {ports: [80]}}]", true),
            ("[{action: Allow, ipVersion: 4}]", true),
        ] {
            assert_eq!(calico(rules), expected, "{rules}");
        }
    }

    #[test]
    fn calico_selects_by_namespaces_and_accounts() {
        let calico = |spec: &str| {
            let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: a}}\n";
            let policy = policy("projectcalico.org/v3", "GlobalNetworkPolicy", &format!("{{{spec}}}"));
            isolates(&format!("{namespace}---\n{policy}")).0
        };
        for (spec, expected) in [
            ("namespaceSelector: 'kubernetes.io/metadata.name == \"bank\"'", false),
            ("namespaceSelector: 'kubernetes.io/metadata.name == \"shop\"'", true),
            ("namespaceSelector: projectcalico.org/name == 'bank'", false),
            ("namespaceSelector: projectcalico.org/name != 'bank'", true),
            ("namespaceSelector: \"projectcalico.org/name not in {'kube-system'}\"", true),
            ("namespaceSelector: team == 'b'", false),
            ("namespaceSelector: team == 'a', selector: app == 'db'", false),
            ("namespaceSelector: global()", false),
            ("namespaceSelector: all()", true),
            ("serviceAccountSelector: projectcalico.org/name == 'robot'", false),
            ("serviceAccountSelector: projectcalico.org/name == 'default'", true),
            ("serviceAccountSelector: role == 'db'", true),
            ("selector: projectcalico.org/namespace == 'bank'", false),
        ] {
            assert_eq!(calico(spec), expected, "{spec}");
        }
    }

    #[test]
    fn tiers_close_what_they_deny() {
        let tiered =
            |spec: &str| isolates(&policy("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy", spec));
        let every = "from: [{namespaces: {}}]";
        for (spec, expected) in [
            (format!("subject: {{namespaces: {{}}}}, ingress: [{{action: Deny, {every}}}]"), (true, false)),
            (format!("subject: {{namespaces: {{}}}}, ingress: [{{action: Accept, {every}}}]"), (false, false)),
            (
                format!(
                    "subject: {{namespaces: {{matchLabels: {{kubernetes.io/metadata.name: bank}}}}}}, ingress: [{{action: Deny, {every}}}]"
                ),
                (false, false),
            ),
            (
                "subject: {pods: {namespaceSelector: {matchLabels: {team: a}}, podSelector: {}}}, egress: [{action: Deny, to: [{networks: ['0.0.0.0/0']}]}]".to_owned(),
                (false, true),
            ),
        ] {
            assert_eq!(tiered(&format!("{{{spec}}}")), expected, "{spec}");
        }
    }

    #[test]
    fn a_tier_closes_a_direction_only_by_denying_all_of_it() {
        let tiered = |rules: &str| {
            let spec = format!("{{subject: {{namespaces: {{}}}}, {rules}}}");
            isolates(&policy("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy", &spec))
        };
        for (rules, expected) in [
            ("egress: [{action: Deny, to: [{networks: [203.0.113.7/32]}]}]", false),
            ("egress: [{action: Deny, to: [{namespaces: {}}]}]", false),
            (
                "egress: [{action: Deny, to: [{networks: [0.0.0.0/0, '::/0']}], ports: [{portNumber: {port: 25}}]}]",
                false,
            ),
            (
                "egress: [{action: Accept, to: [{networks: [0.0.0.0/0]}]}, {action: Deny, to: [{networks: [0.0.0.0/0]}]}]",
                false,
            ),
            (
                "egress: [{action: Accept, to: [{networks: [10.0.0.0/8]}]}, {action: Deny, to: [{networks: [0.0.0.0/0]}]}]",
                true,
            ),
            ("egress: [{action: Deny, to: [{namespaces: {}}, {networks: [0.0.0.0/0, '::/0']}]}]", true),
            ("egress: [{action: Deny, to: [{fromTheFuture: {}}]}]", true),
        ] {
            assert_eq!(tiered(rules), (false, expected), "{rules}");
        }
        for (rules, expected) in [
            ("ingress: [{action: Deny, from: [{namespaces: {matchLabels: {team: a}}}]}]", false),
            ("ingress: [{action: Deny, from: [{pods: {namespaceSelector: {}, podSelector: {}}}]}]", true),
            (
                "ingress: [{action: Deny, from: [{pods: {namespaceSelector: {}, podSelector: {matchLabels: {a: b}}}}]}]",
                false,
            ),
        ] {
            assert_eq!(tiered(rules), (expected, false), "{rules}");
        }
    }

    #[test]
    fn antrea_closes_what_it_drops_for_those_whom_it_is_for() {
        let antrea = |kind: &str, spec: &str| {
            isolates(&policy("crd.antrea.io/v1beta1", kind, &format!("{{priority: 5, {spec}}}"))).0
        };
        let every = "appliedTo: [{namespaceSelector: {}}]";
        let bank = "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: bank}}}";
        for (spec, expected) in [
            (format!("{every}, ingress: [{{action: Drop}}]"), true),
            (format!("{every}, ingress: [{{action: Reject, from: []}}]"), true),
            (format!("{every}, ingress: [{{action: Allow, from: [{{podSelector: {{}}}}]}}]"), false),
            (
                format!(
                    "{every}, ingress: [{{action: Drop, from: [{{ipBlock: {{cidr: 203.0.113.7/32}}}}]}}]"
                ),
                false,
            ),
            (format!("{every}, ingress: [{{action: Drop, from: [{{ipBlock: {{cidr: 0.0.0.0/0}}}}]}}]"), true),
            (format!("{every}, ingress: [{{action: Drop, from: [{{namespaceSelector: {{}}}}]}}]"), true),
            (format!("{every}, ingress: [{{action: Drop, from: [{{group: office}}]}}]"), true),
            (format!("{every}, ingress: [{{action: Drop, ports: [{{port: 80}}]}}]"), false),
            (format!("{every}, ingress: [{{action: Drop, protocols: [{{icmp: {{}}}}]}}]"), false),
            (format!("{every}, ingress: [{{action: Allow}}, {{action: Drop}}]"), false),
            (format!("{every}, ingress: [{{action: Pass}}, {{action: Drop}}]"), false),
            (format!("{every}, tier: baseline, ingress: [{{action: Drop}}]"), true),
            (format!("{every}, egress: [{{action: Drop}}]"), false),
            (format!("appliedTo: [{bank}], ingress: [{{action: Drop}}]"), false),
            (format!("ingress: [{{action: Drop, appliedTo: [{bank}]}}]"), false),
            (
                "ingress: [{action: Drop, appliedTo: [{podSelector: {matchLabels: {app: web}}}]}]".to_owned(),
                true,
            ),
            (
                "appliedTo: [{podSelector: {matchLabels: {app: db}}}], ingress: [{action: Drop}]".to_owned(),
                false,
            ),
            ("appliedTo: [{group: office}], ingress: [{action: Drop}]".to_owned(), true),
            ("appliedTo: [{nodeSelector: {}}], ingress: [{action: Drop}]".to_owned(), false),
            (
                "appliedTo: [{serviceAccount: {name: robot, namespace: shop}}], ingress: [{action: Drop}]"
                    .to_owned(),
                false,
            ),
            (
                "appliedTo: [{serviceAccount: {name: default, namespace: shop}}], ingress: [{action: Drop}]"
                    .to_owned(),
                true,
            ),
        ] {
            assert_eq!(antrea("ClusterNetworkPolicy", &spec), expected, "{spec}");
        }
        assert!(antrea("NetworkPolicy", "appliedTo: [{podSelector: {}}], ingress: [{action: Drop}]"));
        let native = policy("networking.k8s.io/v1", "NetworkPolicy", "{podSelector: {}, egress: [{}]}");
        let baseline = policy(
            "crd.antrea.io/v1beta1",
            "ClusterNetworkPolicy",
            "{tier: baseline, appliedTo: [{podSelector: {}}], egress: [{action: Drop}]}",
        );
        let denied = Question::Denied("169.254.169.254".parse().expect("an address"));
        for (text, expected) in [(format!("{native}---\n{baseline}"), false), (baseline, true)] {
            with(&format!("{POD}---\n{text}"), |isolation| {
                let pod = isolation.inventory.pods().first().expect("a pod");
                assert_eq!(isolation.foreign_answers(pod, denied), expected, "{text}");
            });
        }
    }

    #[test]
    fn amazons_policies_are_read_as_those_they_follow() {
        let aws = |kind: &str, spec: &str| isolates(&policy("networking.k8s.aws/v1alpha1", kind, spec));
        let bank = "{matchLabels: {kubernetes.io/metadata.name: bank}}";
        let deny = "ingress: [{action: Deny, from: [{namespaces: {}}]}]";
        assert_eq!(
            aws("ClusterNetworkPolicy", &format!("{{tier: Admin, subject: {{namespaces: {bank}}}, {deny}}}")),
            (false, false)
        );
        assert_eq!(
            aws("ClusterNetworkPolicy", &format!("{{tier: Admin, subject: {{namespaces: {{}}}}, {deny}}}")),
            (true, false)
        );
        assert_eq!(
            aws("ApplicationNetworkPolicy", "{podSelector: {}, policyTypes: [Egress]}"),
            (false, true)
        );
        assert_eq!(
            aws("ApplicationNetworkPolicy", "{podSelector: {matchLabels: {app: db}}}"),
            (false, false)
        );
    }

    #[test]
    fn an_address_is_denied_without_the_rest() {
        let metadata = Question::Denied("169.254.169.254".parse().expect("an address"));
        for (api, kind, spec, expected) in [
            (
                "policy.networking.k8s.io/v1alpha1",
                "AdminNetworkPolicy",
                "{subject: {namespaces: {}}, egress: [{action: Deny, to: [{networks: [169.254.0.0/16]}]}]}",
                true,
            ),
            (
                "policy.networking.k8s.io/v1alpha1",
                "AdminNetworkPolicy",
                "{subject: {namespaces: {}}, egress: [{action: Deny, ports: [{portNumber: {port: 25}}], to: [{networks: [0.0.0.0/0]}]}]}",
                false,
            ),
            (
                "policy.networking.k8s.io/v1alpha2",
                "ClusterNetworkPolicy",
                "{subject: {namespaces: {}}, egress: [{action: Deny, protocols: [{tcp: {destinationPort: {number: 80}}}], to: [{networks: [0.0.0.0/0]}]}]}",
                true,
            ),
            (
                "policy.networking.k8s.io/v1alpha2",
                "ClusterNetworkPolicy",
                "{subject: {namespaces: {}}, egress: [{action: Deny, protocols: [{udp: {}}], to: [{networks: [0.0.0.0/0]}]}]}",
                false,
            ),
            (
                "cilium.io/v2",
                "CiliumNetworkPolicy",
                "{endpointSelector: {}, enableDefaultDeny: {egress: false}, egressDeny: [{toCIDRSet: [{cidr: 169.254.169.254/32}]}]}",
                true,
            ),
            (
                "cilium.io/v2",
                "CiliumNetworkPolicy",
                "{endpointSelector: {}, enableDefaultDeny: {egress: false}, egressDeny: [{toCIDR: [203.0.113.7]}]}",
                false,
            ),
            (
                "crd.antrea.io/v1beta1",
                "ClusterNetworkPolicy",
                "{appliedTo: [{podSelector: {}}], egress: [{action: Drop, to: [{ipBlock: {cidr: 169.254.0.0/16}}]}]}",
                true,
            ),
            (
                "crd.antrea.io/v1beta1",
                "ClusterNetworkPolicy",
                "{appliedTo: [{podSelector: {}}], egress: [{action: Drop, ports: [{port: 25}], to: [{ipBlock: {cidr: 169.254.0.0/16}}]}]}",
                false,
            ),
            (
                "k8s.ovn.org/v1",
                "EgressFirewall",
                "{egress: [{type: Deny, to: {cidrSelector: 169.254.169.254/32}}]}",
                true,
            ),
        ] {
            with(&format!("{POD}---\n{}", policy(api, kind, spec)), |isolation| {
                let pod = isolation.inventory.pods().first().expect("a pod");
                assert_eq!(isolation.foreign_answers(pod, metadata), expected, "{spec}");
                assert!(!isolation.isolates(pod, Direction::Egress), "{spec}");
            });
        }
    }

    #[test]
    fn calico_denies_an_address_by_the_first_rule_that_holds() {
        let metadata = Question::Denied("169.254.169.254".parse().expect("an address"));
        let to = "nets: [169.254.169.254/32]";
        for (rules, expected) in [
            ("{action: Allow}".to_owned(), false),
            (format!("{{action: Deny, destination: {{{to}}}}}, {{action: Allow}}"), true),
            (format!("{{action: Allow}}, {{action: Deny, destination: {{{to}}}}}"), false),
            (format!("{{action: Deny, destination: {{{to}, ports: [443]}}}}, {{action: Allow}}"), false),
            (
                format!(
                    "{{action: Deny, protocol: TCP, destination: {{{to}, ports: ['1:1024']}}}}, {{action: Allow}}"
                ),
                true,
            ),
            (format!("{{action: Deny, protocol: UDP, destination: {{{to}}}}}, {{action: Allow}}"), false),
            (
                format!(
                    "{{action: Deny, destination: {{not{}}}}}, {{action: Allow}}",
                    to.replace("nets", "Nets")
                ),
                false,
            ),
            (format!("{{action: Allow, destination: {{not{}}}}}", to.replace("nets", "Nets")), true),
            ("{action: Deny, destination: {selector: role == 'metadata'}}, {action: Allow}".to_owned(), true),
            ("{action: Allow, destination: {nets: [10.0.0.0/8]}}".to_owned(), true),
            ("{action: Allow, destination: {nets: [169.254.0.0/16]}}".to_owned(), false),
            (format!("{{action: Deny, destination: {{{to}, notPorts: [80]}}}}, {{action: Allow}}"), false),
        ] {
            let spec = format!("{{selector: all(), types: [Egress], egress: [{rules}]}}");
            let policy = policy("projectcalico.org/v3", "GlobalNetworkPolicy", &spec);
            with(&format!("{POD}---\n{policy}"), |isolation| {
                let pod = isolation.inventory.pods().first().expect("a pod");
                assert_eq!(isolation.foreign_answers(pod, metadata), expected, "{rules}");
            });
        }
    }

    #[test]
    fn egress_firewalls_and_security_groups_close_what_they_can() {
        let firewall = |rule: &str| {
            isolates(&policy("k8s.ovn.org/v1", "EgressFirewall", &format!("{{egress: [{rule}]}}")))
        };
        assert_eq!(firewall("{type: Deny, to: {cidrSelector: 0.0.0.0/0}}"), (false, true));
        assert_eq!(firewall("{type: Allow, to: {cidrSelector: 0.0.0.0/0}}"), (false, false));
        assert_eq!(firewall("{type: Deny, to: {cidrSelector: 203.0.113.7/32}}"), (false, false));
        let groups = |selectors: &str| {
            isolates(&policy("vpcresources.k8s.aws/v1beta1", "SecurityGroupPolicy", selectors))
        };
        assert_eq!(groups("{podSelector: {matchLabels: {app: web}}}"), (true, true));
        assert_eq!(groups("{podSelector: {matchLabels: {app: db}}}"), (false, false));
        assert_eq!(groups("{serviceAccountSelector: {matchLabels: {app: db}}}"), (true, true));
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
                assert_eq!(isolation.foreign_closes("shop", false, Direction::Ingress), expected, "{spec}");
                assert!(isolation.foreign_touches("shop"), "{spec}");
                assert!(!isolation.foreign_touches("bank"), "{spec}");
            });
        }
    }

    #[test]
    fn kinds_that_are_not_known_count() {
        assert_eq!(isolates(&policy("example.com/v1", "FancyNetworkPolicy", "{}")), (true, true));
        assert_eq!(isolates(&policy("projectcalico.org/v3", "StagedNetworkPolicy", "{}")), (false, false));
        assert_eq!(isolates(&policy("k8s.cni.cncf.io/v1beta1", "MultiNetworkPolicy", "{}")), (false, false));
    }

    #[test]
    fn a_policy_without_a_namespace_is_for_the_default_one() {
        let policy = "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: p}\nspec: {endpointSelector: {}, ingress: [{}]}\n";
        assert_eq!(isolates(policy), (false, false));
        with(policy, |isolation| assert!(isolation.foreign_touches("default")));
    }
}

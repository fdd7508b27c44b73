//! What a NetworkPolicy (networking.k8s.io/v1) means: whom it selects, in which directions it
//! isolates, and which peers and ports its rules let through.

use std::net::{IpAddr, Ipv4Addr};

use plimsoll_kubernetes::{Field, GroupKind, Inventory, LabelSelector, Labels, Object, Pod};

use super::cidr::{Block, Cidr, cover_everything};
use super::port::protocol;

/// The label that the API server gives every namespace: its name.
pub(crate) const NAMESPACE_NAME: &str = "kubernetes.io/metadata.name";

/// Namespaces that hold the cluster's DNS: upstream, and OpenShift's.
const DNS_NAMESPACES: [&str; 2] = ["kube-system", "openshift-dns"];

/// The ports on which pods serve DNS: everywhere, and OpenShift's.
const DNS_PORTS: [i64; 2] = [53, 5353];

/// Addresses from which clouds give every node its identity, and the TCP ports that answer there: the
/// link-local one that most use, and Azure's wire server.
pub(crate) const METADATA_SERVICES: [(IpAddr, &[i64]); 2] = [
    (IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254)), &[80]),
    (IpAddr::V4(Ipv4Addr::new(168, 63, 129, 16)), &[80, 32526]),
];

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

/// An answer that may lie outside what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    Yes,
    No,
    Unknown,
}

impl Match {
    pub(crate) fn and(self, other: Match) -> Match {
        match (self, other) {
            (Match::No, _) | (_, Match::No) => Match::No,
            (Match::Yes, Match::Yes) => Match::Yes,
            _ => Match::Unknown,
        }
    }

    pub(crate) fn or(self, other: Match) -> Match {
        match (self, other) {
            (Match::Yes, _) | (_, Match::Yes) => Match::Yes,
            (Match::No, Match::No) => Match::No,
            _ => Match::Unknown,
        }
    }

    /// Yes, or not known to be no.
    pub(crate) fn is_possible(self) -> bool {
        self != Match::No
    }
}

impl From<bool> for Match {
    fn from(value: bool) -> Self {
        if value { Match::Yes } else { Match::No }
    }
}

/// What is known of a label.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Known<'a> {
    Is(&'a str),
    Absent,
    Unknown,
}

impl<'a> From<Option<&'a str>> for Known<'a> {
    fn from(label: Option<&'a str>) -> Self {
        label.map_or(Known::Absent, Known::Is)
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
            .map(move |field| Rule { field, direction })
    }

    /// Whether a rule of the direction lets everything through.
    pub(crate) fn allows_everything(&self, direction: Direction) -> bool {
        self.rules(direction).any(|rule| rule.allows_everything())
    }
}

/// One rule: any of its peers, on any of its ports.
#[derive(Clone, Copy)]
pub(crate) struct Rule<'d> {
    field: Field<'d>,
    direction: Direction,
}

impl<'d> Rule<'d> {
    /// A rule of another kind of policy that has its peers and ports in the same words.
    pub(crate) fn new(field: Field<'d>, direction: Direction) -> Self {
        Rule { field, direction }
    }

    pub(crate) fn field(&self) -> Field<'d> {
        self.field
    }

    fn peers_field(&self) -> Field<'d> {
        self.field.key(self.direction.peers())
    }

    /// Whether the rule names no peer: then it means all of them.
    pub(crate) fn is_for_any_peer(&self) -> bool {
        is_absent_or_empty(&self.peers_field())
    }

    pub(crate) fn peers(&self) -> impl Iterator<Item = Peer<'d>> + use<'d> {
        self.peers_field().items().map(|field| Peer { field })
    }

    fn ports(&self) -> impl Iterator<Item = Port<'d>> + use<'d> {
        self.field.get("ports").items().map(Port)
    }

    /// Whether the rule names no port: then it means all of them, of every protocol.
    pub(crate) fn is_for_any_port(&self) -> bool {
        is_absent_or_empty(&self.field.get("ports"))
    }

    /// Whether the rule is for every TCP port at least, by one entry or by several together.
    pub(crate) fn has_every_port(&self) -> bool {
        if self.is_for_any_port() {
            return true;
        }
        let mut ranges: Vec<(i64, i64)> = self.ports().filter_map(|port| port.range_of_tcp()).collect();
        ranges.sort_unstable();
        let end =
            ranges.into_iter().fold(
                0_i64,
                |end, (first, last)| if first <= end.saturating_add(1) { last.max(end) } else { end },
            );
        end >= 65535
    }

    /// Whether a port is let through. A named port depends on the pod at the other end.
    pub(crate) fn has_port(&self, protocol: &str, number: i64) -> Match {
        if self.is_for_any_port() {
            return Match::Yes;
        }
        let mut best = Match::No;
        for port in self.ports() {
            match port.has(protocol, number) {
                Match::Yes => return Match::Yes,
                Match::Unknown => best = Match::Unknown,
                Match::No => {}
            }
        }
        best
    }

    /// Whether the rule names a port by itself, and not with others in a range. A port's name may be it.
    fn names_port(&self, protocol: &str, number: i64) -> bool {
        self.ports().any(|port| port.is_single() && port.has(protocol, number).is_possible())
    }

    /// Whether the rule is for one TCP port and no other.
    pub(crate) fn is_for_port_alone(&self, number: i64) -> bool {
        !self.is_for_any_port()
            && self.ports().all(|port| {
                port.protocol() == "TCP"
                    && port.0.get("port").as_i64() == Some(number)
                    && !port.0.get("endPort").exists()
            })
    }

    /// Whether every address is a peer: no peer is named, or its blocks hold them all.
    pub(crate) fn has_every_address(&self) -> bool {
        if self.is_for_any_peer() {
            return true;
        }
        let blocks: Vec<Block> = self.peers().filter_map(|peer| peer.block()).collect();
        cover_everything(&blocks)
    }

    pub(crate) fn allows_everything(&self) -> bool {
        self.has_every_port() && self.has_every_address()
    }
}

/// Whether a list isn't written or has no items. Something else in its place is neither: the API server
/// refuses it.
fn is_absent_or_empty(list: &Field<'_>) -> bool {
    !list.exists() || (list.is_sequence() && list.is_empty())
}

/// An entry of a rule's `ports`.
struct Port<'d>(Field<'d>);

impl Port<'_> {
    fn protocol(&self) -> &str {
        protocol(&self.0)
    }

    fn has(&self, protocol: &str, number: i64) -> Match {
        if self.protocol() != protocol {
            return Match::No;
        }
        let port = self.0.get("port");
        match (port.as_i64(), port.exists()) {
            (_, false) => Match::Yes,
            (Some(first), _) => {
                let last = self.0.get("endPort").as_i64().unwrap_or(first);
                (first..=last).contains(&number).into()
            }
            (None, true) => Match::Unknown,
        }
    }

    /// Whether one port is written, by its number or its name.
    fn is_single(&self) -> bool {
        let (port, end) = (self.0.get("port"), self.0.get("endPort"));
        port.exists() && (!end.exists() || end.as_i64() == port.as_i64())
    }

    /// The TCP ports from the first to the last; `None` for other protocols and for names.
    fn range_of_tcp(&self) -> Option<(i64, i64)> {
        if self.protocol() != "TCP" {
            return None;
        }
        let port = self.0.get("port");
        if !port.exists() {
            return Some((1, 65535));
        }
        let first = port.as_i64()?;
        Some((first, self.0.get("endPort").as_i64().unwrap_or(first)))
    }
}

/// An entry of a rule's `from` or `to`.
#[derive(Clone, Copy)]
pub(crate) struct Peer<'d> {
    field: Field<'d>,
}

impl<'d> Peer<'d> {
    pub(crate) fn field(&self) -> Field<'d> {
        self.field
    }

    /// The addresses of an `ipBlock`; `None` for a peer of pods and for a block that can't be read.
    pub(crate) fn block(&self) -> Option<Block> {
        block(&self.field.get("ipBlock"))
    }

    /// Selects pods; absent means all pods of the namespaces.
    pub(crate) fn pod_selector(&self) -> Option<LabelSelector<'d>> {
        let field = self.field.get("podSelector");
        field.exists().then(|| LabelSelector::new(field))
    }

    /// Selects namespaces; absent means the policy's own.
    pub(crate) fn namespace_selector(&self) -> Option<LabelSelector<'d>> {
        let field = self.field.get("namespaceSelector");
        field.exists().then(|| LabelSelector::new(field))
    }

    /// Whether the peer is every pod of every namespace.
    pub(crate) fn is_every_pod(&self) -> bool {
        self.namespace_selector().is_some_and(is_every_namespace)
            && self.pod_selector().is_none_or(|selector| selector.is_empty())
    }

    /// Whether pods of a namespace can be the peer.
    pub(crate) fn selects_namespace(&self, own: &str, namespace: &str, inventory: &Inventory<'d>) -> Match {
        match self.namespace_selector() {
            None if self.pod_selector().is_none() => Match::No,
            None => (own == namespace).into(),
            Some(selector) => match_namespace(selector, namespace, inventory),
        }
    }

    /// The one namespace that the selector names by [`NAMESPACE_NAME`], or the policy's own where
    /// there is no selector. `None` where the peer can lie in any.
    pub(crate) fn only_namespace(&self, own: &'d str) -> Option<&'d str> {
        match self.namespace_selector() {
            None => Some(own),
            Some(selector) => selector
                .field()
                .get("matchLabels")
                .entries()
                .find(|(key, _)| *key == NAMESPACE_NAME)
                .and_then(|(_, name)| name.as_str()),
        }
    }
}

/// Whether a selector can't but match: it asks for nothing, or that a namespace has its name.
fn is_every_namespace(selector: LabelSelector<'_>) -> bool {
    let field = selector.field();
    field.get("matchLabels").is_empty()
        && field.get("matchExpressions").items().all(|expression| {
            expression.get("key").is(NAMESPACE_NAME) && expression.get("operator").is("Exists")
        })
}

/// An address block as a `cidr` with exceptions (`except`); `None` where it can't be read.
pub(crate) fn block(field: &Field<'_>) -> Option<Block> {
    let cidr = Cidr::parse(field.get("cidr").text())?;
    Some(Block { cidr, except: field.get("except").strings().filter_map(Cidr::parse).collect() })
}

/// Whether labels that are known in part meet a selector. An operator that isn't known matches
/// nothing, as in the API server.
pub(crate) fn match_selector<'a>(selector: LabelSelector<'_>, label: impl Fn(&str) -> Known<'a>) -> Match {
    match_selector_but(selector, None, label)
}

/// The same where what `matchLabels` asks of one key doesn't count.
pub(crate) fn match_selector_but<'a>(
    selector: LabelSelector<'_>,
    ignored: Option<&str>,
    label: impl Fn(&str) -> Known<'a>,
) -> Match {
    let equals = |key: &str, value: &str| match label(key) {
        Known::Is(label) => Match::from(label == value),
        Known::Absent => Match::No,
        Known::Unknown => Match::Unknown,
    };
    let mut result = Match::Yes;
    for (key, value) in selector.field().get("matchLabels").entries().filter(|(key, _)| Some(*key) != ignored)
    {
        result = result.and(value.as_str().map_or(Match::No, |value| equals(key, value)));
    }
    for expression in selector.field().get("matchExpressions").items() {
        let label = label(expression.get("key").text());
        let values = expression.get("values");
        result = result.and(match (expression.get("operator").text(), label) {
            ("In" | "NotIn" | "Exists" | "DoesNotExist", Known::Unknown) => Match::Unknown,
            ("In", Known::Is(label)) => values.contains(label).into(),
            ("NotIn", Known::Is(label)) => (!values.contains(label)).into(),
            ("NotIn" | "DoesNotExist", Known::Absent) | ("Exists", Known::Is(_)) => Match::Yes,
            _ => Match::No,
        });
    }
    result
}

/// Whether a selector matches a namespace. Of a namespace that wasn't read only the name is known.
pub(crate) fn match_namespace(
    selector: LabelSelector<'_>,
    namespace: &str,
    inventory: &Inventory<'_>,
) -> Match {
    match_selector(selector, |key| namespace_label(key, namespace, inventory))
}

pub(crate) fn namespace_label<'a>(key: &str, namespace: &'a str, inventory: &Inventory<'a>) -> Known<'a> {
    if key == NAMESPACE_NAME {
        return Known::Is(namespace);
    }
    match inventory.namespace(namespace) {
        Some(object) => Labels(object.labels()).get(key).into(),
        None => Known::Unknown,
    }
}

/// Whether a rule lets a pod ask the cluster's DNS by a protocol.
///
/// DNS is taken to be pods labelled `k8s-app: kube-dns` of `kube-system` (or the pods of
/// `openshift-dns`, on port 5353), an address that may be the cluster's own, or a pod that was read and
/// declares port 53. A peer that could be DNS for all that is known counts only where the rule names the
/// port; so does an address of the internet, which then is a resolver.
pub(crate) fn reaches_dns(rule: &Rule<'_>, protocol: &str, own: &str, inventory: &Inventory<'_>) -> bool {
    let named = !rule.is_for_any_port();
    let open = DNS_PORTS.into_iter().any(|port| rule.has_port(protocol, port).is_possible());
    if !open {
        return false;
    }
    let alone = DNS_PORTS.into_iter().any(|port| rule.names_port(protocol, port));
    rule.is_for_any_peer()
        || rule.peers().any(|peer| {
            if peer.field.get("ipBlock").exists() {
                // The API server refuses a block that can't be read: nothing is said of it.
                alone || peer.block().is_none_or(|block| block.may_hold_cluster_addresses())
            } else {
                is_dns(&peer, named, own, inventory)
            }
        })
}

fn is_dns(peer: &Peer<'_>, port_is_named: bool, own: &str, inventory: &Inventory<'_>) -> bool {
    let enough = |found: Match| if port_is_named { found.is_possible() } else { found == Match::Yes };
    let is_cluster_dns = DNS_NAMESPACES.iter().any(|namespace| {
        let pods = peer.pod_selector().map_or(Match::Yes, |selector| {
            match_selector(selector, |key| match (key, *namespace) {
                ("k8s-app", "kube-system") => Known::Is("kube-dns"),
                _ => Known::Unknown,
            })
        });
        let node_local = peer.pod_selector().is_some_and(|selector| {
            let label =
                |key: &str| if key == "k8s-app" { Known::Is("node-local-dns") } else { Known::Unknown };
            match_selector(selector, label) == Match::Yes
        });
        let namespace = peer.selects_namespace(own, namespace, inventory);
        enough(namespace.and(pods)) || (node_local && namespace.is_possible())
    });
    is_cluster_dns
        || inventory.derived(DnsPods::of).0.iter().filter_map(|at| inventory.pods().get(*at)).any(|pod| {
            let namespace = inventory.namespace_of(&pod.object());
            peer.selects_namespace(own, namespace, inventory).is_possible()
                && peer.pod_selector().is_none_or(|selector| selector.matches(Labels(pod.labels())))
        })
}

/// The pods that serve DNS, by their place among all pods.
struct DnsPods(Vec<usize>);

impl DnsPods {
    fn of(inventory: &Inventory<'_>) -> Self {
        let pods = inventory.pods().iter().enumerate();
        DnsPods(pods.filter(|(_, pod)| serves_dns(pod)).map(|(at, _)| at).collect())
    }
}

fn serves_dns(pod: &Pod<'_>) -> bool {
    pod.containers().any(|container| {
        container
            .get("ports")
            .items()
            .any(|port| port.get("containerPort").as_i64().is_some_and(|port| DNS_PORTS.contains(&port)))
    })
}

/// Whether a rule lets a pod reach an address on a TCP port. Peers of pods are no addresses outside
/// the cluster.
pub(crate) fn reaches_address(rule: &Rule<'_>, address: IpAddr, port: i64) -> bool {
    rule.has_port("TCP", port) == Match::Yes
        && (rule.is_for_any_peer()
            || rule.peers().any(|peer| peer.block().is_some_and(|block| block.contains(address))))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use plimsoll_doc::{Document, Limits, SourceFile, parse};
    use plimsoll_kubernetes::objects;

    use super::*;

    fn documents(text: &str) -> Vec<Document> {
        let file = Arc::new(SourceFile::new("test.yaml", text.as_bytes().to_vec()));
        parse(&file, &Limits::default()).into_iter().map(|entry| entry.expect("a document")).collect()
    }

    fn inventory(documents: &[Document]) -> Inventory<'_> {
        let mut found = Vec::new();
        for document in documents {
            objects(document.root(), |object| found.push(object.expect("an object")));
        }
        Inventory::new(found, "default")
    }

    /// Gives a policy of this spec to `look`.
    fn with(spec: &str, look: impl Fn(NetworkPolicy<'_>, &Inventory<'_>)) {
        let text = format!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p, namespace: shop}}\nspec: {spec}\n"
        );
        let documents = documents(&text);
        let inventory = inventory(&documents);
        let policy = NetworkPolicy::all(&inventory).next().expect("a policy");
        look(policy, &inventory);
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

    #[test]
    fn everything_is_any_peer_on_every_port() {
        for (spec, expected) in [
            ("{ingress: [{}]}", true),
            ("{ingress: [null]}", true),
            ("{ingress: [{from: [], ports: []}]}", true),
            ("{ingress: [{from: everybody}]}", false),
            ("{ingress: [5]}", false),
            ("{ingress: []}", false),
            ("{ingress: [{ports: [{port: 80}]}]}", false),
            ("{ingress: [{ports: [{protocol: TCP}]}]}", true),
            ("{ingress: [{ports: [{protocol: UDP}]}]}", false),
            ("{ingress: [{ports: [{port: 1, endPort: 65535}]}]}", true),
            ("{ingress: [{ports: [{port: 100, endPort: 65535}, {port: 1, endPort: 99}]}]}", true),
            ("{ingress: [{ports: [{port: 1, endPort: 99}, {port: 101, endPort: 65535}]}]}", false),
            (
                "{ingress: [{ports: [{port: 1, endPort: 99}, {port: 100, endPort: 65535, protocol: UDP}]}]}",
                false,
            ),
            ("{ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}", true),
            ("{ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]}", false),
            ("{ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/1}}, {ipBlock: {cidr: 128.0.0.0/1}}]}]}", true),
            ("{ingress: [{from: [{podSelector: {}}]}]}", false),
            ("{policyTypes: [Egress], ingress: [{}]}", false),
        ] {
            with(spec, |policy, _| {
                assert_eq!(policy.allows_everything(Direction::Ingress), expected, "{spec}");
            });
        }
    }

    #[test]
    fn dns_needs_a_peer_that_can_be_it_and_its_port() {
        let kube = "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}";
        for (rule, udp, tcp) in [
            ("{}".to_owned(), true, true),
            ("{ports: [{port: 53, protocol: UDP}]}".to_owned(), true, false),
            ("{ports: [{port: 53}]}".to_owned(), false, true),
            ("{ports: [{port: 443}]}".to_owned(), false, false),
            (format!("{{to: [{{{kube}, podSelector: {{matchLabels: {{k8s-app: kube-dns}}}}}}], ports: [{{port: 53, protocol: UDP}}]}}"), true, false),
            (format!("{{to: [{{{kube}}}]}}"), true, true),
            (format!("{{to: [{{{kube}, podSelector: {{matchLabels: {{k8s-app: metrics-server}}}}}}]}}"), false, false),
            ("{to: [{namespaceSelector: {}}], ports: [{port: 53, protocol: UDP}]}".to_owned(), true, false),
            ("{to: [{namespaceSelector: {matchLabels: {team: dns}}}], ports: [{port: 53, protocol: UDP}]}".to_owned(), true, false),
            ("{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}]}".to_owned(), false, false),
            ("{to: [{podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{port: 53, protocol: UDP}]}".to_owned(), false, false),
            ("{to: [{podSelector: {matchLabels: {app: db}}}]}".to_owned(), false, false),
            ("{to: [{ipBlock: {cidr: 10.0.0.10/32}}], ports: [{port: 53, protocol: UDP}, {port: 53}]}".to_owned(), true, true),
            ("{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}".to_owned(), true, true),
            ("{to: [{ipBlock: {cidr: 203.0.113.7/32}}]}".to_owned(), false, false),
            ("{to: [{ipBlock: {cidr: 203.0.113.7/32}}], ports: [{port: 1, endPort: 65535}]}".to_owned(), false, false),
            ("{to: [{ipBlock: {cidr: 203.0.113.7/32}}], ports: [{port: 53, endPort: 53, protocol: UDP}]}".to_owned(), true, false),
            ("{to: [{ipBlock: {cidr: unreadable}}]}".to_owned(), true, true),
        ] {
            with(&format!("{{policyTypes: [Egress], egress: [{rule}]}}"), |policy, inventory| {
                let rule_of = policy.rules(Direction::Egress).next().expect("a rule");
                assert_eq!(reaches_dns(&rule_of, "UDP", "shop", inventory), udp, "UDP {rule}");
                assert_eq!(reaches_dns(&rule_of, "TCP", "shop", inventory), tcp, "TCP {rule}");
            });
        }
    }

    #[test]
    fn a_port_is_a_number_a_range_or_a_name() {
        for (ports, expected) in [
            ("[{port: 80}]", Match::Yes),
            ("[{port: 70, endPort: 90}]", Match::Yes),
            ("[{port: 81, endPort: 90}]", Match::No),
            ("[{port: http}]", Match::Unknown),
            ("[{port: http}, {port: 80}]", Match::Yes),
            ("[{port: 80, protocol: UDP}]", Match::No),
            ("[]", Match::Yes),
        ] {
            with(&format!("{{egress: [{{ports: {ports}}}]}}"), |policy, _| {
                let rule = policy.rules(Direction::Egress).next().expect("a rule");
                assert_eq!(rule.has_port("TCP", 80), expected, "{ports}");
            });
        }
    }

    #[test]
    fn labels_known_in_part_match_in_part() {
        let text = "apiVersion: v1\nkind: Pod\nspec:\n  a: {matchLabels: {app: web}}\n  b: {matchExpressions: [{key: tier, operator: Exists}]}\n  c: {matchLabels: {app: db, tier: x}}\n  d: {matchExpressions: [{key: app, operator: Matches, values: [web]}]}\n";
        let documents = documents(text);
        let inventory = inventory(&documents);
        let object = inventory.objects().first().expect("an object");
        let label = |key: &str| if key == "app" { Known::Is("web") } else { Known::Unknown };
        for (path, expected) in
            [("spec.a", Match::Yes), ("spec.b", Match::Unknown), ("spec.c", Match::No), ("spec.d", Match::No)]
        {
            assert_eq!(match_selector(LabelSelector::new(object.get(path)), label), expected, "{path}");
        }
    }
}

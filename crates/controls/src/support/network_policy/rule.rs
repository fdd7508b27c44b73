//! Rules of a NetworkPolicy, or of a policy that has them in the same words: which peers and ports they
//! let through.

use plimsoll_kubernetes::{Field, Inventory, LabelSelector};

use super::super::cidr::{Block, Cidr, cover_everything};
use super::super::port::protocol;
use super::super::selector::{Match, NAMESPACE_NAME, is_every_namespace, match_namespace};
use super::Direction;

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
        Match::any(self.ports().map(|port| port.has(protocol, number)))
    }

    /// Whether the rule names a port by itself, and not with others in a range. A port's name may be it.
    pub(super) fn names_port(&self, protocol: &str, number: i64) -> bool {
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
        cover_everything(self.peers().filter_map(|peer| peer.block()))
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

/// An address block as a `cidr` with exceptions (`except`); `None` where it can't be read.
pub(crate) fn block(field: &Field<'_>) -> Option<Block> {
    let cidr = Cidr::parse(field.get("cidr").text())?;
    Some(Block { cidr, except: field.get("except").strings().filter_map(Cidr::parse).collect() })
}

#[cfg(test)]
mod tests {
    use super::super::tests::with;
    use super::*;

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
}

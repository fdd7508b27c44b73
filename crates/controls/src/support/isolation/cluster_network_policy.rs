//! The network policy API (policy.networking.k8s.io): ClusterNetworkPolicy, and AdminNetworkPolicy and
//! BaselineAdminNetworkPolicy before it.

use std::net::IpAddr;

use plimsoll_kubernetes::{Field, LabelSelector, Object};

use super::super::cidr::{Cidr, cover_everything};
use super::super::network_policy::Direction;
use super::super::selector::{Known, Match, NAMESPACE_NAME, match_selector};
use super::first_match::FirstMatch;
use super::{HTTP, Question, Subject};

/// These policies isolate nothing by themselves: only what they deny is closed.
const RULES: FirstMatch = FirstMatch { action: "action", denials: &["Deny"], denies_rest: false };

pub(super) fn answer(policy: &Object<'_>, subject: &Subject<'_, '_>, question: Question) -> Match {
    let direction = question.direction();
    let rules = policy.get("spec").get(direction.rules());
    // A NetworkPolicy comes before the baseline and leaves nothing to it.
    let is_baseline = policy.kind() == "BaselineAdminNetworkPolicy" || policy.get("spec.tier").is("Baseline");
    let yes = match question {
        Question::Spoken(_) => !rules.is_empty(),
        _ if is_baseline && subject.is_selected => false,
        Question::Closed(_) => RULES.denies(&rules, |rule| matches_everything(rule, direction)),
        Question::Denied(address) => RULES.denies(&rules, |rule| matches_address(rule, address)),
    };
    if yes { applies(&policy.get("spec.subject"), subject) } else { Match::No }
}

/// Whether a policy for this `subject` is for whom it is asked about.
fn applies(of: &Field<'_>, subject: &Subject<'_, '_>) -> Match {
    if of.get("namespaces").exists() {
        return subject.is_within(LabelSelector::new(of.get("namespaces")));
    }
    if of.get("pods").exists() {
        return subject
            .is_within(LabelSelector::new(of.get("pods.namespaceSelector")))
            .and(subject.meets(LabelSelector::new(of.get("pods.podSelector"))));
    }
    Match::Unknown
}

/// Whether a rule is for every peer on every port. Whoever calls from outside of the cluster is no peer of
/// ingress, so every namespace is all that a rule can say there. Networks hold the addresses of pods too.
fn matches_everything(rule: &Field<'_>, direction: Direction) -> Match {
    if !rule.get("ports").is_empty() || !rule.get("protocols").is_empty() {
        return Match::No;
    }
    let peers = rule.get(direction.peers());
    if peers.items().any(|peer| !is_known_peer(&peer)) || peers.is_empty() {
        return Match::Unknown;
    }
    match direction {
        Direction::Ingress => Match::any(peers.items().map(|peer| is_every_pod(&peer))),
        Direction::Egress => cover_everything(networks(&peers)).into(),
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

/// Whether a rule of egress is for an address on port 80.
fn matches_address(rule: &Field<'_>, address: IpAddr) -> Match {
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
    peer.and(Match::any(by_port.chain(by_protocol)).or(is_for_any.into()))
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

#[cfg(test)]
mod tests {
    use super::super::tests::{denies_only_metadata, isolates, policy};

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
    fn an_address_is_denied_without_the_rest() {
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
        ] {
            assert_eq!(denies_only_metadata(&policy(api, kind, spec)), expected, "{spec}");
        }
    }
}

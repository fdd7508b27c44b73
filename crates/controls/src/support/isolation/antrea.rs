//! Antrea's policies. They isolate nothing by themselves, as those of the network policy API. Whom they are
//! for stands in the policy or in each of its rules.

use std::net::IpAddr;

use plimsoll_kubernetes::{Field, LabelSelector, Object};

use super::super::network_policy::{Peer, Rule};
use super::super::selector::Match;
use super::first_match::FirstMatch;
use super::{HTTP, Question, Subject};

const RULES: FirstMatch = FirstMatch { action: "action", denials: &["Drop", "Reject"], denies_rest: false };

pub(super) fn answer(policy: &Object<'_>, subject: &Subject<'_, '_>, question: Question) -> Match {
    let spec = policy.get("spec");
    let direction = question.direction();
    // A NetworkPolicy comes before this tier, and leaves nothing to it.
    let is_baseline = spec.get("tier").is("baseline");
    let rules = spec.get(direction.rules());
    let of_policy = spec.get("appliedTo");
    let by_rule = |rule: &Field<'_>| {
        if of_policy.is_empty() { applies(&rule.get("appliedTo"), subject) } else { Match::Yes }
    };
    let denies = |matches: &dyn Fn(&Rule<'_>) -> Match| {
        RULES.denies(&rules, |rule| {
            // Services are named by addresses of their own; what looks at requests can only allow.
            let others = ["protocols", "toServices", "l7Protocols"];
            let is_plain = others.into_iter().all(|other| rule.get(other).is_empty());
            by_rule(rule).and(is_plain.into()).and(matches(&Rule::new(*rule, direction)))
        })
    };
    let yes = match question {
        Question::Spoken(_) => rules.items().any(|rule| by_rule(&rule).is_possible()),
        _ if is_baseline && subject.is_selected => false,
        Question::Closed(_) => denies(&matches_everything),
        Question::Denied(address) => denies(&|rule| matches_address(rule, address)),
    };
    match (yes, of_policy.is_empty()) {
        (false, _) => Match::No,
        (true, true) => Match::Unknown,
        (true, false) => applies(&of_policy, subject),
    }
}

/// Whether some entry of an `appliedTo` is for the subject. Without a selector of namespaces an entry is for
/// all of them, or for the one of its policy.
fn applies(entries: &Field<'_>, subject: &Subject<'_, '_>) -> Match {
    let is_for = |entry: Field<'_>| {
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
            return own.and(subject.account().meets(false, |name| account.get("name").is(name)));
        }
        if !pods.exists() && !namespaces.exists() {
            return Match::Unknown;
        }
        subject.is_within(LabelSelector::new(namespaces)).and(subject.meets(LabelSelector::new(pods)))
    };
    Match::any(entries.items().map(is_for))
}

/// Whether a rule is for every peer on every port. Every pod of the cluster may be all who can call.
fn matches_everything(rule: &Rule<'_>) -> Match {
    if !rule.is_for_any_port() {
        return Match::No;
    }
    if rule.has_every_address() {
        return Match::Yes;
    }
    let may = |peer: &Peer<'_>| peer.field().get("group").exists() || peer.is_every_pod();
    if rule.peers().any(|peer| may(&peer)) { Match::Unknown } else { Match::No }
}

/// Whether a rule of egress is for an address on port 80. What groups and names of hosts stand for is written
/// elsewhere.
fn matches_address(rule: &Rule<'_>, address: IpAddr) -> Match {
    let is_address = |peer: Peer<'_>| match peer.block() {
        Some(block) => block.contains(address).into(),
        None if peer.field().get("group").exists() || peer.field().get("fqdn").exists() => Match::Unknown,
        None => Match::No,
    };
    let peers = Match::any(rule.peers().map(is_address)).or(rule.is_for_any_peer().into());
    rule.has_port("TCP", HTTP).and(peers)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{denies_metadata, denies_only_metadata, isolates, policy};

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
        assert!(!denies_metadata(&format!("{native}---\n{baseline}")));
        assert!(denies_metadata(&baseline));
    }

    #[test]
    fn an_address_is_denied_without_the_rest() {
        for (api, kind, spec, expected) in [
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
        ] {
            assert_eq!(denies_only_metadata(&policy(api, kind, spec)), expected, "{spec}");
        }
    }
}

//! Calico's policies.

mod selector;

use std::net::IpAddr;

use plimsoll_kubernetes::{Field, Object};

use super::super::cidr::{Cidr, cover_everything};
use super::super::network_policy::Direction;
use super::super::selector::{Known, Match};
use super::first_match::FirstMatch;
use super::{HTTP, Question, Subject};

/// The label by which Calico knows the name of a namespace and of an account.
const CALICO_NAME: &str = "projectcalico.org/name";

const RULES: FirstMatch = FirstMatch { action: "action", denials: &["Deny"], denies_rest: true };

/// `types` default as those of NetworkPolicy do, but without ingress where there are egress rules alone.
pub(super) fn answer(policy: &Object<'_>, subject: &Subject<'_, '_>, question: Question) -> Match {
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
            Question::Closed(_) => RULES.denies(&rules, |rule| matches_everything(rule, direction)),
            Question::Denied(address) => RULES.denies(&rules, |rule| matches_address(rule, address)),
        };
    if yes { applies(policy, subject) } else { Match::No }
}

fn applies(policy: &Object<'_>, subject: &Subject<'_, '_>) -> Match {
    let text = |path| policy.get(path).text();
    selector::matches(text("spec.selector"), &|key| label(subject, key))
        .and(selector::matches(text("spec.namespaceSelector"), &|key| namespace_label(subject, key)))
        .and(selector::matches(text("spec.serviceAccountSelector"), &|key| account_label(subject, key)))
}

/// A label as Calico writes it.
fn label<'d>(subject: &Subject<'_, 'd>, key: &str) -> Known<'d> {
    match key {
        "projectcalico.org/namespace" => Known::Is(subject.namespace),
        // Those of its namespace and its account have these in front.
        _ if ["projectcalico.org/", "pcns.", "pcsa."].iter().any(|prefix| key.starts_with(prefix)) => {
            Known::Unknown
        }
        _ => subject.label(key),
    }
}

/// A label of the namespace as Calico writes it: with one for its name beside that of Kubernetes.
fn namespace_label<'d>(subject: &Subject<'_, 'd>, key: &str) -> Known<'d> {
    match key {
        CALICO_NAME => Known::Is(subject.namespace),
        _ if key.starts_with("projectcalico.org/") => Known::Unknown,
        _ => subject.namespace_label(key),
    }
}

/// A label of the pod's account: its name alone is known.
fn account_label<'d>(subject: &Subject<'_, 'd>, key: &str) -> Known<'d> {
    if key == CALICO_NAME { subject.account() } else { Known::Unknown }
}

/// Whether a rule asks for nothing at all: of peers, ports and protocols it is for every one. One that only
/// logs leaves everything to those after it.
fn matches_everything(rule: &Field<'_>, direction: Direction) -> Match {
    let side = match direction {
        Direction::Ingress => "source",
        Direction::Egress => "destination",
    };
    let is_everybody = |nets: &Field<'_>| cover_everything(nets.strings().filter_map(Cidr::parse));
    let limits = |(key, value): (&str, Field<'_>)| match key {
        "action" | "metadata" => false,
        "source" | "destination" => value.entries().any(|(of_side, value)| {
            let is_free = key == side && of_side == "nets" && is_everybody(&value);
            is_written(&value) && !is_free
        }),
        _ => is_written(&value),
    };
    (!rule.get("action").is("Log") && !rule.entries().any(limits)).into()
}

/// Whether a rule of egress is for an address on port 80. Selectors of destinations may mean sets of
/// addresses that stand elsewhere.
fn matches_address(rule: &Field<'_>, address: IpAddr) -> Match {
    let to = rule.get("destination");
    let holds = |nets: &Field<'_>| {
        nets.strings().filter_map(Cidr::parse_or_address).any(|cidr| cidr.contains(address))
    };
    let is_tcp = |protocol: &Field<'_>| protocol.is("TCP") || protocol.as_i64() == Some(6);
    let (protocol, nets) = (rule.get("protocol"), to.get("nets"));
    let cannot = rule.get("action").is("Log")
        || (protocol.exists() && !is_tcp(&protocol))
        || is_tcp(&rule.get("notProtocol"))
        || is_written(&rule.get("icmp"))
        || rule.get("ipVersion").as_i64().is_some_and(|version| (version == 6) != address.is_ipv6())
        || (!nets.is_empty() && !holds(&nets))
        || holds(&to.get("notNets"))
        || (is_written(&to.get("notPorts")) && match_ports(&to.get("notPorts")) == Match::Yes);
    if cannot {
        return Match::No;
    }
    let ports = if is_written(&to.get("ports")) { match_ports(&to.get("ports")) } else { Match::Yes };
    let known =
        ["action", "metadata", "protocol", "notProtocol", "ipVersion", "notICMP", "icmp", "destination"];
    let plain = ["nets", "notNets", "ports"];
    let is_unread = rule.entries().any(|(key, value)| !known.contains(&key) && is_written(&value))
        || to.entries().any(|(key, value)| !plain.contains(&key) && is_written(&value));
    ports.and(if is_unread { Match::Unknown } else { Match::Yes })
}

/// Whether port 80 is among numbers, ranges (`1:1024`) and names.
fn match_ports(ports: &Field<'_>) -> Match {
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
    Match::any(ports.items().map(has))
}

/// Whether something is written that has a content.
fn is_written(field: &Field<'_>) -> bool {
    !field.is_empty() || !field.text().is_empty() || field.as_i64().is_some()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{denies_metadata, isolates, policy};

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
    fn calico_denies_an_address_by_the_first_rule_that_holds() {
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
            assert_eq!(denies_metadata(&policy), expected, "{rules}");
        }
    }
}

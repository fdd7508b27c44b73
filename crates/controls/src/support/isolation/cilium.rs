//! Cilium's policies.

use std::net::IpAddr;

use plimsoll_kubernetes::{Field, Inventory, LabelSelector, Object, Pod};

use super::super::cidr::Cidr;
use super::super::network_policy::{Direction, block};
use super::super::selector::{Known, Match, match_selector_but};
use super::{HTTP, Question, Subject, Who};

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
    selects(selector, false, &subject).is_possible()
}

fn selects(selector: LabelSelector<'_>, is_clusterwide: bool, subject: &Subject<'_, '_>) -> Match {
    let overwritten = (!is_clusterwide).then_some(CILIUM_OWN_NAMESPACE);
    match_selector_but(selector, overwritten, |key| label(subject, key))
}

/// A label as Cilium writes it: with its source, and with the namespace's labels among the pod's.
fn label<'d>(subject: &Subject<'_, 'd>, key: &str) -> Known<'d> {
    let key = key.strip_prefix("k8s:").or_else(|| key.strip_prefix("any:")).unwrap_or(key);
    if key == CILIUM_NAMESPACE {
        return Known::Is(subject.namespace);
    }
    if let Some(key) = key.strip_prefix("io.cilium.k8s.namespace.labels.") {
        return subject.namespace_label(key);
    }
    if key.contains(':') || key.starts_with("io.cilium.k8s.") || key.starts_with("io.kubernetes.") {
        return Known::Unknown;
    }
    subject.label(key)
}

/// A policy holds one spec or several, each with a selector of its own.
pub(super) fn answer(policy: &Object<'_>, subject: &Subject<'_, '_>, question: Question) -> Match {
    let specs = std::iter::once(policy.get("spec")).chain(policy.get("specs").items());
    Match::any(specs.filter(|spec| says(spec, question)).map(|spec| {
        let selector = spec.get("endpointSelector");
        if !selector.exists() {
            return Match::No;
        }
        selects(LabelSelector::new(selector), policy.is_cluster_scoped(), subject)
    }))
}

/// Rules close the directions in which their lists hold something, unless `enableDefaultDeny` says
/// otherwise or everything is let through. An empty list is as good as none.
fn says(spec: &Field<'_>, question: Question) -> bool {
    let direction = question.direction();
    let rules = spec.get(direction.rules());
    let denies = match direction {
        Direction::Ingress => spec.get("ingressDeny"),
        Direction::Egress => spec.get("egressDeny"),
    };
    let has_rules = !rules.is_empty() || !denies.is_empty();
    let closes = spec.get("enableDefaultDeny").get(direction.rules()).as_bool().unwrap_or(has_rules)
        && !rules.items().any(|rule| allows_everything(&rule, direction));
    match question {
        Question::Closed(_) => closes,
        Question::Spoken(_) => closes || has_rules,
        Question::Denied(address) => closes || denies.items().any(|rule| denies_address(&rule, address)),
    }
}

/// Whether a rule lets everybody through on every port. `all` is the cluster and the world together.
fn allows_everything(rule: &Field<'_>, direction: Direction) -> bool {
    let (entities, others) = match direction {
        Direction::Ingress => ("fromEntities", ["fromRequires", "toPorts", "icmps"]),
        Direction::Egress => ("toEntities", ["toRequires", "toPorts", "icmps"]),
    };
    let entities = rule.key(entities);
    let is_everybody =
        entities.contains("all") || (entities.contains("cluster") && entities.contains("world"));
    is_everybody && others.into_iter().all(|limit| rule.key(limit).is_empty())
}

/// Whether a rule of `egressDeny` holds an address, where its peers are addresses or entities.
fn denies_address(rule: &Field<'_>, address: IpAddr) -> bool {
    let ports = rule.get("toPorts");
    let mut named = ports.items().flat_map(|entry| entry.get("ports").items());
    let on_port = ports.is_empty()
        || named.any(|port| {
            let first = port.get("port").text().parse().unwrap_or(0);
            let last = port.get("endPort").as_i64().unwrap_or(first);
            first == 0 || (first..=last).contains(&HTTP)
        });
    let by_address = rule
        .get("toCIDR")
        .strings()
        .filter_map(Cidr::parse_or_address)
        .any(|cidr| cidr.contains(address))
        || rule.get("toCIDRSet").items().filter_map(|set| block(&set)).any(|block| block.contains(address));
    let entities = rule.get("toEntities");
    on_port && (by_address || ["all", "world", "world-ipv4"].iter().any(|name| entities.contains(name)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{denies_only_metadata, isolates, policy};

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
    }

    #[test]
    fn an_address_is_denied_without_the_rest() {
        for (api, kind, spec, expected) in [
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
        ] {
            assert_eq!(denies_only_metadata(&policy(api, kind, spec)), expected, "{spec}");
        }
    }
}

//! Whether rules of egress let pods ask the cluster's DNS.

use plimsoll_kubernetes::{Inventory, Labels, Pod};

use super::super::selector::{Known, Match, match_selector};
use super::{Peer, Rule};

/// Namespaces that hold the cluster's DNS: upstream, and OpenShift's.
const DNS_NAMESPACES: [&str; 2] = ["kube-system", "openshift-dns"];

/// The ports on which pods serve DNS: everywhere, and OpenShift's.
const DNS_PORTS: [i64; 2] = [53, 5353];

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
            if peer.field().get("ipBlock").exists() {
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

#[cfg(test)]
mod tests {
    use super::super::Direction;
    use super::super::tests::with;
    use super::*;

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
}

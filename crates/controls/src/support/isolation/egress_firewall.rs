//! Egress firewalls of OVN-Kubernetes and OpenShift.

use plimsoll_kubernetes::{Field, Object};

use super::super::cidr::{Cidr, cover_everything};
use super::super::network_policy::Direction;
use super::super::selector::Match;
use super::first_match::FirstMatch;
use super::{HTTP, Question};

const RULES: FirstMatch = FirstMatch { action: "type", denials: &["Deny"], denies_rest: false };

/// Rules for what pods of a namespace call outside of the cluster.
pub(super) fn answer(policy: &Object<'_>, question: Question) -> Match {
    let rules = policy.get("spec.egress");
    let cidr = |rule: &Field<'_>| Cidr::parse(rule.get("to.cidrSelector").text());
    let yes = match question {
        Question::Closed(Direction::Ingress) | Question::Spoken(Direction::Ingress) => false,
        Question::Spoken(Direction::Egress) => !rules.is_empty(),
        Question::Closed(Direction::Egress) => {
            RULES.denies(&rules, |rule| (cover_everything(cidr(rule)) && rule.get("ports").is_empty()).into())
        }
        Question::Denied(address) => RULES.denies(&rules, |rule| {
            let ports = rule.get("ports");
            let on_port =
                ports.is_empty() || ports.items().any(|port| port.get("port").as_i64() == Some(HTTP));
            (on_port && cidr(rule).is_some_and(|cidr| cidr.contains(address))).into()
        }),
    };
    yes.into()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{denies_only_metadata, isolates, policy};

    #[test]
    fn an_egress_firewall_closes_what_it_denies() {
        let firewall = |rule: &str| {
            isolates(&policy("k8s.ovn.org/v1", "EgressFirewall", &format!("{{egress: [{rule}]}}")))
        };
        assert_eq!(firewall("{type: Deny, to: {cidrSelector: 0.0.0.0/0}}"), (false, true));
        assert_eq!(firewall("{type: Allow, to: {cidrSelector: 0.0.0.0/0}}"), (false, false));
        assert_eq!(firewall("{type: Deny, to: {cidrSelector: 203.0.113.7/32}}"), (false, false));
    }

    #[test]
    fn an_address_is_denied_without_the_rest() {
        let spec = "{egress: [{type: Deny, to: {cidrSelector: 169.254.169.254/32}}]}";
        assert!(denies_only_metadata(&policy("k8s.ovn.org/v1", "EgressFirewall", spec)));
    }
}

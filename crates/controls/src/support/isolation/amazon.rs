//! Amazon's policies: ApplicationNetworkPolicy and SecurityGroupPolicy. Its ClusterNetworkPolicy is read as
//! the one of the network policy API, which it follows.

use plimsoll_kubernetes::{LabelSelector, Object};

use super::super::network_policy::NetworkPolicy;
use super::super::selector::Match;
use super::{Question, Subject};

/// NetworkPolicy with names of hosts among its peers: all else is as there.
pub(super) fn application_network_policy(
    policy: &Object<'_>,
    subject: &Subject<'_, '_>,
    question: Question,
) -> Match {
    let policy = NetworkPolicy::new(*policy);
    if !policy.isolates(question.direction()) {
        return Match::No;
    }
    subject.meets(policy.selector())
}

/// Security groups for the pods that both selectors match. What the groups close stands in no manifest,
/// nor do the labels of an account that wasn't read.
pub(super) fn security_groups(policy: &Object<'_>, subject: &Subject<'_, '_>) -> Match {
    let (pods, accounts) = (policy.get("spec.podSelector"), policy.get("spec.serviceAccountSelector"));
    if !pods.exists() && !accounts.exists() {
        return Match::No;
    }
    subject.meets(LabelSelector::new(pods)).and(Match::Unknown)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{isolates, policy};

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
    fn security_groups_close_what_they_can() {
        let groups = |selectors: &str| {
            isolates(&policy("vpcresources.k8s.aws/v1beta1", "SecurityGroupPolicy", selectors))
        };
        assert_eq!(groups("{podSelector: {matchLabels: {app: web}}}"), (true, true));
        assert_eq!(groups("{podSelector: {matchLabels: {app: db}}}"), (false, false));
        assert_eq!(groups("{serviceAccountSelector: {matchLabels: {app: db}}}"), (true, true));
    }
}

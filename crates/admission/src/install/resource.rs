//! From kinds, which controls speak about, to resources, which webhooks are registered for.

use plimsoll_kubernetes::{GroupKind, is_cluster_scoped, schema};

/// A resource of the API.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Resource {
    pub group: String,
    /// One version, to which the API server converts the others (`matchPolicy: Equivalent`); `*` for
    /// resources whose versions only the cluster knows.
    pub version: String,
    /// The plural, in lower case: `networkpolicies`.
    pub name: String,
    pub is_namespaced: bool,
}

/// What no webhook is asked about, whatever a control has to say: what keeps nodes and leaders alive; the
/// registrations themselves, which the API server keeps from every webhook; and Secrets, whose values are
/// nobody's business: what controls say about them, a scan says.
const NEVER: &[&str] = &[
    "apiservices",
    "bindings",
    "certificatesigningrequests",
    "componentstatuses",
    "endpoints",
    "endpointslices",
    "events",
    "leases",
    "localsubjectaccessreviews",
    "mutatingadmissionpolicies",
    "mutatingadmissionpolicybindings",
    "mutatingwebhookconfigurations",
    "nodes",
    "secrets",
    "selfsubjectaccessreviews",
    "subjectaccessreviews",
    "tokenreviews",
    "validatingadmissionpolicies",
    "validatingadmissionpolicybindings",
    "validatingwebhookconfigurations",
];

/// The resource of a kind; `None` where no webhook is to be asked about it, or where the kind is one of
/// files that no API serves.
pub fn resource(kind: GroupKind) -> Option<Resource> {
    let name = plural(kind.kind);
    if NEVER.contains(&name.as_str()) || is_of_files(kind.group) {
        return None;
    }
    let version = match kind.group {
        "*" => "*",
        group => match served(group, kind.kind) {
            Some(version) => version,
            // Of its own groups Kubernetes serves what it knows, or served it once.
            None if schema::is_built_in_group(group) || group == "extensions" => return None,
            None => "*",
        },
    };
    Some(Resource {
        group: kind.group.to_owned(),
        version: version.to_owned(),
        name,
        is_namespaced: !is_cluster_scoped(kind.group, kind.kind),
    })
}

/// The most stable version that Kubernetes serves of a kind.
fn served(group: &str, kind: &str) -> Option<&'static str> {
    let stability = |version: &str| match version {
        _ if version.contains("alpha") => 0,
        _ if version.contains("beta") => 1,
        _ => 2,
    };
    schema::kinds()
        .filter(|(g, _, k)| *g == group && *k == kind)
        .map(|(_, version, _)| version)
        .max_by_key(|version| (stability(version), *version))
}

/// Groups of configuration files, which are read from disk.
fn is_of_files(group: &str) -> bool {
    group.ends_with(".config.k8s.io")
        || matches!(
            group,
            "apiserver.config.k8s.io"
                | "audit.k8s.io"
                | "kubeadm.k8s.io"
                | "kustomize.config.k8s.io"
                | "eksctl.io"
        )
}

/// The plural that the API's conventions make of a kind.
fn plural(kind: &str) -> String {
    let kind = kind.to_ascii_lowercase();
    let before_y = kind.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    match before_y {
        _ if kind == "endpoints" => kind,
        Some(stem) => format!("{stem}ies"),
        None if kind.ends_with(['s', 'x', 'z']) || kind.ends_with("ch") || kind.ends_with("sh") => {
            format!("{kind}es")
        }
        None => format!("{kind}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(group: &'static str, kind: &'static str) -> Option<(String, String, bool)> {
        resource(GroupKind::new(group, kind)).map(|of| (of.version, of.name, of.is_namespaced))
    }

    #[test]
    fn kinds_of_kubernetes_have_one_version() {
        for (group, kind, version, name, is_namespaced) in [
            ("", "Pod", "v1", "pods", true),
            ("apps", "Deployment", "v1", "deployments", true),
            ("networking.k8s.io", "NetworkPolicy", "v1", "networkpolicies", true),
            ("networking.k8s.io", "Ingress", "v1", "ingresses", true),
            ("networking.k8s.io", "IngressClass", "v1", "ingressclasses", false),
            ("rbac.authorization.k8s.io", "ClusterRole", "v1", "clusterroles", false),
            ("", "Namespace", "v1", "namespaces", false),
        ] {
            assert_eq!(of(group, kind), Some((version.to_owned(), name.to_owned(), is_namespaced)), "{kind}");
        }
    }

    #[test]
    fn custom_resources_have_the_versions_of_their_cluster() {
        assert_eq!(
            of("gateway.networking.k8s.io", "Gateway"),
            Some(("*".to_owned(), "gateways".to_owned(), true))
        );
        assert_eq!(of("*", "Ingress"), Some(("*".to_owned(), "ingresses".to_owned(), true)));
    }

    #[test]
    fn some_are_never_asked_about() {
        for (group, kind) in [
            ("", "Node"),
            ("", "Event"),
            ("", "Secret"),
            ("events.k8s.io", "Event"),
            ("coordination.k8s.io", "Lease"),
            ("authentication.k8s.io", "TokenReview"),
            ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"),
            ("kubelet.config.k8s.io", "KubeletConfiguration"),
            ("audit.k8s.io", "Policy"),
            ("policy", "PodSecurityPolicy"),
            ("extensions", "Deployment"),
        ] {
            assert_eq!(of(group, kind), None, "{group}/{kind}");
        }
    }
}

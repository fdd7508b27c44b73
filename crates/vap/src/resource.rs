//! Kinds as the API server calls them in a request, and which of their fields matter.

use plimsoll_kubernetes::GroupKind;

/// A rule that says which requests a policy is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) group: &'static str,
    pub(crate) version: &'static str,
    pub(crate) operations: &'static [&'static str],
    pub(crate) resources: Vec<&'static str>,
}

pub(crate) const WRITTEN: &[&str] = &["CREATE", "UPDATE"];

/// A kind without pods.
#[derive(Debug)]
pub(crate) struct Resource {
    pub(crate) kind: GroupKind,
    version: &'static str,
    resource: &'static str,
    /// The fields that say what the object does. An update that leaves them as they are is none of a policy's
    /// business: it may only take a finalizer away.
    pub(crate) parts: &'static [&'static str],
}

impl Resource {
    pub(crate) fn of(kind: &GroupKind) -> Option<&'static Resource> {
        RESOURCES.iter().find(|resource| resource.kind == *kind)
    }

    pub(crate) fn rule(&self) -> Rule {
        Rule {
            group: self.kind.group,
            version: self.version,
            operations: WRITTEN,
            resources: vec![self.resource],
        }
    }
}

const fn resource(kind: GroupKind, resource: &'static str, parts: &'static [&'static str]) -> Resource {
    Resource { kind, version: "v1", resource, parts }
}

const SPEC: &[&str] = &["spec", "metadata.annotations"];

static RESOURCES: [Resource; 8] = [
    resource(GroupKind::new("", "Service"), "services", SPEC),
    resource(GroupKind::new("", "PersistentVolume"), "persistentvolumes", SPEC),
    resource(GroupKind::new("", "ServiceAccount"), "serviceaccounts", &["automountServiceAccountToken"]),
    resource(GroupKind::new("networking.k8s.io", "Ingress"), "ingresses", SPEC),
    resource(GroupKind::new("rbac.authorization.k8s.io", "Role"), "roles", &["rules"]),
    resource(
        GroupKind::new("rbac.authorization.k8s.io", "ClusterRole"),
        "clusterroles",
        &["rules", "aggregationRule"],
    ),
    resource(
        GroupKind::new("rbac.authorization.k8s.io", "RoleBinding"),
        "rolebindings",
        &["subjects", "roleRef"],
    ),
    resource(
        GroupKind::new("rbac.authorization.k8s.io", "ClusterRoleBinding"),
        "clusterrolebindings",
        &["subjects", "roleRef"],
    ),
];

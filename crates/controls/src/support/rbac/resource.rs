//! Resources and verbs, and what the API server knows of them.

use plimsoll_kubernetes::Object;

use super::GROUP;

/// A resource, with its subresource if it has one: `pods`, `pods/exec`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Resource {
    /// `""` is the core group.
    pub group: &'static str,
    pub name: &'static str,
    pub scope: Scope,
}

/// Which binding can grant a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Requests name a namespace: a RoleBinding there is enough.
    Namespaced,
    /// Requests name no namespace: only a ClusterRoleBinding grants them.
    Cluster,
    /// Namespaces themselves: a request for one of them counts as made in it, one for all of them
    /// (`create`, `list`, …) does not.
    Namespace,
}

impl Resource {
    pub const fn namespaced(group: &'static str, name: &'static str) -> Self {
        Resource { group, name, scope: Scope::Namespaced }
    }

    pub const fn cluster(group: &'static str, name: &'static str) -> Self {
        Resource { group, name, scope: Scope::Cluster }
    }

    /// Whether a role can grant this at all: a Role is only ever bound in its namespace.
    pub fn is_grantable_by(&self, role: &Object<'_>, verb: &str) -> bool {
        match self.scope {
            _ if role.kind() == "ClusterRole" => true,
            Scope::Namespaced => true,
            Scope::Cluster => false,
            Scope::Namespace => !is_collective(verb),
        }
    }
}

/// Verbs whose requests carry no name (`list`, `watch` and `deletecollection` do with a field selector
/// on `metadata.name`).
pub(super) fn is_collective(verb: &str) -> bool {
    matches!(verb, "create" | "list" | "watch" | "deletecollection")
}

/// Resources outside namespaces, by group. Users, groups and signers are none that are served: verbs on them
/// are asked about by themselves.
const CLUSTER_SCOPED: &[(&str, &[&str])] = &[
    ("", &["componentstatuses", "groups", "nodes", "persistentvolumes", "users"]),
    (
        "admissionregistration.k8s.io",
        &[
            "mutatingadmissionpolicies",
            "mutatingadmissionpolicybindings",
            "mutatingwebhookconfigurations",
            "validatingadmissionpolicies",
            "validatingadmissionpolicybindings",
            "validatingwebhookconfigurations",
        ],
    ),
    ("apiextensions.k8s.io", &["customresourcedefinitions"]),
    ("apiregistration.k8s.io", &["apiservices"]),
    ("authentication.k8s.io", &["selfsubjectreviews", "tokenreviews", "uids", "userextras"]),
    (
        "authorization.k8s.io",
        &["selfsubjectaccessreviews", "selfsubjectrulesreviews", "subjectaccessreviews"],
    ),
    ("certificates.k8s.io", &["certificatesigningrequests", "clustertrustbundles", "signers"]),
    ("flowcontrol.apiserver.k8s.io", &["flowschemas", "prioritylevelconfigurations"]),
    ("internal.apiserver.k8s.io", &["storageversions"]),
    ("networking.k8s.io", &["ingressclasses", "ipaddresses", "servicecidrs"]),
    ("node.k8s.io", &["runtimeclasses"]),
    (GROUP, &["clusterrolebindings", "clusterroles"]),
    (
        "resource.k8s.io",
        &["deviceclasses", "devicetaintrules", "resourcepoolstatusrequests", "resourceslices"],
    ),
    ("scheduling.k8s.io", &["priorityclasses"]),
    (
        "storage.k8s.io",
        &["csidrivers", "csinodes", "storageclasses", "volumeattachments", "volumeattributesclasses"],
    ),
    ("storagemigration.k8s.io", &["storageversionmigrations"]),
];

/// Whether requests of a verb on a resource are known to name no namespace.
pub(super) fn is_outside_namespaces(group: &str, resource: &str, verb: &str) -> bool {
    let name = resource.split_once('/').map_or(resource, |(name, _)| name);
    match (group, name, verb) {
        // `*` has verbs of both kinds.
        ("", "namespaces", verb) => is_collective(verb) && name == resource,
        // `bind` is asked for where the binding is made, for ClusterRoles too.
        (GROUP, "clusterroles", "bind" | "*") => false,
        _ => CLUSTER_SCOPED.iter().any(|(of, resources)| *of == group && resources.contains(&name)),
    }
}

/// Verbs that any resource may have.
pub(super) const EVERYWHERE: &[&str] =
    &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

/// Verbs of the API server. Others are asked for by programs of their own, in any spelling.
const VERBS: &[&str] = &[
    "approve",
    "bind",
    "create",
    "delete",
    "deletecollection",
    "escalate",
    "get",
    "impersonate",
    "list",
    "patch",
    "sign",
    "update",
    "use",
    "watch",
];

/// Whether a verb would be one of the API server's in lower case: no request has it.
pub(crate) fn is_misspelt(verb: &str) -> bool {
    !VERBS.contains(&verb) && VERBS.contains(&verb.to_ascii_lowercase().as_str())
}

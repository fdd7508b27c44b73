//! Every call that is ever made to the API server, and so every right that the server needs.

use std::fmt;

/// A call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Call {
    /// The verb, as RBAC has it.
    pub verb: Verb,
    /// `""` is the core group.
    pub group: &'static str,
    pub resource: &'static str,
    /// Whether it is made for objects of one name alone.
    pub is_named: bool,
    /// Whether it is made for objects of one namespace: the server's own, where it is named.
    pub is_namespaced: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    Get,
    List,
    Watch,
    Create,
    /// A merge patch.
    Merge,
    /// A JSON patch.
    Patch,
}

const fn own(verb: Verb, group: &'static str, resource: &'static str) -> Call {
    Call { verb, group, resource, is_named: !matches!(verb, Verb::Create), is_namespaced: true }
}

const fn webhook(verb: Verb, resource: &'static str) -> Call {
    Call { verb, group: "admissionregistration.k8s.io", resource, is_named: true, is_namespaced: false }
}

const fn any(verb: Verb, resource: &'static str, is_namespaced: bool) -> Call {
    Call { verb, group: "", resource, is_named: false, is_namespaced }
}

pub const GET_SECRET: Call = own(Verb::Get, "", "secrets");
pub const CREATE_SECRET: Call = own(Verb::Create, "", "secrets");
pub const MERGE_SECRET: Call = own(Verb::Merge, "", "secrets");
pub const GET_LEASE: Call = own(Verb::Get, "coordination.k8s.io", "leases");
pub const CREATE_LEASE: Call = own(Verb::Create, "coordination.k8s.io", "leases");
pub const MERGE_LEASE: Call = own(Verb::Merge, "coordination.k8s.io", "leases");
pub const GET_VALIDATING: Call = webhook(Verb::Get, "validatingwebhookconfigurations");
pub const PATCH_VALIDATING: Call = webhook(Verb::Patch, "validatingwebhookconfigurations");
pub const GET_MUTATING: Call = webhook(Verb::Get, "mutatingwebhookconfigurations");
pub const PATCH_MUTATING: Call = webhook(Verb::Patch, "mutatingwebhookconfigurations");
pub const GET_NAMESPACE: Call = any(Verb::Get, "namespaces", false);
pub const LIST_NAMESPACES: Call = any(Verb::List, "namespaces", false);
pub const WATCH_NAMESPACES: Call = any(Verb::Watch, "namespaces", false);
pub const GET_POD: Call = any(Verb::Get, "pods", true);
pub const LIST_PODS: Call = any(Verb::List, "pods", true);

/// What certificates of its own need.
pub const CERTIFICATES: &[Call] = &[
    GET_SECRET,
    CREATE_SECRET,
    MERGE_SECRET,
    GET_LEASE,
    CREATE_LEASE,
    MERGE_LEASE,
    GET_VALIDATING,
    PATCH_VALIDATING,
    GET_MUTATING,
    PATCH_MUTATING,
];

/// What the labels of namespaces need.
pub const NAMESPACES: &[Call] = &[GET_NAMESPACE, LIST_NAMESPACES, WATCH_NAMESPACES];

impl Verb {
    /// The method of HTTP.
    pub const fn method(self) -> &'static str {
        match self {
            Verb::Get | Verb::List | Verb::Watch => "GET",
            Verb::Create => "POST",
            Verb::Merge | Verb::Patch => "PATCH",
        }
    }

    /// The verb that RBAC grants.
    pub const fn rbac(self) -> &'static str {
        match self {
            Verb::Get => "get",
            Verb::List => "list",
            Verb::Watch => "watch",
            Verb::Create => "create",
            Verb::Merge | Verb::Patch => "patch",
        }
    }

    /// What the body is.
    pub const fn content_type(self) -> &'static str {
        match self {
            Verb::Merge => "application/merge-patch+json",
            Verb::Patch => "application/json-patch+json",
            _ => "application/json",
        }
    }
}

impl Call {
    /// The path of the request.
    pub fn path(&self, namespace: &str, name: &str) -> String {
        let mut path = match self.group {
            "" => "/api/v1".to_owned(),
            group => format!("/apis/{group}/v1"),
        };
        let mut add = |part: &str| {
            path.push('/');
            // What is empty or a step in the tree would be another path.
            match part.trim_matches('.') {
                "" => path.push('~'),
                _ => path.extend(part.bytes().map(escaped)),
            }
        };
        if self.is_namespaced {
            add("namespaces");
            add(namespace);
        }
        add(self.resource);
        if !matches!(self.verb, Verb::Create | Verb::List | Verb::Watch) {
            add(name);
        }
        path
    }
}

/// Names of objects are DNS names. What isn't one (a request can carry any name) becomes a name that no
/// object has, rather than another path.
fn escaped(byte: u8) -> char {
    if byte.is_ascii_alphanumeric() || b"-._:".contains(&byte) { char::from(byte) } else { '~' }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.verb.rbac(), self.resource)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_have_their_paths() {
        assert_eq!(GET_SECRET.path("ns", "n"), "/api/v1/namespaces/ns/secrets/n");
        assert_eq!(CREATE_LEASE.path("ns", "n"), "/apis/coordination.k8s.io/v1/namespaces/ns/leases");
        assert_eq!(
            PATCH_VALIDATING.path("", "plimsoll"),
            "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/plimsoll"
        );
        assert_eq!(LIST_NAMESPACES.path("", ""), "/api/v1/namespaces");
        assert_eq!(LIST_PODS.path("a", ""), "/api/v1/namespaces/a/pods");
    }

    #[test]
    fn a_name_never_leaves_its_place() {
        assert_eq!(GET_POD.path("", ".."), "/api/v1/namespaces/~/pods/~");
        assert_eq!(GET_POD.path("a/b", "../x?y#%2f é"), "/api/v1/namespaces/a~b/pods/..~x~y~~2f~~~");
    }
}

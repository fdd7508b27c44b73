//! The ClusterRoles that every cluster has, for scans in which they don't stand.

/// A ClusterRole that the API server itself makes and mends, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShippedRole {
    /// Everything.
    ClusterAdmin,
    /// `admin`, `edit` or `view`: what they have differs by release, and other roles add to it.
    UserFacing(&'static str),
}

impl ShippedRole {
    /// By the name of a ClusterRole.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "cluster-admin" => Some(ShippedRole::ClusterAdmin),
            "admin" => Some(ShippedRole::UserFacing("admin")),
            "edit" => Some(ShippedRole::UserFacing("edit")),
            "view" => Some(ShippedRole::UserFacing("view")),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            ShippedRole::ClusterAdmin => "cluster-admin",
            ShippedRole::UserFacing(name) => name,
        }
    }

    /// The labels of ClusterRoles that add to it: `admin` has what `edit` has, and `edit` what `view` has.
    pub(crate) fn aggregates(self) -> &'static [&'static str] {
        const LABELS: [&str; 3] = [
            "rbac.authorization.k8s.io/aggregate-to-admin",
            "rbac.authorization.k8s.io/aggregate-to-edit",
            "rbac.authorization.k8s.io/aggregate-to-view",
        ];
        match self {
            ShippedRole::ClusterAdmin => &[],
            ShippedRole::UserFacing("admin") => &LABELS,
            ShippedRole::UserFacing("edit") => LABELS.get(1..).unwrap_or(&[]),
            ShippedRole::UserFacing(_) => LABELS.get(2..).unwrap_or(&[]),
        }
    }

    /// Whether its own rules, in some release, have this verb: none of the three has `*` or `use` among its
    /// verbs, nor `escalate`, `bind` or `approve`.
    pub(crate) fn may_have(self, verb: &str) -> bool {
        match self {
            ShippedRole::ClusterAdmin => true,
            ShippedRole::UserFacing(_) => matches!(
                verb,
                "get"
                    | "list"
                    | "watch"
                    | "create"
                    | "update"
                    | "patch"
                    | "delete"
                    | "deletecollection"
                    | "impersonate"
            ),
        }
    }
}

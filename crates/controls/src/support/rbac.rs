//! Role-based access control as the API server's authorizer does it: rules, roles with what
//! aggregation adds to them, bindings and subjects. It answers questions and judges nothing.
//!
//! The semantics are those of `k8s.io/kubernetes/pkg/apis/rbac/v1/evaluation_helpers.go`, of the
//! ClusterRole aggregation controller, and of the validation of the `rbac.authorization.k8s.io` API.

mod binding;
mod resource;
mod role;
mod rule;
mod subject;
#[cfg(test)]
mod tests;

use plimsoll_kubernetes::GroupKind;

pub(crate) use binding::{Binding, is_shipped_binding};
pub(crate) use resource::{Resource, Scope, is_misspelt};
pub(crate) use role::{effective_rules, is_shipped_role, is_user_facing, reaches, written_rules};
pub(crate) use rule::{Extent, Rule};
pub(crate) use subject::{Held, Identity, Subject};

pub(crate) const GROUP: &str = "rbac.authorization.k8s.io";

pub(crate) const ROLES: &[GroupKind] = &[GroupKind::new(GROUP, "ClusterRole"), GroupKind::new(GROUP, "Role")];

pub(crate) const BINDINGS: &[GroupKind] =
    &[GroupKind::new(GROUP, "ClusterRoleBinding"), GroupKind::new(GROUP, "RoleBinding")];

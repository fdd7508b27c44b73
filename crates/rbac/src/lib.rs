//! Who may do what: the API server's RBAC authorizer over the roles and bindings of an inventory.
//!
//! RBAC only ever allows: what no rule allows is `NoOpinion`. A scan rarely holds a whole cluster, so the
//! answer carries what could not be decided, such as a binding to a role that was not read: unknown is not
//! "no". The rules are those of `k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac`.

mod aggregation;
mod attributes;
mod authorizer;
mod binding;
mod decision;
mod quote;
mod role;
mod rule;
mod shipped;
mod subject;
mod user;

pub use attributes::{Attributes, Target};
pub use authorizer::Authorizer;
pub use binding::Binding;
pub use decision::{Allowed, Decision, Grant, Undecided, Why};
pub use role::Role;
pub use rule::Rule;
pub use shipped::ShippedRole;
pub use subject::{Identity, Subject};
pub use user::User;

/// The API group of roles and bindings.
pub const GROUP: &str = "rbac.authorization.k8s.io";

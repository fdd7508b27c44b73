//! Answers.

use std::fmt::{self, Display, Formatter};

use plimsoll_kubernetes::Field;

use crate::quote::Quoted;
use crate::{Binding, Identity, Role, Rule, Subject};

/// What the authorizer says to a request.
pub enum Decision<'a, 'd> {
    Allow(Allowed<'a, 'd>),
    /// No rule that was read allows it. Where something could not be decided, that is no "no".
    NoOpinion(Vec<Undecided<'a, 'd>>),
}

/// Why a request is allowed.
pub enum Allowed<'a, 'd> {
    /// The user is in `system:masters`, and no binding is asked.
    PrivilegedGroup,
    Grant(Grant<'a, 'd>),
}

/// The first subject, binding, role and rule that allow a request.
#[derive(Clone, Copy)]
pub struct Grant<'a, 'd> {
    pub binding: &'a Binding<'d>,
    pub subject: &'a Subject<'d>,
    /// The role; `None` for one that every cluster has and that was not read.
    pub role: Option<&'a Role<'d>>,
    /// The rule; `None` for one of `cluster-admin`, which was not read.
    pub rule: Option<&'a Rule<'d>>,
}

/// Something that may allow a request, and nobody can tell from what was read.
#[derive(Clone, Copy)]
pub struct Undecided<'a, 'd> {
    pub binding: &'a Binding<'d>,
    pub why: Why<'d>,
}

/// Why nobody can tell.
#[derive(Clone, Copy)]
pub enum Why<'d> {
    /// The role that the binding refers to was not read.
    RoleMissing,
    /// A rule, a list of rules or a selector is nothing that the API server could read.
    RoleUnreadable(Field<'d>),
    /// A subject is nothing that the API server could read.
    SubjectUnreadable(Field<'d>),
}

impl Decision<'_, '_> {
    pub fn is_allowed(&self) -> bool {
        matches!(self, Decision::Allow(_))
    }

    /// Whether the answer could be another one if more had been read.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Decision::NoOpinion(undecided) if !undecided.is_empty())
    }
}

impl Display for Binding<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.is_cluster_wide() {
            write!(f, "ClusterRoleBinding {}", Quoted(self.name()))?;
        } else {
            write!(f, "RoleBinding {}", Quoted(&format!("{}/{}", self.name(), self.namespace())))?;
        }
        write!(f, " of {} {}", self.role_kind(), Quoted(self.role_name()))
    }
}

/// In the API server's words, without their `RBAC: allowed by`.
impl Display for Grant<'_, '_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let subject = self.subject.field();
        let (kind, name) = (subject.get("kind").text(), subject.get("name").text());
        write!(f, "{} to ", self.binding)?;
        match self.subject.identity() {
            Identity::ServiceAccount { namespace, name } => {
                write!(f, "{kind} {}", Quoted(&format!("{name}/{namespace}")))
            }
            _ => write!(f, "{kind} {}", Quoted(name)),
        }
    }
}

impl Display for Undecided<'_, '_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.binding)?;
        match self.why {
            Why::RoleMissing => f.write_str("the role is not among what was read"),
            Why::RoleUnreadable(_) => f.write_str("a rule of the role can't be read"),
            Why::SubjectUnreadable(_) => f.write_str("a subject can't be read"),
        }
    }
}

//! Subjects of a binding.

use std::borrow::Cow;

use plimsoll_kubernetes::Field;

use crate::User;
use crate::user::account;

/// A subject as a binding writes it.
#[derive(Clone)]
pub struct Subject<'d> {
    field: Field<'d>,
    identity: Identity<'d>,
}

/// Whom a subject stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Identity<'d> {
    /// By name; a service account may be written as `system:serviceaccount:NAMESPACE:NAME`.
    User(&'d str),
    Group(&'d str),
    ServiceAccount {
        namespace: &'d str,
        name: &'d str,
    },
    /// Of a kind that matches nobody, or a service account without a namespace in a ClusterRoleBinding.
    Nobody,
}

impl<'d> Subject<'d> {
    /// Reads a subject of a binding in a namespace (`""`: a ClusterRoleBinding); `None` where the API server
    /// could not.
    pub(crate) fn read(field: Field<'d>, namespace: &'d str, is_alpha: bool) -> Option<Self> {
        if field.exists() && !field.is_mapping() {
            return None;
        }
        let text = |path| {
            let field = field.get(path);
            if field.exists() { field.as_str() } else { Some("") }
        };
        let (kind, name, own) = (text("kind")?, text("name")?, text("namespace")?);
        let identity = match kind {
            // Once upon a time a star stood for everybody, and v1alpha1 still reads it so.
            "User" if is_alpha && name == "*" => Identity::Group("system:authenticated"),
            "User" => Identity::User(name),
            "Group" => Identity::Group(name),
            "ServiceAccount" => match if own.is_empty() { namespace } else { own } {
                "" => Identity::Nobody,
                namespace => Identity::ServiceAccount { namespace, name },
            },
            _ => Identity::Nobody,
        };
        Some(Subject { field, identity })
    }

    pub fn field(&self) -> Field<'d> {
        self.field
    }

    pub fn identity(&self) -> &Identity<'d> {
        &self.identity
    }
}

impl<'d> Identity<'d> {
    /// Whether a user is meant.
    pub fn is(&self, user: &User<'_>) -> bool {
        match self {
            Identity::User(name) => user.name == *name,
            Identity::Group(group) => user.is_in(group),
            Identity::ServiceAccount { namespace, name } => user
                .name
                .strip_prefix("system:serviceaccount:")
                .and_then(|rest| rest.strip_prefix(*namespace)?.strip_prefix(':'))
                .is_some_and(|rest| rest == *name),
            Identity::Nobody => false,
        }
    }

    /// The name by which requests carry it: of a user, or of a group.
    pub(crate) fn key(&self) -> Option<Key<'d>> {
        match self {
            Identity::User(name) => Some(Key::User(Cow::Borrowed(name))),
            Identity::Group(name) => Some(Key::Group(Cow::Borrowed(name))),
            Identity::ServiceAccount { namespace, name } => Some(Key::User(account(namespace, name).into())),
            Identity::Nobody => None,
        }
    }
}

/// What bindings are looked up by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key<'d> {
    User(Cow<'d, str>),
    Group(Cow<'d, str>),
}

//! Subjects of bindings, and who they stand for.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use plimsoll_kubernetes::Field;

/// A subject of a binding.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'d> {
    pub(super) field: Field<'d>,
    /// That of a RoleBinding.
    pub(super) namespace: Option<&'d str>,
}

/// Who a subject stands for. Names are exact strings: nothing is a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Identity<'d> {
    User(&'d str),
    Group(&'d str),
    ServiceAccount { namespace: &'d str, name: &'d str },
}

impl<'d> Subject<'d> {
    pub fn field(&self) -> Field<'d> {
        self.field
    }

    /// Who it stands for; `None` where it can match nobody: an unknown kind, no name, or a service
    /// account without a namespace in a ClusterRoleBinding.
    pub fn identity(&self) -> Option<Identity<'d>> {
        let name = self.field.get("name").text();
        if name.is_empty() {
            return None;
        }
        match self.field.get("kind").text() {
            "User" => {
                let account =
                    name.strip_prefix("system:serviceaccount:").and_then(|rest| rest.split_once(':'));
                Some(match account {
                    Some((namespace, name)) => Identity::ServiceAccount { namespace, name },
                    None => Identity::User(name),
                })
            }
            "Group" => Some(Identity::Group(name)),
            "ServiceAccount" => {
                let own = Some(self.field.get("namespace").text()).filter(|own| !own.is_empty());
                own.or(self.namespace).map(|namespace| Identity::ServiceAccount { namespace, name })
            }
            _ => None,
        }
    }
}

/// What was said of identities, in an order, for asking what holds of a service account.
pub(crate) struct Held<'d, T> {
    said: Vec<T>,
    /// The first of each identity.
    first: HashMap<Identity<'d>, usize, RandomState>,
}

impl<'d, T> Held<'d, T> {
    /// The first thing that was said of an identity that a service account is, or is in.
    pub fn by<'s>(&'s self, namespace: &str, account: &str) -> Option<&'s T> {
        let own = format!("system:serviceaccounts:{namespace}");
        let first: &HashMap<Identity<'_>, usize, RandomState> = &self.first;
        let at = [
            Identity::ServiceAccount { namespace, name: account },
            Identity::Group("system:authenticated"),
            Identity::Group("system:serviceaccounts"),
            Identity::Group(&own),
        ]
        .iter()
        .filter_map(|identity| first.get(identity))
        .min()?;
        self.said.get(*at)
    }
}

impl<'d, T> FromIterator<(Identity<'d>, T)> for Held<'d, T> {
    fn from_iter<I: IntoIterator<Item = (Identity<'d>, T)>>(all: I) -> Self {
        let mut held = Held { said: Vec::new(), first: HashMap::default() };
        for (identity, said) in all {
            held.first.entry(identity).or_insert(held.said.len());
            held.said.push(said);
        }
        held
    }
}

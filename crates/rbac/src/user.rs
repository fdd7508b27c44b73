//! Who asks.

use std::borrow::Cow;

/// Holders of this group may do everything, without any binding.
pub(crate) const PRIVILEGED: &str = "system:masters";
/// Everybody whose identity was proved.
const AUTHENTICATED: &str = "system:authenticated";
const UNAUTHENTICATED: &str = "system:unauthenticated";
const ANONYMOUS: &str = "system:anonymous";
const SERVICE_ACCOUNTS: &str = "system:serviceaccounts";

/// A user as the API server knows one after authentication: a name and groups. Both are exact strings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User<'a> {
    pub name: Cow<'a, str>,
    /// All groups, the implicit ones too.
    pub groups: Vec<Cow<'a, str>>,
}

impl<'a> User<'a> {
    /// A user with these groups and no others.
    pub fn new(name: impl Into<Cow<'a, str>>, groups: impl IntoIterator<Item = &'a str>) -> Self {
        User { name: name.into(), groups: groups.into_iter().map(Cow::Borrowed).collect() }
    }

    /// A person or a machine that proved who it is: `system:authenticated` comes with it.
    pub fn authenticated(name: impl Into<Cow<'a, str>>, groups: impl IntoIterator<Item = &'a str>) -> Self {
        let mut user = User::new(name, groups);
        user.groups.push(Cow::Borrowed(AUTHENTICATED));
        user
    }

    /// A service account that makes a request with its token.
    pub fn service_account(namespace: &str, name: &str) -> User<'static> {
        let mut user = User::account_of_pod(namespace, name);
        user.groups.push(Cow::Borrowed(AUTHENTICATED));
        user
    }

    /// A service account as admission asks about it on behalf of a pod: nobody has authenticated, so
    /// `system:authenticated` is not among its groups.
    pub fn account_of_pod(namespace: &str, name: &str) -> User<'static> {
        User {
            name: Cow::Owned(account(namespace, name)),
            groups: vec![
                Cow::Borrowed(SERVICE_ACCOUNTS),
                Cow::Owned(format!("{SERVICE_ACCOUNTS}:{namespace}")),
            ],
        }
    }

    /// A kubelet with the certificate of its node.
    pub fn node(name: &str) -> User<'static> {
        User {
            name: Cow::Owned(format!("system:node:{name}")),
            groups: vec![Cow::Borrowed("system:nodes"), Cow::Borrowed(AUTHENTICATED)],
        }
    }

    /// Whoever proves nothing, where the API server lets them in.
    pub fn anonymous() -> User<'static> {
        User { name: Cow::Borrowed(ANONYMOUS), groups: vec![Cow::Borrowed(UNAUTHENTICATED)] }
    }

    /// Whether the user is in a group.
    pub fn is_in(&self, group: &str) -> bool {
        self.groups.iter().any(|own| own == group)
    }
}

/// The user name of a service account.
pub(crate) fn account(namespace: &str, name: &str) -> String {
    format!("system:serviceaccount:{namespace}:{name}")
}

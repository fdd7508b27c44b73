//! The authorizer.

use std::borrow::Cow;
use std::collections::HashMap;

use plimsoll_kubernetes::{Field, Inventory, Object};

use crate::aggregation::aggregate;
use crate::binding::RoleReference;
use crate::shipped::ShippedRole;
use crate::subject::Key;
use crate::user::PRIVILEGED;
use crate::{Allowed, Attributes, Binding, Decision, GROUP, Grant, Role, Rule, Undecided, User, Why};

/// All roles and bindings of an inventory, ready to be asked.
pub struct Authorizer<'d> {
    roles: Vec<Role<'d>>,
    cluster_roles: Vec<Role<'d>>,
    /// ClusterRoleBindings, then RoleBindings, each in the order they were read: the order of the answers.
    bindings: Vec<Binding<'d>>,
    /// Bindings by what a request carries, each in their order.
    by_key: HashMap<Key<'d>, Vec<usize>>,
    /// Bindings with subjects that can't be read.
    unreadable: Vec<usize>,
}

impl<'d> Authorizer<'d> {
    pub fn new(inventory: &Inventory<'d>) -> Self {
        let read = |kind| {
            inventory
                .of_kind(GROUP, kind)
                .map(|object| Role::read(*object, inventory.namespace_of(object)))
                .collect::<Vec<_>>()
        };
        let (roles, mut cluster_roles) = (read("Role"), read("ClusterRole"));
        aggregate(&mut cluster_roles);
        let names = Names::new(&roles, &cluster_roles);
        let bindings: Vec<_> = ["ClusterRoleBinding", "RoleBinding"]
            .into_iter()
            .flat_map(|kind| inventory.of_kind(GROUP, kind))
            .map(|object| {
                let namespace = inventory.namespace_of(object);
                Binding::read(*object, namespace, names.follow(object, namespace))
            })
            .collect();
        let mut by_key: HashMap<_, Vec<usize>> = HashMap::new();
        for (number, binding) in bindings.iter().enumerate() {
            for key in binding.subjects().iter().filter_map(|subject| subject.identity().key()) {
                by_key.entry(key).or_default().push(number);
            }
        }
        let has_unreadable =
            |(number, binding): (usize, &Binding<'d>)| (!binding.unreadable().is_empty()).then_some(number);
        let unreadable = bindings.iter().enumerate().filter_map(has_unreadable).collect();
        Authorizer { roles, cluster_roles, bindings, by_key, unreadable }
    }

    /// Whether there is anything to ask: no binding at all says nothing about a cluster.
    pub fn has_bindings(&self) -> bool {
        !self.bindings.is_empty()
    }

    pub fn bindings(&self) -> &[Binding<'d>] {
        &self.bindings
    }

    pub fn roles(&self) -> impl Iterator<Item = &Role<'d>> {
        self.cluster_roles.iter().chain(&self.roles)
    }

    /// Whether a user may do something.
    pub fn authorize(&self, user: &User<'_>, request: &Attributes<'_>) -> Decision<'_, 'd> {
        if user.is_in(PRIVILEGED) {
            return Decision::Allow(Allowed::PrivilegedGroup);
        }
        let mut undecided = Vec::new();
        for binding in self.bindings_of(user).filter(|binding| reaches(binding, request)) {
            let subject = binding.subjects().iter().find(|subject| subject.identity().is(user));
            let Some(subject) = subject else { continue };
            match self.asks(binding, request) {
                Found::Rule { role, rule } => {
                    return Decision::Allow(Allowed::Grant(Grant { binding, subject, role, rule }));
                }
                Found::Unknown(why) => undecided.push(Undecided { binding, why }),
                Found::Nothing => {}
            }
        }
        // Whoever stands in a subject that can't be read may be this user.
        let hidden = self.unreadable.iter().filter_map(|&number| self.bindings.get(number));
        let hidden = hidden.filter(|binding| reaches(binding, request));
        let is_hidden = |one: &Undecided<'_, 'd>| matches!(one.why, Why::SubjectUnreadable(_));
        undecided.extend(hidden.flat_map(|binding| self.doubts(binding, request)).filter(is_hidden));
        Decision::NoOpinion(undecided)
    }

    /// Everybody who may do something, by the bindings that were read: each subject of each binding, by the
    /// first rule that allows it. Members of `system:masters` may anyway.
    pub fn who_may<'a>(&'a self, request: &'a Attributes<'a>) -> impl Iterator<Item = Grant<'a, 'd>> {
        let bindings = self.bindings.iter().filter(|binding| reaches(binding, request));
        bindings.flat_map(|binding| self.grants(binding, request))
    }

    /// The same in whatever namespace: each binding is asked where it grants.
    pub fn who_may_somewhere<'a>(
        &'a self,
        request: &'a Attributes<'a>,
    ) -> impl Iterator<Item = Grant<'a, 'd>> {
        self.bindings.iter().flat_map(|binding| self.grants(binding, request))
    }

    /// The bindings of which nobody can tell whether they allow something, whoever asks.
    pub fn undecided<'a>(&'a self, request: &'a Attributes<'a>) -> impl Iterator<Item = Undecided<'a, 'd>> {
        let bindings = self.bindings.iter().filter(|binding| reaches(binding, request));
        bindings.flat_map(|binding| self.doubts(binding, request))
    }

    /// The same in whatever namespace: each binding is asked where it grants.
    pub fn undecided_somewhere<'a>(
        &'a self,
        request: &'a Attributes<'a>,
    ) -> impl Iterator<Item = Undecided<'a, 'd>> {
        self.bindings.iter().flat_map(|binding| self.doubts(binding, request))
    }

    /// What a binding allows, to each of its subjects.
    fn grants<'a>(
        &'a self,
        binding: &'a Binding<'d>,
        request: &Attributes<'_>,
    ) -> impl Iterator<Item = Grant<'a, 'd>> + use<'a, 'd> {
        let found = match self.asks(binding, request) {
            Found::Rule { role, rule } => Some((role, rule)),
            Found::Unknown(_) | Found::Nothing => None,
        };
        found.into_iter().flat_map(move |(role, rule)| {
            let subjects = binding.subjects().iter();
            let subjects = subjects.filter(|subject| subject.identity().key().is_some());
            subjects.map(move |subject| Grant { binding, subject, role, rule })
        })
    }

    /// What nobody can tell of a binding: what its role says, and whom it says it to.
    fn doubts<'a>(
        &'a self,
        binding: &'a Binding<'d>,
        request: &Attributes<'_>,
    ) -> impl Iterator<Item = Undecided<'a, 'd>> + use<'a, 'd> {
        let (role, hidden): (_, &'a [Field<'d>]) = match self.asks(binding, request) {
            Found::Unknown(why) => (Some(Undecided { binding, why }), binding.unreadable()),
            Found::Rule { .. } => (None, binding.unreadable()),
            Found::Nothing => (None, &[]),
        };
        let hidden = hidden.iter();
        role.into_iter()
            .chain(hidden.map(move |field| Undecided { binding, why: Why::SubjectUnreadable(*field) }))
    }

    /// Bindings that name a user, or a group of theirs, in their order.
    fn bindings_of(&self, user: &User<'_>) -> impl Iterator<Item = &Binding<'d>> {
        let keys = std::iter::once(Key::User(Cow::Borrowed(&*user.name)))
            .chain(user.groups.iter().map(|group| Key::Group(Cow::Borrowed(&**group))));
        // The map's keys live longer than these.
        let by_key: &HashMap<Key<'_>, Vec<usize>> = &self.by_key;
        let mut numbers: Vec<usize> = keys.filter_map(|key| by_key.get(&key)).flatten().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().filter_map(|number| self.bindings.get(number))
    }

    /// What the role of a binding says to a request.
    fn asks(&self, binding: &Binding<'d>, request: &Attributes<'_>) -> Found<'_, 'd> {
        let role = match binding.role() {
            RoleReference::Role(number) => self.roles.get(number),
            RoleReference::ClusterRole(number) => self.cluster_roles.get(number),
            RoleReference::Shipped(shipped) => return self.asks_shipped(shipped, request),
            RoleReference::Missing => return Found::Unknown(Why::RoleMissing),
            RoleReference::Nothing => None,
        };
        let Some(role) = role else { return Found::Nothing };
        match role.rules().iter().find(|rule| rule.allows(request)) {
            Some(rule) => Found::Rule { role: Some(role), rule: Some(rule) },
            None => match role.unreadable.first() {
                Some(field) => Found::Unknown(Why::RoleUnreadable(*field)),
                None => Found::Nothing,
            },
        }
    }

    /// What a role says that every cluster has: its own rules are known as far as their verbs.
    fn asks_shipped(&self, shipped: ShippedRole, request: &Attributes<'_>) -> Found<'_, 'd> {
        if shipped == ShippedRole::ClusterAdmin {
            return Found::Rule { role: None, rule: None };
        }
        let adds =
            |role: &&Role<'d>| shipped.aggregates().iter().any(|label| role.object().label(label).is("true"));
        let parts = || self.cluster_roles.iter().filter(adds);
        let rule = parts().flat_map(|role| role.rules()).find(|rule| rule.allows(request));
        match (rule, parts().find_map(|role| role.unreadable.first())) {
            (Some(rule), _) => Found::Rule { role: None, rule: Some(rule) },
            (None, _) if shipped.may_have(request.verb) => Found::Unknown(Why::RoleMissing),
            (None, Some(field)) => Found::Unknown(Why::RoleUnreadable(*field)),
            (None, None) => Found::Nothing,
        }
    }
}

/// What a role says to a request.
enum Found<'a, 'd> {
    Rule { role: Option<&'a Role<'d>>, rule: Option<&'a Rule<'d>> },
    Unknown(Why<'d>),
    Nothing,
}

/// Whether a binding grants where a request is made. One for all namespaces, or for none, needs a
/// ClusterRoleBinding.
fn reaches(binding: &Binding<'_>, request: &Attributes<'_>) -> bool {
    binding.is_cluster_wide() || binding.namespace() == request.namespace()
}

/// Roles by their names.
struct Names<'d> {
    roles: HashMap<(&'d str, &'d str), usize>,
    cluster_roles: HashMap<&'d str, usize>,
}

impl<'d> Names<'d> {
    fn new(roles: &[Role<'d>], cluster_roles: &[Role<'d>]) -> Self {
        // Of two of one name the later one is what applying both leaves behind.
        Names {
            roles: (0..).zip(roles).map(|(at, role)| ((role.namespace(), role.name()), at)).collect(),
            cluster_roles: (0..).zip(cluster_roles).map(|(at, role)| (role.name(), at)).collect(),
        }
    }

    /// Where the `roleRef` of a binding leads.
    fn follow(&self, binding: &Object<'d>, namespace: &'d str) -> RoleReference {
        let name = binding.get("roleRef.name").text();
        match binding.get("roleRef.kind").text() {
            "ClusterRole" => match self.cluster_roles.get(name) {
                Some(&number) => RoleReference::ClusterRole(number),
                None => ShippedRole::named(name).map_or(RoleReference::Missing, RoleReference::Shipped),
            },
            "Role" if !namespace.is_empty() => self
                .roles
                .get(&(namespace, name))
                .map_or(RoleReference::Missing, |&at| RoleReference::Role(at)),
            _ => RoleReference::Nothing,
        }
    }
}

//! Roles, with the rules that they have in the cluster.

use plimsoll_kubernetes::{Field, Object};

use crate::Rule;

/// A Role or a ClusterRole. The rules of an aggregated one are those of the roles that it selects.
pub struct Role<'d> {
    object: Object<'d>,
    /// The namespace of a Role; empty for a ClusterRole.
    namespace: &'d str,
    pub(crate) rules: Vec<Rule<'d>>,
    /// What could not be read: a rule, the list of rules, a selector.
    pub(crate) unreadable: Vec<Field<'d>>,
}

impl<'d> Role<'d> {
    /// Reads a role as it is written; an aggregated one comes without its rules, which count for nothing.
    pub(crate) fn read(object: Object<'d>, namespace: &'d str) -> Self {
        let mut role = Role { object, namespace, rules: Vec::new(), unreadable: Vec::new() };
        let rules = object.get("rules");
        if role.is_aggregated() {
            return role;
        }
        if rules.exists() && !rules.is_sequence() {
            role.unreadable.push(rules);
        }
        for field in rules.items() {
            match Rule::read(field) {
                Some(rule) => role.rules.push(rule),
                None => role.unreadable.push(field),
            }
        }
        role
    }

    pub fn object(&self) -> Object<'d> {
        self.object
    }

    pub fn name(&self) -> &'d str {
        self.object.name()
    }

    /// The namespace of a Role; empty for a ClusterRole.
    pub fn namespace(&self) -> &'d str {
        self.namespace
    }

    /// What the role grants: rules of its own, or of all roles that its aggregation selects.
    pub fn rules(&self) -> &[Rule<'d>] {
        &self.rules
    }

    /// Whether the controller writes its rules, from those of other roles.
    pub fn is_aggregated(&self) -> bool {
        self.object.kind() == "ClusterRole" && self.object.get("aggregationRule").exists()
    }
}

//! Findings for what a role's rules grant.

use plimsoll_engine::Findings;
use plimsoll_kubernetes::{Field, Object};

use super::rbac::{Extent, Resource, Rule, is_shipped_role, written_rules};

/// Something a role can grant that a control speaks about.
pub(crate) struct Grant {
    /// Any one of these verbs is enough.
    pub verbs: &'static [&'static str],
    pub resources: &'static [Resource],
    pub names: Names,
}

/// What a list of `resourceNames` means to a control.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// Named objects are few enough: only a grant over all of them counts.
    Narrow,
    /// One object is as bad as all of them.
    Irrelevant,
}

/// A grant found in a rule.
pub(crate) struct Granted<'d> {
    pub rule: Rule<'d>,
    /// The item of `resources` that grants it.
    pub item: Field<'d>,
    pub resource: &'static Resource,
    /// Those of the grant's verbs that the rule grants.
    pub verbs: Vec<&'static str>,
}

impl Granted<'_> {
    /// `grants get, list on secrets`
    pub fn says(&self) -> String {
        let verbs = self.verbs.join(", ");
        let resource = self.resource.name;
        match self.item.text() {
            item if item == resource => format!("grants {verbs} on {resource}"),
            item => format!("grants {verbs} on {resource} (as {item:?})"),
        }
    }
}

/// Where the written rules of a role grant something; once for an item of `resources`.
pub(crate) fn granted<'d>(role: &Object<'d>, grant: &'static Grant) -> Vec<Granted<'d>> {
    let mut all: Vec<Granted<'d>> = Vec::new();
    for rule in written_rules(role) {
        let before = all.len();
        for resource in grant.resources {
            // Most rules are about other resources: that is asked first.
            let Some(item) = rule.resource(resource.name) else { continue };
            if rule.group(resource.group).is_none() {
                continue;
            }
            let verbs: Vec<_> = grant
                .verbs
                .iter()
                .copied()
                .filter(|verb| {
                    resource.is_grantable_by(role, verb)
                        && match rule.grants(verb, resource) {
                            Some(Extent::All) => true,
                            Some(Extent::Named) => grant.names == Names::Irrelevant,
                            None => false,
                        }
                })
                .collect();
            if !verbs.is_empty() && !all[before..].iter().any(|other| other.item.anchor() == item.anchor()) {
                all.push(Granted { rule, item, resource, verbs });
            }
        }
    }
    all
}

/// Reports every place where a role that isn't shipped with Kubernetes grants something.
pub(crate) fn report<'d>(
    role: &Object<'d>,
    grant: &'static Grant,
    advice: &str,
    found: &mut Findings<'_, 'd>,
) {
    if is_shipped_role(role) {
        return;
    }
    for granted in granted(role, grant) {
        found.at(&granted.item, format!("{}: {advice}", granted.says()));
    }
}

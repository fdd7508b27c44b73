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
pub(crate) fn granted<'d>(
    role: &Object<'d>,
    grant: &'static Grant,
    found: &mut Findings<'_, 'd>,
) -> Vec<Granted<'d>> {
    let mut all: Vec<Granted<'d>> = Vec::new();
    let named = found.summary(role, || named_resources(role));
    let resources: Vec<_> =
        grant.resources.iter().filter(|resource| named & bit(resource.name) != 0).collect();
    if resources.is_empty() {
        return all;
    }
    for rule in written_rules(role).filter(|rule| grant.verbs.iter().any(|verb| rule.verb(verb).is_some())) {
        let before = all.len();
        for resource in &resources {
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
                        && rule.verb(verb).is_some()
                        && match rule.extent(verb, resource) {
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

/// A summary of the resources that the written rules of a role take in, a bit for each (a Bloom filter): where a
/// resource's bit is missing, no rule takes it in. Dozens of controls ask each role, mostly for what it doesn't name.
fn named_resources(role: &Object<'_>) -> u128 {
    let bit_of_item = |item: &str| {
        // `*/exec` may be of any resource.
        if item == "*" || item.starts_with("*/") { u128::MAX } else { bit(item) }
    };
    written_rules(role).flat_map(|rule| rule.resources()).fold(0, |bits, item| bits | bit_of_item(item))
}

/// The bit of a resource: by FNV-1a, whose highest bits depend on every byte.
fn bit(resource: &str) -> u128 {
    let hash = resource
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    1 << (hash >> 25)
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
    for granted in granted(role, grant, found) {
        found.at(&granted.item, format!("{}: {advice}", granted.says()));
    }
}

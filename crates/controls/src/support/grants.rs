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
    let [of_all, of_more_than_reading] = found.summary(role, || named_resources(role));
    let named = if grant.verbs.iter().any(|verb| reads(verb)) { of_all } else { of_more_than_reading };
    let may_be_named = |resource: &&Resource| named & bit(resource.name) != 0;
    if !grant.resources.iter().any(|resource| may_be_named(&resource)) {
        return all;
    }
    for rule in written_rules(role) {
        let before = all.len();
        for resource in grant.resources.iter().filter(may_be_named) {
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
/// resource's bit is missing, no rule takes it in. Then the same of the rules that grant more than reading. Dozens of
/// controls ask each role, mostly for what it doesn't name.
fn named_resources(role: &Object<'_>) -> [u128; 2] {
    let mut named = [0; 2];
    for rule in written_rules(role) {
        let bits = rule.resources().fold(0, |bits, item| {
            // `*/exec` may be of any resource.
            bits | if item == "*" || item.starts_with("*/") { u128::MAX } else { bit(item) }
        });
        named[0] |= bits;
        if !rule.verbs().all(reads) {
            named[1] |= bits;
        }
    }
    named
}

fn reads(verb: &str) -> bool {
    matches!(verb, "get" | "list" | "watch")
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
    report_any(role, std::slice::from_ref(grant), advice, found);
}

/// The same of several grants, whose resources have verbs of their own; once for an item of `resources`.
pub(crate) fn report_any<'d>(
    role: &Object<'d>,
    grants: &'static [Grant],
    advice: &str,
    found: &mut Findings<'_, 'd>,
) {
    if is_shipped_role(role) {
        return;
    }
    let mut told = Vec::new();
    for grant in grants {
        for granted in granted(role, grant, found) {
            if !told.contains(&granted.item.anchor()) {
                told.push(granted.item.anchor());
                found.at(&granted.item, format!("{}: {advice}", granted.says()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use plimsoll_doc::{Limits, SourceFile, parse};

    use super::*;

    #[test]
    fn a_summary_has_all_that_rules_take_in() {
        let resources = ["pods", "pods/exec", "secrets", "deployments/scale", ""];
        for item in ["pods", "pods/exec", "secrets", "'*/exec'", "'*/scale'", "'*'", "null", "'*/'", "pods/*"]
        {
            for verb in ["get", "watch", "create", "'*'", "null"] {
                let text = format!(
                    "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nrules: [{{resources: [configmaps, {item}], verbs: [list, {verb}]}}, {{verbs: [patch]}}]"
                );
                let file = Arc::new(SourceFile::new("role.yaml", text.clone().into()));
                let documents: Vec<_> = parse(&file, &Limits::default()).into_iter().flatten().collect();
                let role = Object::new(documents[0].root()).expect("an object");
                let [of_all, of_more] = named_resources(&role);
                let takes_in = |resource| {
                    written_rules(&role).filter(move |rule: &Rule<'_>| rule.resource(resource).is_some())
                };
                for resource in resources {
                    assert!(of_all & bit(resource) != 0 || takes_in(resource).next().is_none(), "{text}");
                    let does_more = takes_in(resource).any(|rule| rule.verb("patch").is_some());
                    assert!(of_more & bit(resource) != 0 || !does_more, "{text}");
                }
            }
        }
    }
}

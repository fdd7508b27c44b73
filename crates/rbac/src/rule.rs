//! A rule of a role.

use plimsoll_kubernetes::Field;

use crate::{Attributes, Target};

/// A rule, its lists read once.
#[derive(Clone)]
pub struct Rule<'d> {
    field: Field<'d>,
    pub verbs: Vec<&'d str>,
    pub groups: Vec<&'d str>,
    pub resources: Vec<&'d str>,
    /// None: objects of every name.
    pub names: Vec<&'d str>,
    pub paths: Vec<&'d str>,
}

impl<'d> Rule<'d> {
    /// Reads a rule; `None` where the API server could not.
    pub(crate) fn read(field: Field<'d>) -> Option<Self> {
        if field.exists() && !field.is_mapping() {
            return None;
        }
        Some(Rule {
            field,
            verbs: strings(field.get("verbs"))?,
            groups: strings(field.get("apiGroups"))?,
            resources: strings(field.get("resources"))?,
            names: strings(field.get("resourceNames"))?,
            paths: strings(field.get("nonResourceURLs"))?,
        })
    }

    /// Where the rule is written.
    pub fn field(&self) -> Field<'d> {
        self.field
    }

    /// Whether the rule allows a request, for whomever the role is bound to.
    pub fn allows(&self, request: &Attributes<'_>) -> bool {
        let verb = any(&self.verbs, |verb| verb == "*" || verb == request.verb);
        match request.target {
            Target::Path(path) => verb && any(&self.paths, |rule| path_matches(rule, path)),
            Target::Resource { group, resource, subresource, name, .. } => {
                verb && any(&self.groups, |rule| rule == "*" || rule == group)
                    && any(&self.resources, |rule| resource_matches(rule, resource, subresource))
                    && (self.names.is_empty() || self.names.contains(&name))
            }
        }
    }
}

fn any(list: &[&str], is_it: impl Fn(&str) -> bool) -> bool {
    list.iter().any(|item| is_it(item))
}

/// `*` has all subresources too; `*/exec` is that subresource of everything; `pods/*` is nothing special.
fn resource_matches(rule: &str, resource: &str, subresource: &str) -> bool {
    if rule == "*" {
        return true;
    }
    if subresource.is_empty() {
        return rule == resource;
    }
    rule.strip_suffix(subresource)
        .and_then(|rule| rule.strip_suffix('/'))
        .is_some_and(|rule| rule == resource || rule == "*")
}

/// All stars at the end of a path that ends in one are a prefix's.
fn path_matches(rule: &str, path: &str) -> bool {
    rule == path || (rule.ends_with('*') && path.starts_with(rule.trim_end_matches('*')))
}

/// The strings of a list, where `null` is an empty one as Go reads it; `None` where it is no such list.
fn strings(list: Field<'_>) -> Option<Vec<&str>> {
    if !list.exists() {
        return Some(Vec::new());
    }
    if !list.is_sequence() {
        return None;
    }
    list.items().map(|item| if item.exists() { item.as_str() } else { Some("") }).collect()
}

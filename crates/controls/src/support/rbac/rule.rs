//! Rules of roles, and what they grant.

use plimsoll_doc::Value;
use plimsoll_kubernetes::Field;

use super::GROUP;
use super::resource::{EVERYWHERE, Resource, is_collective, is_outside_namespaces};

/// How far a rule grants something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Objects of every name.
    All,
    /// Objects of the names in `resourceNames`.
    Named,
}

/// A rule of a role. Its lists are looked up once: every control asks each rule for much.
#[derive(Clone, Copy)]
pub(crate) struct Rule<'d> {
    field: Field<'d>,
    verbs: Option<Value<'d>>,
    groups: Option<Value<'d>>,
    resources: Option<Value<'d>>,
}

impl<'d> Rule<'d> {
    pub fn new(field: Field<'d>) -> Self {
        let list = |name| field.get(name).value();
        Rule { field, verbs: list("verbs"), groups: list("apiGroups"), resources: list("resources") }
    }

    pub fn field(&self) -> Field<'d> {
        self.field
    }

    /// The item of `verbs` that grants a verb: itself, else `*`.
    pub fn verb(&self, verb: &str) -> Option<Field<'d>> {
        exact_or_any(self.verbs, verb).map(Field::new)
    }

    /// The item of `apiGroups` that takes in a group: itself, else `*`.
    pub fn group(&self, group: &str) -> Option<Field<'d>> {
        exact_or_any(self.groups, group).map(Field::new)
    }

    /// The item of `resources` that takes in a resource: itself, else its subresource of every
    /// resource (`*/exec`), else `*`, which has all subresources too. `pods/*` takes in nothing.
    pub fn resource(&self, resource: &str) -> Option<Field<'d>> {
        let is_subresource_everywhere = |text: &str| {
            let subresource = text.strip_prefix("*/");
            subresource.is_some_and(|wanted| resource.split_once('/').is_some_and(|(_, own)| own == wanted))
        };
        let (mut everywhere, mut any) = (None, None);
        for item in items(self.resources) {
            match text(item) {
                Some(text) if text == resource => return Some(Field::new(item)),
                Some("*") => any = any.or(Some(item)),
                Some(text) if is_subresource_everywhere(text) => everywhere = everywhere.or(Some(item)),
                _ => {}
            }
        }
        everywhere.or(any).map(Field::new)
    }

    /// What stands in `verbs`.
    pub fn verbs(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        items(self.verbs).filter_map(text)
    }

    /// What stands in `resources`.
    pub fn resources(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        items(self.resources).filter_map(text)
    }

    /// The items of `resources` that take in some extra values of users: each key is a subresource of its own
    /// (`userextras/scopes`, `*/scopes`). `*` isn't among them.
    pub fn extra_values(&self) -> impl Iterator<Item = Field<'d>> + use<'d> {
        let is_extra = |item: &Value<'d>| {
            let parts = text(*item).and_then(|text| text.split_once('/'));
            parts.is_some_and(|(name, key)| matches!(name, "userextras" | "*") && !matches!(key, "" | "*"))
        };
        items(self.resources).filter(is_extra).map(Field::new)
    }

    /// The names the rule is limited to; nothing for a rule that isn't limited.
    pub fn names(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        items(self.field.get("resourceNames").value()).filter_map(text)
    }

    pub fn is_named(&self) -> bool {
        !self.field.get("resourceNames").is_empty()
    }

    /// How far the rule grants a verb on a resource; `None` where it doesn't.
    pub fn grants(&self, verb: &str, resource: &Resource) -> Option<Extent> {
        self.verb(verb)?;
        self.group(resource.group)?;
        self.resource(resource.name)?;
        self.extent(verb, resource)
    }

    /// How far the rule grants a verb on a resource, both of which it takes in.
    pub fn extent(&self, verb: &str, resource: &Resource) -> Option<Extent> {
        if !self.is_named() {
            return Some(Extent::All);
        }
        // What a subresource belongs to always has a name.
        if !is_collective(verb) || resource.name.contains('/') {
            return self.names().any(|name| !name.is_empty()).then_some(Extent::Named);
        }
        // A request without a name matches the empty name in the list.
        if self.names().any(str::is_empty) {
            return Some(Extent::All);
        }
        // What is created has no name yet that the authorizer could see.
        (verb != "create").then_some(Extent::Named)
    }

    /// Whether the rule allows every verb on every resource of a group, be they written one by one.
    pub fn grants_all_of(&self, group: &str) -> bool {
        let special: &[&str] = match group {
            "" => &["impersonate"],
            GROUP => &["bind", "escalate"],
            _ => &[],
        };
        self.field.get("resources").contains("*")
            && self.group(group).is_some()
            && !self.is_named()
            && EVERYWHERE.iter().chain(special).all(|verb| self.verb(verb).is_some())
    }

    /// Whether the rule takes in every group, whichever else it names.
    pub fn takes_every_group(&self) -> bool {
        items(self.groups).any(|item| text(item) == Some("*"))
    }

    /// Whether every group of the rule has a resource (`nodes`, `nodes/proxy`) outside namespaces, where
    /// requests of a verb on it name none: no RoleBinding grants it.
    pub fn is_outside_namespaces(&self, verb: &str, resource: &str) -> bool {
        let mut groups = items(self.groups).peekable();
        groups.peek().is_some()
            && groups
                .all(|group| text(group).is_some_and(|group| is_outside_namespaces(group, resource, verb)))
    }
}

/// The items of a list, where there is one.
fn items<'d>(list: Option<Value<'d>>) -> impl Iterator<Item = Value<'d>> {
    list.into_iter().flat_map(Value::items)
}

fn exact_or_any<'d>(list: Option<Value<'d>>, wanted: &str) -> Option<Value<'d>> {
    let mut any = None;
    for item in items(list) {
        match text(item) {
            Some(text) if text == wanted => return Some(item),
            Some("*") => any = any.or(Some(item)),
            _ => {}
        }
    }
    any
}

/// The text of an item; `null` is the empty string, as Go reads it.
fn text(item: Value<'_>) -> Option<&str> {
    if item.is_null() { Some("") } else { item.as_str() }
}

//! What an audit policy logs, as the API server reads its rules: the first that matches decides.

use plimsoll_kubernetes::{Field, Object};

/// How much of a request is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    None,
    Metadata,
    Request,
    RequestResponse,
}

impl Level {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "None" => Level::None,
            "Metadata" => Level::Metadata,
            "Request" => Level::Request,
            "RequestResponse" => Level::RequestResponse,
            _ => return None,
        })
    }
}

/// The level at which anyone's request of a verb on a resource (`pods`, `pods/exec`) is logged, in any
/// namespace; and the rule that decides. Rules for some users, namespaces or names alone don't decide what
/// anyone's request is logged at, and are passed over. Without a rule that matches, nothing is logged.
pub(crate) fn level<'d>(
    policy: &Object<'d>,
    verb: &str,
    group: &str,
    resource: &str,
) -> (Level, Option<Field<'d>>) {
    let decides = |rule: &Field<'d>| {
        let narrowed = ["users", "userGroups", "namespaces"].iter().any(|key| !rule.key(key).is_empty());
        // Verbs have no wildcard here: `*` would be a verb of that name.
        let verbs = rule.get("verbs");
        !narrowed && (verbs.is_empty() || verbs.contains(verb)) && takes(rule, group, resource)
    };
    match policy.get("rules").items().find(decides) {
        Some(rule) => (Level::named(rule.get("level").text()).unwrap_or(Level::None), Some(rule)),
        None => (Level::None, None),
    }
}

fn takes(rule: &Field<'_>, group: &str, resource: &str) -> bool {
    let resources = rule.get("resources");
    if resources.is_empty() {
        // A rule for URLs alone speaks of no resource.
        return rule.get("nonResourceURLs").is_empty();
    }
    let (_, subresource) = resource.split_once('/').unwrap_or((resource, ""));
    resources.items().any(|entry| {
        let names = entry.get("resources");
        entry.get("group").text() == group
            && entry.get("resourceNames").is_empty()
            && (names.is_empty()
                || names.strings().any(|name| {
                    name == "*"
                        || name == resource
                        || (!subresource.is_empty() && name.strip_prefix("*/") == Some(subresource))
                        || name.strip_suffix("/*").is_some_and(|parent| {
                            resource == parent
                                || resource.split_once('/').is_some_and(|(own, _)| own == parent)
                        })
                }))
    })
}

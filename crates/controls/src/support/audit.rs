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

/// The stages of every request. One that goes on for long (a watch, `exec`) has `ResponseStarted` too, one that fails
/// inside the server `Panic`.
const STAGES: &[&str] = &["RequestReceived", "ResponseComplete"];

/// The level that a rule logs ordinary requests at. Where policy and rule leave out both of their stages, none is
/// logged.
pub(crate) fn level_of(policy: &Object<'_>, rule: &Field<'_>) -> Level {
    let omitted = [policy.get("omitStages"), rule.get("omitStages")];
    let is_left = |stage: &str| !omitted.iter().any(|list| list.contains(stage));
    if STAGES.iter().any(|stage| is_left(stage)) { written_level(rule) } else { Level::None }
}

fn written_level(rule: &Field<'_>) -> Level {
    Level::named(rule.get("level").text()).unwrap_or(Level::None)
}

/// Verbs on a resource (`pods`, `pods/exec`) of a group.
pub(crate) type Requests = (&'static [&'static str], &'static str, &'static str);

/// The first of some requests that isn't logged when anyone makes it: where that is decided, and what to say
/// of it.
pub(crate) fn missed<'d>(policy: &Object<'d>, requests: &[Requests]) -> Option<(Field<'d>, String)> {
    let mut each = requests
        .iter()
        .flat_map(|(verbs, group, resource)| verbs.iter().map(move |verb| (*verb, *group, *resource)));
    each.find_map(|(verb, group, resource)| {
        let is_for_anyone =
            |rule: &Field<'d>| limits(rule, verb, group, resource).is_some_and(|limits| limits.is_anyone());
        let rule = policy.get("rules").items().find(is_for_anyone);
        if rule.is_some_and(|rule| level_of(policy, &rule) > Level::None) {
            return None;
        }
        let advice = match rule {
            Some(rule) if written_level(&rule) > Level::None => "leave a stage of it in omitStages",
            _ => "log it at Metadata",
        };
        let field = rule.map_or(policy.get("rules"), |rule| rule.get("level"));
        Some((field, format!("{verb} of {resource} is not logged: {advice}")))
    })
}

/// What a rule is limited to, of the requests of a verb on a resource: users, groups of them, namespaces and
/// names. `None` is no limit.
pub(crate) struct Limits<'d>([Option<Vec<&'d str>>; 4]);

impl Limits<'_> {
    /// Whether there are none: whoever asks, in whatever namespace, for whichever object.
    fn is_anyone(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// Whether every request within other limits is within these.
    fn include(&self, others: &Self) -> bool {
        self.0.iter().zip(&others.0).all(|(own, others)| match (own, others) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(others)) => others.iter().all(|other| own.contains(other)),
        })
    }
}

/// The rules that decide how requests of a verb on a resource are logged: those that take in some that no
/// rule above takes in. The last may be one for anyone.
pub(crate) fn deciding<'d>(
    policy: &Object<'d>,
    verb: &str,
    group: &str,
    resource: &str,
) -> Vec<(Field<'d>, Limits<'d>)> {
    let mut deciding: Vec<(Field<'d>, Limits<'d>)> = Vec::new();
    for rule in policy.get("rules").items() {
        if let Some(limits) = limits(&rule, verb, group, resource)
            && !deciding.iter().any(|(_, above)| above.include(&limits))
        {
            let is_anyone = limits.is_anyone();
            deciding.push((rule, limits));
            // Nothing gets past it.
            if is_anyone {
                break;
            }
        }
    }
    deciding
}

/// The limits of a rule; `None` where it takes in no request of the verb on the resource.
fn limits<'d>(rule: &Field<'d>, verb: &str, group: &str, resource: &str) -> Option<Limits<'d>> {
    // Verbs have no wildcard here: `*` would be a verb of that name.
    let verbs = rule.get("verbs");
    if !verbs.is_empty() && !verbs.contains(verb) {
        return None;
    }
    let list = |key| {
        let field = rule.get(key);
        (!field.is_empty()).then(|| field.strings().collect::<Vec<_>>())
    };
    let (users, namespaces) = (list("users"), list("namespaces"));
    // Who has any credential is in this group.
    let groups = list("userGroups").filter(|groups| !groups.contains(&"system:authenticated"));
    let resources = rule.get("resources");
    let names = if !resources.is_empty() {
        names(&resources, verb, group, resource)?
    } else if namespaces.is_none() && !rule.get("nonResourceURLs").is_empty() {
        // A rule for URLs alone speaks of no resource.
        return None;
    } else {
        None
    };
    Some(Limits([users, groups, namespaces, names]))
}

/// The names that a rule's `resources` limit a resource to, `Some(None)` for all; `None` where they don't take
/// it in.
fn names<'d>(resources: &Field<'d>, verb: &str, group: &str, resource: &str) -> Option<Option<Vec<&'d str>>> {
    let (parent, subresource) = resource.split_once('/').unwrap_or((resource, ""));
    let takes = |name: &str| {
        name == "*"
            || name == resource
            || (!subresource.is_empty() && name.strip_prefix("*/") == Some(subresource))
            || name.strip_suffix("/*") == Some(parent)
    };
    let mut names: Option<Vec<&str>> = None;
    for entry in resources.items().filter(|entry| entry.get("group").text() == group) {
        let (of_entry, wanted) = (entry.get("resourceNames"), entry.get("resources"));
        if wanted.is_empty() {
            return Some(None);
        }
        if !wanted.strings().any(takes) {
            continue;
        }
        if of_entry.is_empty() {
            return Some(None);
        }
        // What is created at the top has no name yet.
        let has_name = |name: &&str| verb != "create" || !subresource.is_empty() || name.is_empty();
        let mut of_entry = of_entry.strings().filter(has_name).peekable();
        if of_entry.peek().is_some() {
            names.get_or_insert_default().extend(of_entry);
        }
    }
    names.map(Some)
}

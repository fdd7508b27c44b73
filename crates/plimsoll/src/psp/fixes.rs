//! What a policy filled in, as fields to write into the pod or its template.

use plimsoll_doc::{Action, Literal, Operation};
use plimsoll_kubernetes::Pod;
use plimsoll_podsecurity::psp::{Change, NewValue};
use serde::Serialize;
use serde_json::{Value as Json, json};

/// A field to write so that a pod stays what a policy made of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fix {
    /// From the object: `spec.template.spec.securityContext.fsGroup`.
    pub path: String,
    pub value: Json,
    /// From the pod.
    #[serde(skip)]
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Key(String),
    Item(usize),
}

impl Fix {
    /// The fix for a change; `None` where the pod says the same already.
    pub fn of(change: &Change, pod: &Pod<'_>) -> Option<Fix> {
        if change.is_repetition {
            return None;
        }
        let (steps, value) = match &change.value {
            NewValue::Bool(value) => (steps(&change.path), json!(value)),
            NewValue::Integer(value) => (steps(&change.path), json!(value)),
            NewValue::Integers(values) => (steps(&change.path), json!(values)),
            NewValue::Text(value) => (steps(&change.path), json!(value)),
            NewValue::Capabilities { add, drop } => (steps(&change.path), lists(add, drop)),
            NewValue::SeLinux { user, role, kind, level } => {
                let all = [("user", user), ("role", role), ("type", kind), ("level", level)];
                let set = all.into_iter().filter(|(_, value)| !value.is_empty());
                (steps(&change.path), set.map(|(key, value)| (key.to_owned(), json!(value))).collect())
            }
            NewValue::Seccomp(profile) => match seccomp(profile) {
                Some(value) => (steps("spec.securityContext.seccompProfile"), value),
                None => (annotation(&change.path), json!(profile)),
            },
            // The field came with Kubernetes 1.30; every release reads the annotation.
            NewValue::AppArmor(profile) => (annotation(&change.path), json!(profile)),
        };
        let path = path(&steps, pod);
        Some(Fix { path, value, steps })
    }

    /// The same for the text that the pod stands in.
    pub fn operation(&self, pod: &Pod<'_>) -> Operation {
        let mut steps = self.steps.iter();
        let start = match steps.next() {
            Some(Step::Key(key)) if key == "metadata" => pod.metadata(),
            _ => pod.spec(),
        };
        let mut at = start.anchor();
        let mut absent: Vec<String> = start.absent().map(str::to_owned).collect();
        for step in steps {
            let next = match step {
                _ if !absent.is_empty() => None,
                Step::Key(key) => at.get(key),
                Step::Item(index) => at.items().nth(*index),
            };
            match (next, step) {
                (Some(next), _) => at = next,
                (None, Step::Key(key)) => absent.push(key.clone()),
                // The container is there: the change is of it.
                (None, Step::Item(_)) => {}
            }
        }
        Operation { anchor: at.node(), absent, action: Action::Set(literal(&self.value)) }
    }

    /// Writes the field into a pod.
    pub fn apply(&self, pod: &mut Json) {
        let mut at = pod;
        for step in &self.steps {
            at = match step {
                Step::Key(key) => {
                    if !at.is_object() {
                        *at = json!({});
                    }
                    &mut at[key.as_str()]
                }
                Step::Item(index) => match at.get_mut(*index) {
                    Some(item) => item,
                    None => return,
                },
            };
        }
        *at = self.value.clone();
    }
}

fn literal(value: &Json) -> Literal {
    match value {
        Json::Bool(value) => Literal::Bool(*value),
        Json::Array(items) => Literal::Sequence(items.iter().map(literal).collect()),
        Json::Object(map) => {
            Literal::Mapping(map.iter().map(|(key, value)| (key.clone(), literal(value))).collect())
        }
        Json::String(text) => Literal::String(text.clone()),
        // Numbers are of users and groups, and all of them fit.
        other => Literal::Integer(other.as_i64().unwrap_or_default()),
    }
}

fn lists(add: &[String], drop: &[String]) -> Json {
    let lists = [("add", add), ("drop", drop)];
    let set = lists.into_iter().filter(|(_, list)| !list.is_empty());
    set.map(|(key, list)| (key.to_owned(), json!(list))).collect()
}

/// The field that says what an annotation said; `None` for a text that no field says.
fn seccomp(profile: &str) -> Option<Json> {
    Some(match profile {
        "runtime/default" | "docker/default" => json!({"type": "RuntimeDefault"}),
        "unconfined" => json!({"type": "Unconfined"}),
        _ => json!({"type": "Localhost", "localhostProfile": profile.strip_prefix("localhost/")?}),
    })
}

fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (key, index) = part.split_once('[').unwrap_or((part, ""));
        steps.push(Step::Key(key.to_owned()));
        steps.extend(index.trim_end_matches(']').parse().ok().map(Step::Item));
    }
    steps
}

/// `metadata.annotations[KEY]`
fn annotation(path: &str) -> Vec<Step> {
    let key = path.split_once('[').map_or(path, |(_, key)| key.trim_end_matches(']'));
    ["metadata", "annotations", key].into_iter().map(|key| Step::Key(key.to_owned())).collect()
}

/// The path from the object that holds the pod or its template.
fn path(steps: &[Step], pod: &Pod<'_>) -> String {
    let mut path = String::new();
    for (at, step) in steps.iter().enumerate() {
        match step {
            Step::Key(key) if at == 0 => {
                let part = if key == "metadata" { pod.metadata() } else { pod.spec() };
                path.push_str(&part.path_from(pod.root()));
            }
            Step::Key(key) if key.contains(['.', '/']) => path.push_str(&format!("[{key:?}]")),
            Step::Key(key) => path.push_str(&format!(".{key}")),
            Step::Item(index) => path.push_str(&format!("[{index}]")),
        }
    }
    path
}

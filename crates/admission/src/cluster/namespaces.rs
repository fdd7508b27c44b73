//! The labels of all namespaces, kept by list and watch.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::calls::{LIST_NAMESPACES, WATCH_NAMESPACES};
use super::{ApiError, Client, Request};
use crate::known::Namespace;

/// What is known of the namespaces. Pure: what was listed and watched goes in.
#[derive(Debug, Default)]
pub struct Index {
    namespaces: RwLock<HashMap<Box<str>, Arc<Namespace>>>,
    /// Whether they were listed at least once.
    is_complete: AtomicBool,
}

/// What an event of a watch comes to.
#[derive(Debug, PartialEq, Eq)]
pub enum Seen {
    /// The watch goes on from this version.
    Version(String),
    /// The version is too old, or the event makes no sense: everything is listed anew.
    Lost,
}

/// A cluster has fewer namespaces. Those beyond are asked for one by one.
const MOST: usize = 100_000;

/// Only what labels need: the objects without their spec and status, from the API server itself.
const LIST: &str = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
const EVENTS: &str = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

const PAGE: usize = 500;
/// A watch is asked to end after so many seconds, before something in between ends it unheard.
const WATCH_SECONDS: u64 = 290;

const SHORTEST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

impl Index {
    pub fn get(&self, name: &str) -> Option<Arc<Namespace>> {
        self.namespaces.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    pub fn is_complete(&self) -> bool {
        self.is_complete.load(Ordering::Relaxed)
    }

    /// Takes a whole list in the place of what was known.
    pub fn replace(&self, objects: &[Value]) {
        let known = objects.iter().take(MOST).filter_map(namespace).collect();
        *self.namespaces.write().unwrap_or_else(PoisonError::into_inner) = known;
        self.is_complete.store(true, Ordering::Relaxed);
    }

    /// Takes an event of a watch.
    pub fn apply(&self, event: &Value) -> Seen {
        let object = event.get("object").unwrap_or(&Value::Null);
        let version = object.pointer("/metadata/resourceVersion").and_then(Value::as_str);
        let Some(version) = version.filter(|version| !version.is_empty()) else { return Seen::Lost };
        match event.get("type").and_then(Value::as_str) {
            Some("ADDED" | "MODIFIED") => {
                let Some((name, labels)) = namespace(object) else { return Seen::Lost };
                let mut known = self.namespaces.write().unwrap_or_else(PoisonError::into_inner);
                if known.len() < MOST || known.contains_key(&name) {
                    known.insert(name, labels);
                }
            }
            Some("DELETED") => {
                let Some((name, _)) = namespace(object) else { return Seen::Lost };
                self.namespaces.write().unwrap_or_else(PoisonError::into_inner).remove(&name);
            }
            Some("BOOKMARK") => {}
            _ => return Seen::Lost,
        }
        Seen::Version(version.to_owned())
    }
}

/// The name and the labels of a namespace.
pub(super) fn namespace(object: &Value) -> Option<(Box<str>, Arc<Namespace>)> {
    let metadata = object.get("metadata")?;
    let name = metadata.get("name")?.as_str()?;
    let labels = metadata.get("labels").and_then(Value::as_object).into_iter().flatten();
    let labels = labels.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())));
    Some((name.into(), Arc::new(Namespace { labels: labels.collect() })))
}

/// Lists and watches for as long as the server lives. `report` hears of what goes wrong.
pub async fn keep(client: Arc<Client>, index: Arc<Index>, mut report: impl FnMut(&ApiError)) {
    let mut pause = SHORTEST_PAUSE;
    loop {
        let listed = list(&client, &index).await;
        let mut version = match listed {
            Ok(version) => version,
            Err(error) => {
                report(&error);
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
                continue;
            }
        };
        // Watch after watch, each from where the one before ended, until one is lost.
        let begun = Instant::now();
        while let Some(next) = watch(&client, &index, version, &mut report).await {
            version = next;
        }
        // One that is refused each time must not make a list of each attempt.
        pause = if begun.elapsed() > LONGEST_PAUSE { SHORTEST_PAUSE } else { (pause * 2).min(LONGEST_PAUSE) };
        tokio::time::sleep(pause).await;
    }
}

/// Lists all; the version to watch from.
async fn list(client: &Client, index: &Index) -> Result<String, ApiError> {
    let mut objects = Vec::new();
    let mut next = String::new();
    loop {
        let mut query = format!("limit={PAGE}");
        if !next.is_empty() {
            query = format!("{query}&continue={}", in_query(&next));
        }
        let request = Request::new(LIST_NAMESPACES, "", "").query(query);
        let body = client.request(&request, LIST).await?.success(LIST_NAMESPACES)?;
        let mut page: Value =
            serde_json::from_slice(&body).map_err(|_| ApiError::Malformed("a list that is no JSON"))?;
        if let Some(Value::Array(items)) = page.get_mut("items").map(Value::take) {
            objects.extend(items);
        }
        let of_list =
            |key: &str| page.pointer(&format!("/metadata/{key}")).and_then(Value::as_str).unwrap_or_default();
        next = of_list("continue").to_owned();
        if next.is_empty() || objects.len() >= MOST {
            let version = of_list("resourceVersion").to_owned();
            index.replace(&objects);
            return Ok(version);
        }
    }
}

/// Watches until the watch ends; the version to go on from, or `None` when everything is to be listed anew.
async fn watch(
    client: &Client,
    index: &Index,
    mut version: String,
    report: &mut impl FnMut(&ApiError),
) -> Option<String> {
    let query = format!(
        "watch=true&allowWatchBookmarks=true&timeoutSeconds={WATCH_SECONDS}&resourceVersion={}",
        in_query(&version)
    );
    let request = Request::new(WATCH_NAMESPACES, "", "").query(query);
    let mut events = match client.watch(&request, EVENTS).await {
        Ok(events) => events,
        Err(error) => {
            report(&error);
            return None;
        }
    };
    // A connection that went away unheard is found by the time that the watch should have ended.
    let silence = Duration::from_secs(WATCH_SECONDS + 30);
    loop {
        match tokio::time::timeout(silence, events.next()).await {
            Ok(Ok(Some(event))) => {
                let Ok(event) = serde_json::from_slice::<Value>(&event) else { return None };
                match index.apply(&event) {
                    Seen::Version(next) => version = next,
                    Seen::Lost => return None,
                }
            }
            Ok(Ok(None)) => return Some(version),
            Ok(Err(error)) => {
                report(&error);
                return None;
            }
            Err(_) => return None,
        }
    }
}

/// A value of a query: versions are numbers, and continuations base64.
pub(super) fn in_query(value: &str) -> String {
    let mut out = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(name: &str, version: &str, level: &str) -> Value {
        json!({"metadata": {"name": name, "resourceVersion": version, "labels": {"level": level}}})
    }

    fn level(index: &Index, name: &str) -> Option<String> {
        index.get(name).and_then(|namespace| namespace.labels.first().map(|(_, level)| level.clone()))
    }

    #[test]
    fn events_change_what_was_listed() {
        let index = Index::default();
        assert!(!index.is_complete());
        index.replace(&[object("a", "1", "x"), object("b", "2", "x")]);
        assert!(index.is_complete());
        let version = |version: &str| Seen::Version(version.to_owned());
        assert_eq!(index.apply(&json!({"type": "MODIFIED", "object": object("a", "3", "y")})), version("3"));
        assert_eq!(index.apply(&json!({"type": "ADDED", "object": object("c", "4", "z")})), version("4"));
        assert_eq!(index.apply(&json!({"type": "DELETED", "object": object("b", "5", "x")})), version("5"));
        let bookmark = json!({"type": "BOOKMARK", "object": {"metadata": {"resourceVersion": "9"}}});
        assert_eq!(index.apply(&bookmark), version("9"));
        assert_eq!(level(&index, "a").as_deref(), Some("y"));
        assert_eq!(level(&index, "b"), None);
        assert_eq!(level(&index, "c").as_deref(), Some("z"));
    }

    #[test]
    fn what_makes_no_sense_is_listed_anew() {
        let index = Index::default();
        for event in [
            json!({"type": "ERROR", "object": {"kind": "Status", "code": 410, "metadata": {}}}),
            json!({"type": "ADDED", "object": {"metadata": {"resourceVersion": "1"}}}),
            json!({"type": "ADDED", "object": {"metadata": {"name": "a"}}}),
            json!({"type": "OTHER", "object": object("a", "1", "x")}),
            json!({"object": object("a", "1", "x")}),
            json!([]),
            json!(null),
        ] {
            assert_eq!(index.apply(&event), Seen::Lost, "{event}");
        }
        assert!(index.get("a").is_none());
    }

    #[test]
    fn a_list_replaces_everything() {
        let index = Index::default();
        index.replace(&[object("a", "1", "x")]);
        index.replace(&[object("b", "2", "x"), json!({"metadata": {}}), json!(3)]);
        assert!(index.get("a").is_none() && index.get("b").is_some());
    }

    #[test]
    fn values_stay_in_their_place() {
        assert_eq!(in_query("a&b=c d/+é"), "a%26b%3Dc%20d%2F%2B%C3%A9");
    }
}

//! All releases as one: which had what.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::release::Release;

/// Where the API server's own types are; a running server has those of its custom resources besides.
const OWN: &[&str] =
    &["io.k8s.api.", "io.k8s.apimachinery.", "io.k8s.apiextensions-apiserver.", "io.k8s.kube-aggregator."];

/// Types of answers and of requests that nobody writes down.
const NOT_WRITTEN: &[&str] = &["APIGroup", "APIVersions", "DeleteOptions", "Status", "WatchEvent"];

/// The releases that have something, as minor versions: from the first to the last.
#[derive(Clone, Copy)]
pub struct Life {
    pub first: u16,
    pub last: u16,
}

impl Life {
    /// `None` before the first release.
    fn extended(life: Option<Life>, minor: u16) -> Life {
        Life { first: life.map_or(minor, |life| life.first), last: minor }
    }
}

pub struct History {
    /// The releases in full, from the oldest.
    pub versions: Vec<String>,
    pub oldest: u16,
    pub newest: u16,
    /// Kind, group and version; the definition, and when it was served.
    pub kinds: BTreeMap<(String, String, String), (String, Life)>,
    pub definitions: BTreeMap<String, Definition>,
}

/// A definition of the documents.
pub struct Definition {
    pub life: Life,
    /// As the newest release that has it says it, without its properties.
    pub json: Json,
    pub properties: BTreeMap<String, Property>,
}

pub struct Property {
    pub life: Life,
    /// As the newest release that has it says it.
    pub json: Json,
    pub is_required: bool,
}

impl History {
    /// Of releases from the oldest to the newest.
    pub fn of(releases: &[Release]) -> Result<History, String> {
        let (Some(oldest), Some(newest)) = (releases.first(), releases.last()) else {
            return Err("there is no release".to_owned());
        };
        let mut history = History {
            versions: releases.iter().map(|release| release.version.clone()).collect(),
            oldest: oldest.minor,
            newest: newest.minor,
            kinds: BTreeMap::new(),
            definitions: BTreeMap::new(),
        };
        for release in releases {
            for (name, definition) in &release.definitions {
                if OWN.iter().any(|own| name.starts_with(own)) {
                    history.add(release.minor, name, definition);
                }
            }
        }
        Ok(history)
    }

    fn add(&mut self, minor: u16, name: &str, definition: &Json) {
        for kind in definition["x-kubernetes-group-version-kind"].as_array().into_iter().flatten() {
            let part = |key: &str| kind[key].as_str().unwrap_or_default().to_owned();
            let key = (part("kind"), part("group"), part("version"));
            if !key.0.ends_with("List") && !NOT_WRITTEN.contains(&key.0.as_str()) {
                let life = Life::extended(self.kinds.get(&key).map(|known| known.1), minor);
                self.kinds.insert(key, (name.to_owned(), life));
            }
        }
        let life = Life::extended(self.definitions.get(name).map(|known| known.life), minor);
        let known = self.definitions.entry(name.to_owned()).or_insert_with(|| Definition {
            life,
            json: Json::Null,
            properties: BTreeMap::new(),
        });
        known.life = life;
        known.json = definition.clone();
        if let Some(json) = known.json.as_object_mut() {
            json.remove("properties");
        }
        let required: BTreeSet<&str> =
            definition["required"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
        for (field, json) in definition["properties"].as_object().into_iter().flatten() {
            let life = Life::extended(known.properties.get(field).map(|known| known.life), minor);
            let is_required = required.contains(field.as_str());
            known.properties.insert(field.clone(), Property { life, json: json.clone(), is_required });
        }
    }
}

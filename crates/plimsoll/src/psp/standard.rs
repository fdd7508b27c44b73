//! Which Pod Security standard a pod meets.

use std::sync::Arc;

use plimsoll_doc::{Limits, SourceFile, parse, to_json};
use plimsoll_kubernetes::{Field, Pod};
use plimsoll_podsecurity::{CheckId, Facts, Level, LevelVersion, PodFields, Stage, Version};
use serde_json::{Value as Json, json};

use super::fixes::Fix;

/// A pod against the standards, when it is created: with the API server's defaults, and without any policy's.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The strictest standard that admits it.
    pub level: Level,
    /// What keeps it from the next one.
    pub fails: Vec<CheckId>,
}

impl Standing {
    /// `None` where something in the pod can't be read.
    pub fn of(pod: &Pod<'_>, version: Version) -> Option<Standing> {
        Standing::read(pod.metadata(), pod.spec(), version)
    }

    /// That of a pod with fields written into it.
    pub fn with(pod: &Pod<'_>, fixes: &[Fix], version: Version) -> Option<Standing> {
        let mut json = json!({"metadata": read(pod.metadata())?, "spec": read(pod.spec())?});
        fixes.iter().for_each(|fix| fix.apply(&mut json));
        let file = Arc::new(SourceFile::new("pod", json.to_string().into_bytes()));
        let document = parse(&file, &Limits::default()).into_iter().next()?.ok()?;
        let root = Field::new(document.root());
        Standing::read(root.get("metadata"), root.get("spec"), version)
    }

    fn read(metadata: Field<'_>, spec: Field<'_>, version: Version) -> Option<Standing> {
        let facts = Facts::of(PodFields { metadata, spec, stage: Stage::NewPod });
        let level = facts.level(version)?;
        let next = next(level);
        let fails = next.map(|next| facts.denied(LevelVersion::new(next, version)).iter().collect());
        Some(Standing { level, fails: fails.unwrap_or_default() })
    }
}

/// The next stricter standard.
pub fn next(level: Level) -> Option<Level> {
    match level {
        Level::Privileged => Some(Level::Baseline),
        Level::Baseline => Some(Level::Restricted),
        Level::Restricted => None,
    }
}

fn read(field: Field<'_>) -> Option<Json> {
    let Some(value) = field.value() else { return Some(json!({})) };
    let mut text = String::new();
    to_json(value, &mut text);
    serde_json::from_str(&text).ok()
}

//! What a real API server refuses, beside what the controls find that say so.
//!
//! Runs where there is a control plane (`cargo xtask control-plane` builds one). `PLIMSOLL_ROUNDS=N` makes N times as
//! many objects where they are made by chance.

mod duplicate_items;
mod other_os;
mod selectors;
mod values;

use std::sync::Arc;

use plimsoll_control_plane::ControlPlane;
use plimsoll_controls::ENTRIES;
use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::{Parameters, Selected, Selection, run};
use plimsoll_kubernetes::{Inventory, objects};
use serde_json::Value as Json;

/// How often a control finds something in an object.
fn found(control: &str, object: &Json) -> usize {
    let entry = ENTRIES.iter().find(|entry| entry.control.id == control);
    let control = entry.expect("the control").control;
    let selected = Selected { control, severity: control.severity };
    let selection = Selection { controls: vec![selected], parameters: Parameters::default() };
    let file = Arc::new(SourceFile::new("made.json", object.to_string().into_bytes()));
    let documents: Vec<Document> = parse(&file, &Limits::default()).into_iter().flatten().collect();
    let mut all = Vec::new();
    objects(documents[0].root(), |object| all.extend(object.ok()));
    run(&documents, &Inventory::new(all, "default"), &selection).len()
}

/// Asks a server about objects, one by one: it refuses those that the controls find something in, and takes the others.
/// How many there are of the others and of those; nothing where there is no server.
fn held_against_a_server(objects: impl IntoIterator<Item = Json>, controls: &[&str]) -> Option<[usize; 2]> {
    let plane = ControlPlane::shared()?;
    let mut counts = [0; 2];
    for object in objects {
        let answer = plane.admin().create(&object).dry_run().send();
        let count: usize = controls.iter().map(|control| found(control, &object)).sum();
        assert_eq!(
            count == 0,
            answer.is_ok(),
            "{count} found, and the server: {}\n{object:#}",
            answer.message()
        );
        counts[usize::from(count > 0)] += 1;
    }
    Some(counts)
}

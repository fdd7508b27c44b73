//! A review gives the verdict that a scan gives: every control's examples, and the example estate.

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use plimsoll_admission::{Gate, Part};
use plimsoll_controls::ENTRIES;
use plimsoll_doc::{Document, Limits, SourceFile, parse, to_json};
use plimsoll_engine::{Check, Selected, Selection, run};
use plimsoll_kubernetes::{Inventory, Object, objects};
use serde_json::Value;
use support::{gate, judge, review};

/// Every control, as a scan of one object would run them.
fn selection() -> Selection {
    let controls = ENTRIES
        .iter()
        .map(|entry| entry.control)
        .filter(|control| !matches!(control.check, Check::Inventory(..) | Check::Document(_)));
    Selection {
        controls: controls.map(|control| Selected { control, severity: control.severity }).collect(),
        ..Selection::default()
    }
}

fn json(object: &Object<'_>) -> Value {
    let mut out = String::new();
    to_json(object.root(), &mut out);
    serde_json::from_str(&out).expect("JSON")
}

/// What a scan finds in the object alone, as the API server would hand it out, and what a review of it says.
fn compare(object: &Value, gate: &Gate, selection: &Selection) -> Result<usize, String> {
    let file = Arc::new(SourceFile::new("object.json", object.to_string().into_bytes()));
    let entries = parse(&file, &Limits::default());
    let [Ok(document)] = entries.as_slice() else { return Err("it is no document".to_owned()) };
    let Some(read) = Object::new(document.root()) else { return Err("it is no object".to_owned()) };
    let namespace = if read.is_cluster_scoped() { "" } else { "shop" };
    let inventory = Inventory::new(vec![read], namespace);
    let scanned = run(std::slice::from_ref(document), &inventory, selection);
    let scanned: BTreeSet<(&str, &str)> =
        scanned.iter().map(|finding| (finding.control.id, &*finding.path)).collect();

    let mut asked = review(object, None);
    asked["request"]["namespace"] = namespace.into();
    let outcome = judge(gate, &asked, &support::cluster(""), Part::Whole);
    let denied: BTreeSet<&str> = outcome.found.iter().map(|(id, _)| *id).collect();
    let wanted: BTreeSet<&str> = scanned.iter().map(|(id, _)| *id).collect();
    if denied != wanted
        || outcome.found.len() < scanned.len()
        || outcome.answer.is_allowed() != scanned.is_empty()
    {
        return Err(format!("a scan finds {wanted:?}, a review {denied:?}"));
    }
    Ok(scanned.len())
}

const EVERYTHING: &str = "{pod-security: {enabled: false}, rules: [{profile: all, action: enforce}]}";

fn documents(text: &str) -> Vec<Document> {
    let file = Arc::new(SourceFile::new("example.yaml", text.into()));
    parse(&file, &Limits::default()).into_iter().flatten().collect()
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

#[test]
fn examples_of_all_controls() {
    let (mut compared, mut found) = (0, 0);
    let mut wrong = Vec::new();
    let (gate, selection) = (gate(EVERYTHING), selection());
    for entry in ENTRIES {
        for example in &entry.text().examples {
            let is_whole = example.yaml.contains("kind:") && example.yaml.contains("apiVersion:");
            let text = match is_whole {
                true => example.yaml.clone(),
                false => format!(
                    "apiVersion: v1\nkind: Pod\nmetadata: {{name: x, namespace: shop}}\nspec:\n{}",
                    indented(&example.yaml)
                ),
            };
            for document in &documents(&text) {
                objects(document.root(), |object| {
                    let Ok(object) = object else { return };
                    match compare(&json(&object), &gate, &selection) {
                        Ok(count) => {
                            compared += 1;
                            found += count;
                        }
                        Err(error) => wrong.push(format!("{}: {object:?}: {error}", entry.control.id)),
                    }
                });
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 1500 && found > 10_000, "{compared} objects, {found} findings");
}

#[test]
fn the_example_estate() {
    fn walk(folder: &Path, gate: &Gate, selection: &Selection, compared: &mut usize) {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, gate, selection, compared);
            } else if path.extension().is_some_and(|kind| kind == "yaml") {
                for document in &documents(&std::fs::read_to_string(&path).expect("text")) {
                    objects(document.root(), |object| {
                        if let Ok(object) = object {
                            compare(&json(&object), gate, selection)
                                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                            *compared += 1;
                        }
                    });
                }
            }
        }
    }
    let mut compared = 0;
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    walk(&examples, &gate(EVERYTHING), &selection(), &mut compared);
    assert!(compared > 20, "{compared}");
}

//! What a control says that it needs, it needs: without that, it finds nothing anywhere.

use std::sync::Arc;

use plimsoll_controls::ENTRIES;
use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::{Check, Control, Finding, Needs, Parameters, Selected, Selection, run};
use plimsoll_kubernetes::{Inventory, objects};

/// The control without what keeps it from running; `None` for one that always runs.
fn unscreened(control: &'static Control) -> Option<&'static Control> {
    let check = match control.check {
        Check::Pod(Needs::Nothing, _) | Check::Container(Needs::Nothing, _) => return None,
        Check::AnyObject(Needs::Nothing, _) => return None,
        Check::Pod(_, check) => Check::Pod(Needs::Nothing, check),
        Check::Container(_, check) => Check::Container(Needs::Nothing, check),
        Check::AnyObject(_, check) => Check::AnyObject(Needs::Nothing, check),
        Check::Object(..) | Check::Inventory(..) | Check::Document(_) => return None,
    };
    Some(Box::leak(Box::new(Control { check, ..*control })))
}

fn selection(controls: impl Iterator<Item = &'static Control>) -> Selection {
    let controls = controls.map(|control| Selected { control, severity: control.severity }).collect();
    Selection { controls, parameters: Parameters::default() }
}

fn said(findings: Vec<Box<Finding>>) -> Vec<(&'static str, String, String)> {
    findings
        .into_iter()
        .map(|finding| (finding.control.id, finding.path.to_string(), finding.message.into_owned()))
        .collect()
}

#[test]
fn without_what_a_control_needs_it_finds_nothing() {
    let screened: Vec<_> =
        ENTRIES.iter().filter_map(|entry| Some((entry.control, unscreened(entry.control)?))).collect();
    assert!(screened.len() > 60, "{} controls need something", screened.len());
    let with = selection(screened.iter().map(|(control, _)| *control));
    let without = selection(screened.iter().map(|(_, control)| *control));
    let mut found = 0;
    for entry in ENTRIES {
        for example in entry.text().examples {
            let file = Arc::new(SourceFile::new("example.yaml", example.manifest().0.into_bytes()));
            let documents: Vec<Document> = parse(&file, &Limits::default()).into_iter().flatten().collect();
            let mut all = Vec::new();
            for document in &documents {
                objects(document.root(), |object| all.extend(object.ok()));
            }
            let inventory = Inventory::new(all, "default");
            let said_with = said(run(&documents, &inventory, &with));
            found += said_with.len();
            assert_eq!(said_with, said(run(&documents, &inventory, &without)), "{}", file.text());
        }
    }
    assert!(found > 300, "{found} findings");
}

//! All fixes of the weak example at once: each is proved, and none is refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use plimsoll_controls::ENTRIES;
use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::{Finding, Parameters, Selected, Selection, run};
use plimsoll_fix::{Options, fix};
use plimsoll_kubernetes::{Inventory, objects};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the examples") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            found.push(path);
        }
    }
    found.sort();
}

fn scan(texts: &BTreeMap<String, String>, replaced: &[(&str, &str)]) -> Result<Vec<Box<Finding>>, String> {
    let mut documents: Vec<Document> = Vec::new();
    for (name, text) in texts {
        let text = replaced.iter().find(|(file, _)| file == name).map_or(text.as_str(), |(_, text)| text);
        let file = Arc::new(SourceFile::new(name.clone(), text.as_bytes().to_vec()));
        for entry in parse(&file, &Limits::default()) {
            documents.push(entry.map_err(|error| format!("{name}: {error}"))?);
        }
    }
    let mut all = Vec::new();
    for document in &documents {
        objects(document.root(), |object| all.extend(object));
    }
    let inventory = Inventory::new(all, "default");
    let controls = ENTRIES
        .iter()
        .map(|entry| Selected { control: entry.control, severity: entry.control.severity })
        .collect();
    Ok(run(&documents, &inventory, &Selection { controls, parameters: Parameters::default() }))
}

#[test]
fn every_fix_of_the_weak_example_is_proved() {
    let mut paths = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/voting-app/weak"), &mut paths);
    let texts: BTreeMap<String, String> = paths
        .iter()
        .map(|path| (path.display().to_string(), fs::read_to_string(path).expect("an example")))
        .collect();
    let findings = scan(&texts, &[]).expect("findings");
    let fixable = findings.iter().filter(|finding| finding.fix.is_some()).count();
    assert!(fixable > 0, "no finding of {} has a fix", findings.len());
    let changes = fix(&findings, &Options { allow_unsafe: true }, &mut |replaced| scan(&texts, replaced));
    let refused: Vec<String> = changes
        .iter()
        .flat_map(|change| &change.refused)
        .map(|refused| {
            let finding = &findings[refused.finding];
            let line = finding.place.start().line;
            format!("{}:{line}: {}: {}", finding.place.file.name(), finding.control.id, refused.reason)
        })
        .collect();
    // Failing closed makes this webhook one that can stop the cluster: a fix that trades one finding for
    // another is refused, and says so.
    let (expected, others): (Vec<_>, Vec<_>) = refused.into_iter().partition(|line| {
        line.contains("admission/webhook-fails-open") && line.contains("webhook-blocks-cluster")
    });
    assert_eq!(expected.len(), 1, "{expected:?}");
    assert!(others.is_empty(), "{} of {fixable} refused\n{}", others.len(), others.join("\n"));
    let done: usize = changes.iter().map(|change| change.applied.len() + change.mended.len()).sum();
    assert!(done + expected.len() >= fixable, "{done} of {fixable} are gone");
}

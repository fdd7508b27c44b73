//! The example configuration, against the catalogue and the estate that it is written for.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use plimsoll_controls::{Catalogue, select};
use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::waiver::{Waiving, waive};
use plimsoll_engine::{Choice, Configuration, Surroundings, run};
use plimsoll_kubernetes::{Inventory, objects};

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

fn configuration() -> Configuration {
    let text = std::fs::read(examples().join("plimsoll.yaml")).expect("examples/plimsoll.yaml");
    let file = Arc::new(SourceFile::new("plimsoll.yaml", text));
    Configuration::parse(&file, &Catalogue).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

/// Every manifest below a folder, by its path from `examples`.
fn documents(folder: &Path, found: &mut Vec<Document>) {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            documents(&path, found);
        } else {
            let name = path.strip_prefix(examples()).expect("below examples").to_string_lossy().into_owned();
            let file = Arc::new(SourceFile::new(name, std::fs::read(&path).expect("a file")));
            found
                .extend(parse(&file, &Limits::default()).into_iter().map(|document| document.expect("YAML")));
        }
    }
}

#[test]
fn example_is_sound_and_shows_every_setting() {
    let configuration = configuration();
    assert!(configuration.profile.is_some());
    assert!(!configuration.select.is_empty() && !configuration.ignore.is_empty());
    assert!(!configuration.paths.is_empty() && !configuration.namespaces.is_empty());
    assert!(!configuration.exclude.is_empty() && !configuration.waivers.is_empty());
    assert!(configuration.fail_on.is_some() && configuration.severity.is_some());
    assert!(!configuration.parameters.allowed_registries.is_empty());
}

#[test]
fn every_waiver_of_the_example_has_its_finding() {
    let configuration = configuration();
    let chosen = select(&Choice::default(), &configuration).expect("known names");
    let mut documents = Vec::new();
    self::documents(&examples().join("voting-app"), &mut documents);
    let mut found = Vec::new();
    for document in &documents {
        objects(document.root(), |object| found.extend(object.ok()));
    }
    let inventory = Inventory::new(found, "default");
    let surroundings = Surroundings {
        root: Path::new("/examples"),
        working_directory: Path::new("/examples"),
        namespace: "default",
    };
    let findings = run(&documents, &inventory, &chosen.selection);
    let mut findings = chosen.settle(findings, &surroundings).shown;
    let waiving = Waiving {
        documents: &documents,
        chosen: &chosen,
        names: &Catalogue,
        surroundings: &surroundings,
        today: "2026-11-21".parse().expect("a date"),
    };
    let notices = waive(&mut findings, &waiving);
    assert_eq!(notices, []);
    let waived: Vec<_> = findings
        .iter()
        .filter(|finding| finding.waived.is_some())
        .map(|finding| finding.control.id)
        .collect();
    assert_eq!(waived, ["pod/host-pid", "pod/privileged"]);
}

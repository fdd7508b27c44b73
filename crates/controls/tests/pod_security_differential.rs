//! Equality with the admission plugin of the API server: for every pod, every check of the Pod Security
//! Standards is denied there where a control of its profile finds something here, and nowhere else. The same of
//! the crate `podsecurity`.
//!
//! What compares with the plugin runs where `go` is installed and can build `tests/go-pod-security`.
//! `PLIMSOLL_ROUNDS=N` makes N times as many pods.

use std::collections::BTreeMap;
use std::sync::Arc;

use plimsoll_controls::ENTRIES;
use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::{Control, Parameters, Profile, Selected, Selection, run};
use plimsoll_kubernetes::{Inventory, Object, Pod, objects};
use plimsoll_podsecurity::{CheckId, Facts, LevelVersion, PodFields, Stage};
use plimsoll_test_support::pods::{self, KINDS};
use plimsoll_test_support::{GoProgram, Random, answers, files, rounds};
use serde_json::Value as Json;

/// By the requirement of the framework `pss`: whether its check denies the pod.
type Denied = BTreeMap<String, bool>;

/// What the plugin makes of manifests. A manifest that the API wouldn't take is a mistake of the test.
fn theirs(program: &GoProgram, manifests: &[String]) -> Vec<Denied> {
    let answers: Vec<Json> = answers(&mut program.command(), manifests);
    let denied = |(text, answer): (&String, &Json)| {
        let checks = answer["denied"].as_object().unwrap_or_else(|| panic!("{answer}\n{text}"));
        checks.iter().map(|(id, is_denied)| (id.clone(), is_denied.as_bool().expect("a bool"))).collect()
    };
    manifests.iter().zip(&answers).map(denied).collect()
}

/// The requirements that a control decides: those of its own profile.
fn decides(control: &Control) -> impl Iterator<Item = &'static str> {
    control.frameworks.iter().filter(|reference| reference.framework == "pss").map(|r| r.requirement).filter(
        |requirement| {
            let is_baseline = requirement.starts_with("baseline/");
            control.profiles.contains(if is_baseline { &Profile::Baseline } else { &Profile::Restricted })
        },
    )
}

fn selection() -> Selection {
    let controls = ENTRIES.iter().map(|entry| entry.control).filter(|control| decides(control).count() > 0);
    let controls = controls.map(|control| Selected { control, severity: control.severity }).collect();
    Selection { controls, parameters: Parameters::default() }
}

/// What the controls make of a manifest.
fn ours(text: &str, selection: &Selection) -> Denied {
    let file = Arc::new(SourceFile::new("pod.yaml", text.as_bytes().to_vec()));
    let documents: Vec<Document> = parse(&file, &Limits::default())
        .into_iter()
        .map(|entry| entry.unwrap_or_else(|error| panic!("{error}\n{text}")))
        .collect();
    let mut found = Vec::new();
    for document in &documents {
        objects(document.root(), |object| found.push(object.expect("an object")));
    }
    assert_eq!(found.len(), 1, "{text}");
    let mut denied: Denied = selection
        .controls
        .iter()
        .flat_map(|selected| decides(selected.control))
        .map(|requirement| (requirement.to_owned(), false))
        .collect();
    for finding in run(&documents, &Inventory::new(found, "default"), selection) {
        for requirement in decides(finding.control) {
            denied.insert(requirement.to_owned(), true);
        }
    }
    denied
}

/// Compares a batch, and counts for every check how many pods it allows and denies.
fn compare(program: &GoProgram, manifests: &[String]) -> BTreeMap<String, [usize; 2]> {
    let selection = selection();
    let mut counts = BTreeMap::<String, [usize; 2]>::new();
    let mut different = 0;
    for (text, theirs) in manifests.iter().zip(theirs(program, manifests)) {
        let ours = ours(text, &selection);
        if ours != theirs {
            different += 1;
            if different <= 10 {
                let checks = theirs.iter().filter(|(id, is_denied)| ours.get(*id) != Some(is_denied));
                eprintln!("denied by the plugin: {:?}\n{text}", checks.collect::<Vec<_>>());
            }
        }
        for (id, is_denied) in theirs {
            counts.entry(id).or_default()[usize::from(is_denied)] += 1;
        }
    }
    assert_eq!(different, 0, "of {} pods", manifests.len());
    counts
}

#[test]
fn generated_pods_are_judged_as_by_the_api_server() {
    let Some(program) = GoProgram::build("go-pod-security", env!("CARGO_TARGET_TMPDIR")) else { return };
    for seed in 0..rounds() {
        let mut random = Random(seed);
        // Half are pods; the others are what makes pods.
        let kind = |number: usize| if number.is_multiple_of(2) { 0 } else { number / 2 % KINDS.len() };
        let manifests: Vec<_> = (0..4_000).map(|number| pods::manifest(&mut random, kind(number))).collect();
        for (id, [allowed, denied]) in compare(&program, &manifests) {
            // Else the pods would prove little.
            assert!(allowed >= 100 && denied >= 50, "{id} allows {allowed} pods and denies {denied}");
        }
    }
}

/// The pods that the plugin's own tests are written to: one for every edge of every check.
#[test]
fn the_fixtures_are_judged_as_by_the_api_server() {
    let Some(program) = GoProgram::build("go-pod-security", env!("CARGO_TARGET_TMPDIR")) else { return };
    let folder = program.module("k8s.io/pod-security-admission").join("test/testdata");
    let fixtures = files(&folder, &["yaml"]);
    let mut manifests: Vec<_> =
        fixtures.iter().map(|path| std::fs::read_to_string(path).expect("a fixture")).collect();
    // Most fixtures are the same for many versions.
    manifests.sort();
    manifests.dedup();
    assert!(manifests.len() > 100, "{} fixtures", manifests.len());
    for (id, [allowed, denied]) in compare(&program, &manifests) {
        assert!(allowed > 0 && denied > 0, "{id} allows {allowed} fixtures and denies {denied}");
    }
}

/// Whether `podsecurity` denies the pod that a manifest makes, by check, at the newest version.
fn podsecurity(text: &str) -> Denied {
    let file = Arc::new(SourceFile::new("pod.yaml", text.as_bytes().to_vec()));
    let documents: Vec<Document> = parse(&file, &Limits::default()).into_iter().flatten().collect();
    let object = Object::new(documents[0].root()).expect("an object");
    let facts = Pod::all_of(object).first().map(|pod| {
        let mut pod = PodFields::of(pod);
        // The controls judge the pod that a controller makes, and not the template.
        pod.stage = Stage::Pod;
        Facts::of(pod)
    });
    let denies = |check: CheckId| {
        facts.is_some_and(|facts| facts.denied(LevelVersion::latest(check.level())).contains(check))
    };
    CheckId::ALL.into_iter().map(|check| (format!("{}/{check}", check.level()), denies(check))).collect()
}

#[test]
fn the_controls_and_podsecurity_agree() {
    let selection = selection();
    for seed in 0..rounds() {
        let mut random = Random(seed + 1_000_000);
        for number in 0..2_000 {
            let text = pods::manifest(&mut random, number % KINDS.len());
            assert_eq!(ours(&text, &selection), podsecurity(&text), "{text}");
        }
    }
}

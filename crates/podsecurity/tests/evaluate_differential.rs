//! Every check at every level and version says of generated pods and controllers what the API server's own
//! library says: the same checks, reasons and details, in the same order, byte for byte.
//!
//! Runs where `go` is installed. `PLIMSOLL_ROUNDS=N` makes N times as many pods.

mod support;

use std::collections::BTreeMap;

use plimsoll_kubernetes::{Object, Pod};
use plimsoll_podsecurity::{CheckId, Facts, Level, LevelVersion, PodFields, Version, evaluate};
use plimsoll_test_support::pods::{self, KINDS};
use plimsoll_test_support::{GoProgram, Random, answers, files, rounds};
use serde_json::Value as Json;

use support::document;

/// The library is asked up to a version that nobody knows yet, and then for the latest.
const NEWEST: u64 = 39;

type Failed = Vec<[String; 3]>;

/// The checks that fail by minor version, where they change; the last one is of `latest`.
type Changes = Vec<(u64, Failed)>;

fn theirs(answer: &Json) -> Changes {
    let texts = |check: &Json| {
        let text = |at: usize| check[at].as_str().expect("a text").to_owned();
        [text(0), text(1), text(2)]
    };
    let change = |change: &Json| {
        let failed = change["failed"].as_array().expect("a list").iter().map(texts).collect();
        (change["from"].as_u64().expect("a version"), failed)
    };
    answer.as_array().expect("a list").iter().map(change).collect()
}

fn ours(pod: PodFields<'_>, level: Level) -> Changes {
    let facts = Facts::of(pod);
    let mut changes = Changes::new();
    for minor in 0..=NEWEST {
        let version = if minor == NEWEST { Version::Latest } else { Version::V1(minor) };
        let at = LevelVersion::new(level, version);
        let evaluation = evaluate(pod, at).expect("a pod that can be decoded");
        let denied: Vec<_> = facts.denied(at).iter().collect();
        let ids: Vec<_> = evaluation.violations.iter().map(|violation| violation.id).collect();
        assert_eq!(ids, denied);
        assert_eq!(facts.is_allowed(at), Some(ids.is_empty()));
        let texts = |violation: &plimsoll_podsecurity::Violation<'_>| {
            assert!(!violation.blame.is_empty(), "{} blames nothing", violation.id);
            [violation.id.to_string(), violation.reason.to_string(), violation.detail.clone()]
        };
        let failed: Failed = evaluation.violations.iter().map(texts).collect();
        if changes.last().is_none_or(|(_, last)| *last != failed) {
            changes.push((minor, failed));
        }
    }
    changes
}

/// Compares objects, and counts how often each check fails.
fn compare(program: &GoProgram, manifests: &[String]) -> BTreeMap<String, usize> {
    let mut different = 0;
    let mut seen = BTreeMap::<String, usize>::new();
    let answers: Vec<Json> = answers(program.command().arg("evaluate"), manifests);
    for (text, answer) in manifests.iter().zip(answers) {
        assert!(answer["error"].is_null(), "{answer}\n{text}");
        let document = document(text);
        let object = Object::new(document.root()).expect("an object");
        let pods = Pod::all_of(object);
        // A template that isn't written has no containers to fail a check.
        let Some(pod) = pods.first() else { continue };
        for (level, key) in [(Level::Baseline, "baseline"), (Level::Restricted, "restricted")] {
            let (ours, theirs) = (ours(PodFields::of(pod), level), theirs(&answer[key]));
            for [id, ..] in theirs.iter().flat_map(|(_, failed)| failed) {
                *seen.entry(id.clone()).or_default() += 1;
            }
            if ours != theirs {
                different += 1;
                if different <= 5 {
                    eprintln!("{key}:\nours   {ours:?}\ntheirs {theirs:?}\n{text}");
                }
            }
        }
    }
    assert_eq!(different, 0, "of {} objects", manifests.len());
    assert_eq!(seen.len(), CheckId::ALL.len(), "{seen:?}");
    seen
}

#[test]
fn generated_pods_are_evaluated_as_by_the_api_server() {
    let Some(program) = GoProgram::build("go-pod-security-admission", env!("CARGO_TARGET_TMPDIR")) else {
        return;
    };
    for seed in 0..rounds() {
        let mut random = Random(seed);
        // Half are pods; the others are what makes pods.
        let kind = |number: usize| if number.is_multiple_of(2) { 0 } else { number / 2 % KINDS.len() };
        let manifests: Vec<_> = (0..1_500).map(|number| pods::manifest(&mut random, kind(number))).collect();
        let seen = compare(&program, &manifests);
        // Else the pods would prove little.
        assert!(seen.values().all(|count| *count >= 20), "{seen:?}");
    }
}

/// The pods that the plugin's own tests are written to: one for every edge of every check.
#[test]
fn the_fixtures_are_evaluated_as_by_the_api_server() {
    let Some(program) = GoProgram::build("go-pod-security-admission", env!("CARGO_TARGET_TMPDIR")) else {
        return;
    };
    let folder = program.module("k8s.io/pod-security-admission").join("test/testdata");
    let fixtures = files(&folder, &["yaml"]);
    let mut manifests: Vec<_> =
        fixtures.iter().map(|path| std::fs::read_to_string(path).expect("a fixture")).collect();
    // Most fixtures are the same for many versions.
    manifests.sort();
    manifests.dedup();
    assert!(manifests.len() > 100, "{} fixtures", manifests.len());
    compare(&program, &manifests);
}

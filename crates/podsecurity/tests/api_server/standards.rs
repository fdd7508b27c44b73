//! Every level and every version over generated pods and controllers.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use plimsoll_control_plane::ControlPlane;
use plimsoll_control_plane::made::{KINDS, controller, pod};
use plimsoll_doc::Document;
use plimsoll_kubernetes::Inventory;
use plimsoll_podsecurity::admission::{Admission, Decoded, Operation, Request};
use plimsoll_podsecurity::{Configuration, Level, LevelVersion, NEWEST, PodFields, Version, evaluate};
use plimsoll_test_support::{Random, rounds};
use serde_json::Value as Json;

use crate::documents::{document, object};
use crate::verdict::{Verdict, annotations, logged};
use crate::world::World;

/// So many objects; `PLIMSOLL_ROUNDS=N` makes N times as many.
const PODS: usize = 160;
const CONTROLLERS: usize = 10 * KINDS.len();

/// All that there are, and some that are newer than the server.
fn versions() -> Vec<Version> {
    let newest = NEWEST + 2;
    (0..=newest).map(Version::V1).chain([Version::V1(400), Version::Latest]).collect()
}

/// An object that the API server takes: as it was sent, as it was stored, and what else it is warned of.
struct Sample {
    sent: Json,
    stored: Json,
    others: Vec<String>,
}

fn samples(plane: &ControlPlane, space: &str) -> Vec<Sample> {
    let rounds = rounds() as usize;
    let random = &mut Random(37);
    let mut made: Vec<Json> = (0..PODS * rounds).map(|_| pod(random, "made")).collect();
    made.extend((0..CONTROLLERS * rounds).map(|at| controller(random, at % KINDS.len(), "made")));
    let samples = made.into_iter().filter_map(|mut sent| {
        sent["metadata"]["namespace"] = space.into();
        let answer = plane.admin().create(&sent).dry_run().send();
        // What its own validation refuses never gets to the plugin.
        answer.is_ok().then_some(Sample { sent, stored: answer.body, others: answer.warnings })
    });
    samples.collect()
}

/// How the policy that is tried is given to a namespace.
fn policies() -> Vec<Vec<(&'static str, String)>> {
    let mut policies = Vec::new();
    for version in versions() {
        let version = version.to_string();
        // Two at once, of which neither keeps the other from being told.
        policies.push(vec![
            ("audit", "restricted".to_owned()),
            ("audit-version", version.clone()),
            ("warn", "baseline".to_owned()),
            ("warn-version", version.clone()),
        ]);
        policies.push(vec![("enforce", "restricted".to_owned()), ("enforce-version", version.clone())]);
        policies.push(vec![("enforce", "baseline".to_owned()), ("enforce-version", version)]);
    }
    policies
}

#[test]
fn every_level_and_version() {
    let Some(plane) = ControlPlane::shared() else { return };
    let samples = samples(plane, &plane.namespace("free", &[]));
    assert!(samples.len() * 50 > (PODS + CONTROLLERS) * 49, "only {} are valid", samples.len());
    let policies = policies();
    let spaces: Vec<(String, Vec<(String, &str)>)> = policies
        .iter()
        .map(|policy| {
            let labels: Vec<(String, &str)> = policy
                .iter()
                .map(|(key, value)| (format!("pod-security.kubernetes.io/{key}"), value.as_str()))
                .collect();
            let borrowed: Vec<(&str, &str)> =
                labels.iter().map(|(key, value)| (key.as_str(), *value)).collect();
            (plane.namespace("policy", &borrowed), labels)
        })
        .collect();

    // What is in the audit log is compared in the end, since it is written late.
    let expected = Mutex::new(Vec::new());
    let (next, differences) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(sample) = samples.get(at) else { return };
                    for (number, (space, labels)) in spaces.iter().enumerate() {
                        // Refusals say what warnings say, and only pods get them: some pods for each policy.
                        let is_enforced = labels.len() == 2;
                        if is_enforced && (sample.sent["kind"] != "Pod" || (at + number) % 4 != 0) {
                            continue;
                        }
                        compare(plane, sample, space, labels, &expected, &differences);
                    }
                }
            });
        }
    });
    let differences = differences.into_inner().expect("no panic");
    assert!(differences.is_empty(), "{} differ, the first:\n{}", differences.len(), differences[0]);
    let expected = expected.into_inner().expect("no panic");
    eprintln!("{} objects, {} policies, {} requests", samples.len(), spaces.len(), expected.len());
    let events = plane.audited(expected.iter().map(|(audit_id, _)| audit_id.as_str()));
    for ((audit_id, expected), event) in expected.iter().zip(&events) {
        assert_eq!(*expected, logged(event), "{audit_id} {event}");
    }
}

#[test]
fn a_file_is_what_the_server_makes_of_it() {
    let Some(plane) = ControlPlane::shared() else { return };
    for sample in samples(plane, &plane.namespace("free", &[])) {
        let (sent, stored) = (document(&sample.sent), document(&sample.stored));
        let details = |of: &Document, is_sent: bool| -> Vec<String> {
            let inventory = Inventory::new(vec![object(of)], "default");
            let fields = PodFields::of(&inventory.pods()[0]);
            let fields = if is_sent { fields.as_created() } else { fields };
            let all = versions()
                .into_iter()
                .flat_map(|version| Level::ALL.map(|level| LevelVersion { level, version }));
            let told = all.map(|at| match evaluate(fields, at) {
                Ok(evaluation) => evaluation.forbidden_detail(),
                Err(unreadable) => panic!("{unreadable}\n{}", sample.sent),
            });
            told.collect()
        };
        assert_eq!(details(&sent, true), details(&stored, false), "{}\n{}", sample.sent, sample.stored);
    }
}

type Expected = Vec<(String, std::collections::BTreeMap<String, String>)>;

fn compare(
    plane: &ControlPlane,
    sample: &Sample,
    space: &str,
    labels: &[(String, &str)],
    expected: &Mutex<Expected>,
    differences: &Mutex<Vec<String>>,
) {
    let mut sent = sample.sent.clone();
    sent["metadata"]["namespace"] = space.into();
    let path = plane.admin().collection(&sent);
    let answer = plane.admin().post(&path, &sent).dry_run().send();
    let theirs = Verdict::theirs(&answer, &sample.others);

    let stored = document(&sample.stored);
    let stored = object(&stored);
    let borrowed: Vec<(&str, &str)> = labels.iter().map(|(key, value)| (key.as_str(), *value)).collect();
    let request = Request {
        operation: Operation::Create,
        group: stored.group(),
        resource: path.rsplit('/').next().unwrap_or_default(),
        subresource: "",
        kind: stored.kind(),
        name: stored.name(),
        namespace: space,
        username: "admin",
        object: Decoded::Object(stored),
        old_object: Decoded::Absent,
    };
    let response = Admission::new(Configuration::default()).validate(&request, &World::of(space, &borrowed));
    expected.lock().expect("no panic").push((answer.audit_id.clone(), annotations(&response)));
    let ours = Verdict::ours(response);
    if ours != theirs {
        let difference = format!("{borrowed:?}\n{sent}\nours   {ours:?}\ntheirs {theirs:?}");
        differences.lock().expect("no panic").push(difference);
    }
}

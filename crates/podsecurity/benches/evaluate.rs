//! How long the checks of restricted take for one pod that is parsed already, on one core, and beside it the
//! API server's own library over its own decoded objects, where Go is installed.
//!
//! `cargo bench -p plimsoll-podsecurity`. The best of 30 rounds counts. `facts` answers for every level and
//! version whether the pod is allowed; `evaluate` adds the words where it isn't.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_kubernetes::{Object, Pod};
use plimsoll_podsecurity::admission::{Existing, dry_run};
use plimsoll_podsecurity::{Facts, Level, LevelVersion, PodFields, evaluate};
use plimsoll_test_support::{GoProgram, answers};
use serde_json::Value as Json;

const OBJECTS: [(&str, &str); 4] = [
    ("a pod with one container", include_str!("objects/minimal.yaml")),
    ("a pod with three containers", include_str!("objects/pod.yaml")),
    ("the same in a Deployment", include_str!("objects/deployment.yaml")),
    ("the same, failing ten checks", include_str!("objects/violating.yaml")),
];

fn document(text: &str) -> Document {
    let file = Arc::new(SourceFile::new("bench.yaml", text.as_bytes().to_vec()));
    let documents = parse(&file, &Limits::default()).into_iter().flat_map(|entry| entry.ok());
    documents.into_iter().next().expect("a document")
}

/// Nanoseconds of one run.
fn measure(mut run: impl FnMut()) -> f64 {
    const RUNS: u32 = 2_000;
    let mut best = Duration::MAX;
    for _ in 0..30 {
        let started = Instant::now();
        (0..RUNS).for_each(|_| run());
        best = best.min(started.elapsed());
    }
    best.as_secs_f64() * 1e9 / f64::from(RUNS)
}

/// The same of the Go library; `None` where there is no Go.
fn measure_go(text: &str) -> Option<f64> {
    let program = GoProgram::build("go-pod-security-admission", env!("CARGO_TARGET_TMPDIR"))?;
    // As many threads as here.
    let answers: Vec<Json> = answers(program.command().arg("measure").env("GOMAXPROCS", "1"), &[text]);
    answers.first()?["nanoseconds"].as_f64()
}

/// Milliseconds of the dry run over a namespace's pods when its label gets stricter, half of which violate it.
fn measure_dry_run() -> f64 {
    let texts = [include_str!("objects/pod.yaml"), include_str!("objects/violating.yaml")];
    let documents: Vec<Document> = (0..3_000)
        .map(|number| document(&texts[number % 2].replace("uid: 3f0c", &format!("uid: {number}-3f0c"))))
        .collect();
    let pods: Vec<Existing<'_>> = documents
        .iter()
        .map(|document| Existing::of(Object::new(document.root()).expect("an object")))
        .collect();
    let restricted = LevelVersion::latest(Level::Restricted);
    let mut best = Duration::MAX;
    for _ in 0..10 {
        let started = Instant::now();
        black_box(dry_run("shop", restricted, pods.iter().copied(), &|| false));
        best = best.min(started.elapsed());
    }
    best.as_secs_f64() * 1e3
}

fn main() {
    let restricted = LevelVersion::latest(Level::Restricted);
    println!("{:30}{:>10}{:>12}{:>10}{:>12}", "", "facts, ns", "evaluate, ns", "Go, ns", "Go/evaluate");
    for (name, text) in OBJECTS {
        let document = document(text);
        let object = Object::new(document.root()).expect("an object");
        let pods = Pod::all_of(object);
        let pod = PodFields::of(pods.first().expect("a pod"));
        let facts = measure(|| {
            black_box(Facts::of(black_box(pod)).is_allowed(restricted));
        });
        let evaluated = measure(|| {
            black_box(
                evaluate(black_box(pod), restricted).map(|evaluation| evaluation.forbidden_detail()).ok(),
            );
        });
        match measure_go(text) {
            Some(go) => println!("{name:30}{facts:10.0}{evaluated:12.0}{go:10.0}{:12.1}", go / evaluated),
            None => println!("{name:30}{facts:10.0}{evaluated:12.0}{:>10}", "no Go"),
        }
    }
    println!("{:30}{:>10.1} ms", "a dry run over 3,000 pods", measure_dry_run());
}

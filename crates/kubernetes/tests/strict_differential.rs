//! Equality with the API server's strict decoding: the objects that it can't read, and the unknown and duplicate
//! fields that it refuses, in its words and its order.
//!
//! Runs where `go` is installed and can build `tests/go-strict`, which makes the objects out of Go's own types.
//! `PLIMSOLL_ROUNDS=N` makes N times as many.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use plimsoll_doc::{Limits, SourceFile, parse};
use plimsoll_kubernetes::schema::{self, VERSION, Verdict, strict};
use plimsoll_kubernetes::{Object, objects};
use serde_json::Value as Json;

/// Group, version, kind.
type Kind = [String; 3];

/// Builds the Go program; `None` where there is no `go`.
fn program() -> Option<PathBuf> {
    if Command::new("go").arg("version").output().is_err() {
        assert!(std::env::var_os("PLIMSOLL_REQUIRE_GO").is_none(), "go is not installed");
        eprintln!("skipped: go is not installed");
        return None;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/go-strict");
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-strict");
    let built = Command::new("go").args(["build", "-o"]).arg(&program).arg(".").current_dir(folder).output();
    let built = built.expect("go runs");
    assert!(built.status.success(), "go build: {}", String::from_utf8_lossy(&built.stderr));
    Some(program)
}

/// What we say of a body: whether it can't be read, and what is refused. `None` for a kind that the newest
/// release doesn't serve.
fn ours(body: &str, kinds: &mut BTreeSet<Kind>) -> Option<(bool, Vec<String>)> {
    let file = Arc::new(SourceFile::new("object", body.as_bytes().to_vec()));
    let documents = parse(&file, &Limits::default());
    let [Ok(document)] = documents.as_slice() else { panic!("{documents:?}\n{body}") };
    let mut found: Vec<Object> = Vec::new();
    objects(document.root(), |object| found.push(object.expect("an object")));
    let [object] = found.as_slice() else { panic!("{} objects\n{body}", found.len()) };
    kinds.insert([object.group(), object.version(), object.kind()].map(str::to_owned));
    Some(match strict(object, VERSION.1)? {
        Verdict::Taken => (false, Vec::new()),
        Verdict::Refused(errors) => (false, errors.iter().map(ToString::to_string).collect()),
        Verdict::Unreadable(_) => (true, Vec::new()),
    })
}

#[test]
fn strict_decoding_is_that_of_the_api_server() {
    let Some(program) = program() else { return };
    let rounds: u64 =
        std::env::var("PLIMSOLL_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1);
    for seed in 0..rounds {
        let output =
            Command::new(&program).args([seed.to_string(), "6000".to_owned()]).output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut kinds = BTreeSet::new();
        let mut counts = [0usize; 3];
        let mut different = 0;
        for line in String::from_utf8(output.stdout).expect("UTF-8").lines() {
            let theirs: Json = serde_json::from_str(line).expect("JSON");
            let body = theirs["body"].as_str().expect("a body");
            let errors = theirs["errors"].as_array().into_iter().flatten().filter_map(Json::as_str);
            let expected = (theirs["fatal"].is_string(), errors.map(str::to_owned).collect::<Vec<_>>());
            let Some(ours) = ours(body, &mut kinds) else { continue };
            counts[if expected.0 { 2 } else { usize::from(!expected.1.is_empty()) }] += 1;
            if ours != expected {
                different += 1;
                if different <= 10 {
                    eprintln!("the server: {expected:?} {}\nours: {ours:?}\n{body}\n", theirs["fatal"]);
                }
            }
        }
        assert_eq!(different, 0, "of {} objects", counts.iter().sum::<usize>());
        let is_missing = |(group, version, kind): &(&str, &str, &str)| {
            !kinds.contains(&[*group, *version, *kind].map(str::to_owned))
        };
        // Those that have no metadata of an object, or no types in a library.
        let missing: Vec<_> = schema::kinds().filter(is_missing).collect();
        assert!(missing.is_empty(), "{missing:?}");
        // Else they would prove little.
        assert!(counts.iter().all(|count| *count > 300), "{counts:?}");
    }
}

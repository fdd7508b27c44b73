//! Equality with the API server's strict decoding: the objects that it can't read, and the unknown and duplicate
//! fields that it refuses, in its words and its order.
//!
//! Runs where `go` is installed and can build `tests/go-strict`, which makes the objects out of Go's own types.
//! `PLIMSOLL_ROUNDS=N` makes N times as many.

mod support;

use std::collections::BTreeSet;

use plimsoll_kubernetes::Inventory;
use plimsoll_kubernetes::schema::{self, Trouble, VERSION, Verdict, strict};
use plimsoll_test_support::rounds;
use serde_json::Value as Json;

/// Group, version, kind.
type Kind = [String; 3];

/// What we say of a body: whether it can't be read, and what is refused. `None` for a kind that the newest
/// release doesn't serve.
fn ours(body: &str, kinds: &mut BTreeSet<Kind>) -> Option<(bool, Vec<String>)> {
    let document = support::read(body);
    let object = support::object(&document);
    kinds.insert([object.group(), object.version(), object.kind()].map(str::to_owned));
    Some(match strict(&object, VERSION.1)? {
        Verdict::Taken => (false, Vec::new()),
        Verdict::Refused(errors) => (false, errors.iter().map(ToString::to_string).collect()),
        Verdict::Unreadable(_) => (true, Vec::new()),
    })
}

#[test]
fn strict_decoding_is_that_of_the_api_server() {
    let Some(program) = support::program() else { return };
    for seed in 0..rounds() {
        let mut kinds = BTreeSet::new();
        let mut counts = [0usize; 3];
        let mut different = 0;
        for theirs in support::made(&program, seed, 6_000) {
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
        let missing: Vec<_> = schema::kinds().filter(is_missing).collect();
        assert!(missing.is_empty(), "no object of {missing:?}");
        // Else they would prove little.
        assert!(counts.iter().all(|count| *count > 300), "{counts:?}");
    }
}

/// What the controls call an unknown field is what the server does.
#[test]
fn unknown_fields_are_the_same_to_the_controls() {
    let Some(program) = support::program() else { return };
    let (mut compared, mut unknown) = (0, 0);
    for made in support::made(&program, 1_000, 4_000) {
        let document = support::read(made["body"].as_str().expect("a body"));
        let object = support::object(&document);
        let strict = match strict(&object, VERSION.1) {
            Some(Verdict::Taken) => Vec::new(),
            Some(Verdict::Refused(errors)) => errors,
            // What can't be read has other findings, and what it says of fields isn't told.
            Some(Verdict::Unreadable(_)) | None => continue,
        };
        // Of two values under one key the controls look at the one that counts.
        if document.duplicates().next().is_some() {
            continue;
        }
        let mut theirs: Vec<u32> = strict.iter().map(|error| error.value.node()).collect();
        let inventory = Inventory::new(vec![object], "default");
        let mut ours: Vec<u32> = inventory
            .problems_of(&object)
            .filter(|problem| match problem.trouble {
                Trouble::Unknown { .. } => true,
                Trouble::Dated { life, .. } => !life.is_in(VERSION.1),
                _ => false,
            })
            .map(|problem| problem.field.anchor().node())
            .collect();
        theirs.sort_unstable();
        ours.sort_unstable();
        assert_eq!(ours, theirs, "{}", made["body"]);
        compared += 1;
        unknown += theirs.len();
    }
    assert!(compared > 500 && unknown > 200, "{unknown} unknown fields in {compared} objects");
}

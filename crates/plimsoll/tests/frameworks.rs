//! `scan --framework`: each requirement's answer, and the exit code that goes with them.

mod support;

use support::{Folder, PRIVILEGED};

/// Answers by requirement, and the exit code.
fn answers(folder: &Folder, flags: &[&str]) -> (i32, serde_json::Value) {
    let (code, json) = folder.json(&[&[".", "--framework", "pss"], flags].concat());
    let rows = json["requirements"].as_array().expect("a list").iter();
    let states = rows.map(|row| (row["id"].as_str().unwrap_or_default().to_owned(), row["state"].clone()));
    (code, serde_json::Value::Object(states.collect()))
}

#[test]
fn a_finding_fails_its_requirement_alone() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    let (code, states) = answers(&folder, &[]);
    assert_eq!(code, 1);
    assert_eq!(states["baseline/privileged"], "fail", "{states}");
    assert_eq!(states["baseline/hostNamespaces"], "pass", "{states}");
    folder.write("a.yaml", PRIVILEGED.replace("yes", "false"));
    let (code, states) = answers(&folder, &["--select", "pod/privileged"]);
    assert_eq!(code, 0);
    assert_eq!(states["baseline/privileged"], "pass", "{states}");
    assert_eq!(states["baseline/hostNamespaces"], "unknown", "no control for it ran: {states}");
}

#[test]
fn nothing_passes_where_something_was_not_read() {
    let folder = Folder::with("a.yaml", PRIVILEGED.replace("yes", "false"));
    folder.write("b.yaml", "kind: [\n");
    let (code, states) = answers(&folder, &["--profile", "baseline"]);
    assert_eq!(code, 4, "{states}");
    assert_eq!(states["baseline/privileged"], "unknown", "{states}");
    let ran = folder.run(&["scan", ".", "--framework", "pss", "--profile", "baseline"]);
    assert!(ran.stdout.contains("Not everything was read") && ran.stdout.contains("b.yaml:"), "{ran:?}");
}

#[test]
fn the_threshold_and_an_empty_folder_count_here_too() {
    let folder = Folder::with("a.yaml", PRIVILEGED.replace("yes", "false"));
    let flags = ["--profile", "restricted"];
    assert_eq!(answers(&folder, &flags).0, 1);
    assert_eq!(answers(&folder, &[&flags[..], &["--fail-on", "critical"]].concat()).0, 0);
    let (code, states) = answers(&Folder::with("a.yaml", "a: 1\n"), &[]);
    assert_eq!((code, &states["baseline/privileged"]), (3, &"unknown".into()));
}

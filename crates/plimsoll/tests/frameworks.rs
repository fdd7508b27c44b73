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
    assert_eq!(states["baseline/hostNamespaces"], "pass", "its controls run, asked for or not: {states}");
}

#[test]
fn what_a_setting_leaves_out_passes_nothing() {
    const EXPOSED: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: x}\nspec: {hostPID: true, containers: [{name: a, image: b}]}\n";
    let pid = "baseline/hostNamespaces";
    let folder = Folder::with("a.yaml", EXPOSED);
    for (settings, flags) in [
        ("", &["--ignore", "pod/host-pid"][..]),
        ("", &["--select", "pod/privileged"]),
        ("", &["--severity", "critical"]),
        ("ignore: [pod/host-pid]\n", &[]),
        ("paths: [{match: a.yaml, ignore: 'pod/*'}]\n", &[]),
        ("namespaces: [{match: x, ignore: pod/host-pid}]\n", &[]),
    ] {
        folder.write("plimsoll.yaml", settings);
        let (_, states) = answers(&folder, flags);
        assert_eq!(states[pid], "unknown", "{settings} {flags:?}: {states}");
        assert_eq!(states["baseline/privileged"], "pass", "{settings} {flags:?}: {states}");
        let ran = folder.run(&[&["scan", ".", "--framework", "pss"], flags].concat());
        let words = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        let why = "a setting left findings out: pod/host-ipc, pod/host-network, pod/host-pid (1 left out)";
        assert!(words.contains(why), "{words}");
        assert!(!folder.run(&[&["scan", "."], flags].concat()).stdout.contains("pod/host-pid"), "not shown");
    }
    // Where it holds elsewhere, it changes nothing.
    folder.write("plimsoll.yaml", "namespaces: [{match: other, ignore: pod/host-pid}]\n");
    assert_eq!(answers(&folder, &[]).1[pid], "fail");
}

#[test]
fn formats_without_a_view_of_requirements_say_so() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    for (format, note) in [("markdown", false), ("html", false), ("sarif", true), ("junit", true)] {
        let ran = folder.run(&["scan", ".", "--framework", "pss", "--output", format]);
        assert_eq!(ran.stderr.contains("has no view of requirements"), note, "{format}: {ran:?}");
    }
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

//! Inputs that are too large or too deep, and inputs that are merely large.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const PRIVILEGED: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec: {containers: [{name: a, image: b, securityContext: {privileged: true}}]}\n";

/// The exit code of a scan of a folder for privileged containers, and its report.
fn scan(folder: &Path) -> (Option<i32>, Value) {
    let done = Command::new(env!("CARGO_BIN_EXE_plimsoll"))
        .args(["scan", "--no-config", "--select", "pod/privileged", "--output", "json", "."])
        .current_dir(folder)
        .output()
        .expect("the program runs");
    let report = serde_json::from_slice(&done.stdout).expect("a report");
    (done.status.code(), report)
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

fn findings(report: &Value) -> &[Value] {
    report["findings"].as_array().expect("findings")
}

/// Scans a text that passes a limit, with a sound document after it in the same file.
#[track_caller]
fn refused(text: &str, reason: &str) {
    let folder = folder(&[("bad.yaml", &format!("{text}\n---\n{PRIVILEGED}"))]);
    let (code, report) = scan(folder.path());
    let incomplete = report["coverage"]["incomplete"].as_array().expect("what was not covered");
    let reasons: Vec<_> = incomplete.iter().filter_map(|entry| entry["reason"].as_str()).collect();
    assert!(reasons.iter().any(|found| found.contains(reason)), "{reasons:?}");
    assert!(incomplete.iter().all(|entry| entry["file"] == "bad.yaml" && entry["line"].is_u64()));
    assert_eq!(findings(&report).len(), 1, "the rest of the file is read");
    assert_eq!(code, Some(1));
}

#[test]
fn nesting_has_a_limit() {
    refused(&"[".repeat(100_000), "nested");
    refused(&format!("{}{}", "[".repeat(5_000), "]".repeat(5_000)), "nested more than 512 deep");
    let mut block = String::new();
    for depth in 0..2_000 {
        let _ = writeln!(block, "{}a:", " ".repeat(depth));
    }
    refused(block.trim_end(), "nested more than 512 deep");
}

#[test]
fn aliases_have_a_limit() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let alias = format!("*a{}", level - 1);
        let _ = writeln!(bomb, "a{level}: &a{level} [{}]", [alias.as_str(); 10].join(", "));
    }
    refused(bomb.trim_end(), "alias");
}

#[test]
fn a_file_has_a_limit() {
    let folder = folder(&[("good.yaml", PRIVILEGED)]);
    let file = fs::File::create(folder.path().join("huge.yaml")).expect("a file");
    file.set_len((64 << 20) + 1).expect("a size");
    let (code, report) = scan(folder.path());
    let incomplete = &report["coverage"]["incomplete"][0];
    assert_eq!(incomplete["file"], "huge.yaml");
    assert!(incomplete["reason"].as_str().is_some_and(|reason| reason.contains("larger than 64 MiB")));
    assert_eq!((code, findings(&report).len()), (Some(1), 1));
}

#[test]
fn ten_thousand_documents_are_read() {
    let folder = folder(&[("many.yaml", &[PRIVILEGED; 10_000].join("---\n"))]);
    let (code, report) = scan(folder.path());
    assert_eq!(report["coverage"]["documents"], 10_000);
    assert_eq!(findings(&report).len(), 10_000);
    let lines = findings(&report).iter().filter_map(|finding| finding["location"]["line"].as_u64());
    assert!(lines.eq((0..10_000).map(|number| number * 5 + 4)));
    assert_eq!(code, Some(1));
}

#[test]
fn a_list_on_one_line_keeps_its_columns() {
    const PODS: usize = 5_000;
    let pod = |number: usize| {
        format!(
            r#"{{"apiVersion":"v1","kind":"Pod","metadata":{{"name":"é-{number}"}},"spec":{{"containers":[{{"name":"a","securityContext":{{"privileged":true}}}}]}}}}"#
        )
    };
    let pods: Vec<String> = (0..PODS).map(pod).collect();
    let text = format!(r#"{{"apiVersion":"v1","kind":"List","items":[{}]}}"#, pods.join(","));
    let folder = folder(&[("line.json", &text)]);
    let (_, report) = scan(folder.path());
    assert_eq!(report["coverage"]["objects"], PODS);
    let mut expected = Vec::new();
    let (mut column, mut from) = (1, 0);
    for (at, _) in text.match_indices(":true") {
        column += text[from..=at].chars().count();
        from = at + 1;
        expected.push(column as u64);
    }
    let found: Vec<_> =
        findings(&report).iter().filter_map(|finding| finding["location"]["column"].as_u64()).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_container_of_a_crowded_pod_is_named() {
    const CONTAINERS: usize = 5_000;
    let mut text = String::from("apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n");
    for number in 0..CONTAINERS {
        let _ = writeln!(text, "  - {{name: c-{number}, securityContext: {{privileged: true}}}}");
    }
    let folder = folder(&[("pod.yaml", &text)]);
    let (_, report) = scan(folder.path());
    let found = findings(&report);
    assert_eq!(found.len(), CONTAINERS);
    for (number, finding) in found.iter().enumerate() {
        assert_eq!(finding["container"], format!("c-{number}"));
        assert_eq!(finding["path"], format!("spec.containers[{number}].securityContext.privileged"));
    }
}

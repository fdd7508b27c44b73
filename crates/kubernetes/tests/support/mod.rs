//! The Go program that makes objects, and our verdict on a body.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_kubernetes::{Object, objects};
use serde_json::Value as Json;

/// Builds `tests/go-strict` under a name; `None` where there is no `go`.
pub fn program(name: &str) -> Option<PathBuf> {
    if Command::new("go").arg("version").output().is_err() {
        assert!(std::env::var_os("PLIMSOLL_REQUIRE_GO").is_none(), "go is not installed");
        eprintln!("skipped: go is not installed");
        return None;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/go-strict");
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let built = Command::new("go").args(["build", "-o"]).arg(&program).arg(".").current_dir(folder).output();
    let built = built.expect("go runs");
    assert!(built.status.success(), "go build: {}", String::from_utf8_lossy(&built.stderr));
    Some(program)
}

/// Objects that the program makes, and what Go's decoder says of each.
pub fn made(program: &Path, seed: u64, count: usize) -> Vec<Json> {
    let output = Command::new(program).args([seed.to_string(), count.to_string()]).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// How many times more objects are wanted.
pub fn rounds() -> u64 {
    std::env::var("PLIMSOLL_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1)
}

pub fn read(body: &str) -> Document {
    let file = Arc::new(SourceFile::new("object", body.as_bytes().to_vec()));
    let mut documents = parse(&file, &Limits::default()).into_iter();
    let document = documents.next().expect("a document").unwrap_or_else(|error| panic!("{error}\n{body}"));
    assert!(documents.next().is_none(), "{body}");
    document
}

pub fn object(document: &Document) -> Object<'_> {
    let mut found = Vec::new();
    objects(document.root(), |object| found.push(object.expect("an object")));
    assert_eq!(found.len(), 1);
    found[0]
}

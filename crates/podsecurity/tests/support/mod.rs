//! The API server's own admission library, for comparison, where Go is installed; and documents of texts.

// Each test program uses its part.
#![allow(dead_code)]

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use plimsoll_doc::{Document, Limits, SourceFile, parse};
use serde_json::Value as Json;

/// The Go program, built; `None`, and said so, where there is no `go`.
pub struct Theirs(PathBuf);

impl Theirs {
    pub fn build(test: &str) -> Option<Theirs> {
        if Command::new("go").arg("version").output().is_err() {
            assert!(std::env::var_os("PLIMSOLL_REQUIRE_GO").is_none(), "go is not installed");
            eprintln!("skipped: {test}: go is not installed");
            return None;
        }
        let program =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("go-pod-security-admission-{test}"));
        let built =
            Command::new("go").args(["build", "-o"]).arg(&program).arg(".").current_dir(folder()).output();
        let built = built.expect("go runs");
        assert!(built.status.success(), "go build: {}", String::from_utf8_lossy(&built.stderr));
        Some(Theirs(program))
    }

    /// The answers to requests.
    pub fn answers<T: AsRef<str> + Sync>(&self, mode: &str, requests: &[T]) -> Vec<Json> {
        let mut child = Command::new(&self.0)
            .arg(mode)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        let stdout = child.stdout.take().expect("a pipe");
        let answers: Vec<Json> = std::thread::scope(|scope| {
            scope.spawn(move || {
                for text in requests {
                    let text = text.as_ref();
                    write!(stdin, "{}\n{text}", text.len()).expect("the program reads");
                }
            });
            let lines = BufReader::new(stdout).lines();
            lines.map(|line| serde_json::from_str(&line.expect("UTF-8")).expect("JSON")).collect()
        });
        assert!(child.wait().expect("the program ends").success());
        assert_eq!(answers.len(), requests.len());
        answers
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/go-pod-security-admission")
}

/// Where the module of the API server's library is unpacked.
pub fn module() -> PathBuf {
    let module = ["list", "-m", "-f", "{{.Dir}}", "k8s.io/pod-security-admission"];
    let listed = Command::new("go").args(module).current_dir(folder()).output().expect("go runs");
    PathBuf::from(String::from_utf8(listed.stdout).expect("UTF-8").trim())
}

/// How many times as much to generate.
pub fn rounds() -> u64 {
    std::env::var("PLIMSOLL_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1)
}

/// The one document of a text.
pub fn document(text: &str) -> Document {
    let file = Arc::new(SourceFile::new("test.yaml", text.as_bytes().to_vec()));
    let mut documents: Vec<Document> = parse(&file, &Limits::default())
        .into_iter()
        .map(|entry| entry.unwrap_or_else(|error| panic!("{error}\n{text}")))
        .collect();
    assert_eq!(documents.len(), 1, "{text}");
    documents.remove(0)
}

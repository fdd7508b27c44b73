//! Equality with the API server's authorizer, over roles, bindings and requests made from a seed.
//!
//! Runs where `go` is installed and can build `tests/go-rbac`. `PLIMSOLL_ROUNDS=N` makes N times as many.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use plimsoll_rbac::{Allowed, Attributes, Authorizer, Decision, Target, User};
use serde_json::{Value as Json, json};

mod common;
mod generate;

use generate::{Random, question};

/// Builds the Go program; `None` where there is no `go`.
fn program() -> Option<PathBuf> {
    if Command::new("go").arg("version").output().is_err() {
        assert!(std::env::var_os("PLIMSOLL_REQUIRE_GO").is_none(), "go is not installed");
        eprintln!("skipped: differential: go is not installed");
        return None;
    }
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-rbac");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/go-rbac");
    let built = Command::new("go").args(["build", "-o"]).arg(&program).arg(".").current_dir(folder).output();
    let built = built.expect("go runs");
    assert!(built.status.success(), "go build: {}", String::from_utf8_lossy(&built.stderr));
    Some(program)
}

/// What the API server's authorizer says to each request of each question.
fn theirs(program: &Path, questions: &[Json]) -> Vec<Vec<String>> {
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let stdout = child.stdout.take().expect("a pipe");
    let answers: Vec<Vec<String>> = std::thread::scope(|scope| {
        scope.spawn(move || {
            for question in questions {
                let text = question.to_string();
                write!(stdin, "{}\n{text}", text.len()).expect("the program reads");
            }
        });
        let lines = BufReader::new(stdout).lines();
        lines.map(|line| serde_json::from_str(&line.expect("UTF-8")).expect("JSON")).collect()
    });
    assert!(child.wait().expect("the program ends").success());
    assert_eq!(answers.len(), questions.len());
    answers
}

/// What ours says, in the same words.
fn ours(question: &Json) -> Vec<String> {
    let list = json!({"apiVersion": "v1", "kind": "List", "items": question["objects"]});
    common::with(&list.to_string(), |inventory| {
        let authorizer = Authorizer::new(inventory);
        let requests = question["requests"].as_array().expect("a list");
        requests.iter().map(|request| answer(&authorizer, request)).collect()
    })
}

fn answer(authorizer: &Authorizer<'_>, request: &Json) -> String {
    let text = |key: &str| request[key].as_str().unwrap_or("");
    let groups = request["groups"].as_array().expect("a list");
    let user = User::new(text("user"), groups.iter().map(|group| group.as_str().expect("a string")));
    let target = match text("path") {
        "" => Target::Resource {
            group: text("group"),
            resource: text("resource"),
            subresource: text("subresource"),
            namespace: text("namespace"),
            name: text("name"),
        },
        path => Target::Path(path),
    };
    match authorizer.authorize(&user, &Attributes { verb: text("verb"), target }) {
        Decision::Allow(Allowed::PrivilegedGroup) => "privileged group".to_owned(),
        Decision::Allow(Allowed::Grant(grant)) => format!("RBAC: allowed by {grant}"),
        Decision::NoOpinion(_) => String::new(),
    }
}

#[test]
fn requests_are_answered_as_by_the_api_server() {
    let Some(program) = program() else { return };
    let rounds = std::env::var("PLIMSOLL_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1);
    let mut counts = [0usize; 2];
    for seed in 0..rounds {
        let mut random = Random(seed);
        let questions: Vec<_> = (0..300).map(|_| question(&mut random)).collect();
        for (question, theirs) in questions.iter().zip(theirs(&program, &questions)) {
            for ((request, ours), theirs) in
                question["requests"].as_array().expect("a list").iter().zip(ours(question)).zip(theirs)
            {
                assert_eq!(ours, theirs, "{request}\n{}", question["objects"]);
                counts[usize::from(!ours.is_empty())] += 1;
            }
        }
    }
    let [denied, allowed] = counts;
    // Else the requests would prove little.
    assert!(allowed * 10 >= denied, "{allowed} are allowed and {denied} are not");
}

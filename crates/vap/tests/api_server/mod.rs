//! The API server's own code, built from `tests/go-admission-policy`: its defaults, its admission policies and
//! its Pod Security plugin.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value as Json;

/// What is asked about an object.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// In YAML or JSON.
    pub object: String,
    /// What it was before, where it is an update.
    pub old: Option<String>,
    pub subresource: &'static str,
    /// The policies to ask, by name; none: all of them.
    pub policies: Vec<String>,
    /// Levels for the Pod Security plugin: `restricted:v1.37`.
    pub standards: Vec<String>,
}

/// What the API server makes of an object.
#[derive(Debug)]
#[allow(dead_code, reason = "not every test file needs all of it")]
pub struct Answer {
    /// The object as the server holds it.
    pub object: Json,
    /// By the name of the policy: why it says no.
    pub denied: BTreeMap<String, String>,
    /// By the name of the policy: why it can't be evaluated.
    pub failed: BTreeMap<String, String>,
    /// By level: the words of the plugin.
    pub standards: BTreeMap<String, String>,
    /// What the dearest policy spent of the budget of 10,000,000.
    pub cost: u64,
    /// Why the object can't be decoded.
    pub error: Option<String>,
}

/// Asks about objects; `None` where Go isn't installed or what the program is made of can't be had. Fails
/// where a policy isn't valid, doesn't compile for Kubernetes 1.30 or has a warning of the type checker.
pub fn judge(name: &str, policies: &str, requests: &[Request]) -> Option<Vec<Answer>> {
    let program = program()?;
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.yaml"));
    std::fs::write(&file, policies).expect("the policies are written");
    let mut child = Command::new(program)
        .arg(&file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let stdout = child.stdout.take().expect("a pipe");
    let lines: Vec<Json> = std::thread::scope(|scope| {
        scope.spawn(move || {
            for request in requests {
                let line = serde_json::json!({
                    "object": request.object,
                    "old": request.old.as_deref().unwrap_or_default(),
                    "subresource": request.subresource,
                    "policies": request.policies,
                    "standards": request.standards,
                });
                writeln!(stdin, "{line}").expect("the program reads");
            }
        });
        let lines = BufReader::new(stdout).lines();
        lines.map(|line| serde_json::from_str(&line.expect("UTF-8")).expect("JSON")).collect()
    });
    assert!(child.wait().expect("the program ends").success(), "the policies can't be read");
    let (reports, answers) = lines.split_first().expect("a report of the policies");
    for report in reports["policies"].as_array().expect("a list") {
        let problems = ["errors", "warnings"].map(|key| &report[key]);
        assert!(problems.iter().all(|problem| problem.is_null()), "{}: {problems:#?}", report["name"]);
    }
    assert_eq!(answers.len(), requests.len());
    Some(answers.iter().map(answer).collect())
}

fn answer(line: &Json) -> Answer {
    let texts = |key: &str| -> BTreeMap<String, String> {
        let map = line[key].as_object().into_iter().flatten();
        map.map(|(name, text)| (name.clone(), text.as_str().unwrap_or_default().to_owned())).collect()
    };
    Answer {
        object: line["object"].clone(),
        denied: texts("denied"),
        failed: texts("failed"),
        standards: texts("standards"),
        cost: line["cost"].as_u64().unwrap_or_default(),
        error: line["error"].as_str().map(str::to_owned),
    }
}

/// Builds the program, once for every file of tests.
fn program() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/go-admission-policy");
    if Command::new("go").arg("version").output().is_err() {
        eprintln!("skipped: go is not installed");
        return None;
    }
    let listed = Command::new("go").args(["list", "-deps", "."]).current_dir(&folder).output();
    if !listed.expect("go runs").status.success() {
        eprintln!("skipped: the modules of tests/go-admission-policy can't be had");
        return None;
    }
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-admission-policy");
    let built = Command::new("go").args(["build", "-o"]).arg(&program).arg(".").current_dir(&folder).output();
    let built = built.expect("go runs");
    assert!(built.status.success(), "go build: {}", String::from_utf8_lossy(&built.stderr));
    Some(program)
}

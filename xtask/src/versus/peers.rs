//! The other scanners: how each is called, and what its JSON says.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::ByCheck;

/// A scanner that runs over a folder of manifests.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    Checkov,
    KubeLinter,
    Polaris,
    KubeScore,
}

/// An object that a check finds something in. The namespace is left out: some peers fill it in and some
/// don't.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Verdict {
    pub kind: String,
    pub name: String,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.name)
    }
}

impl Peer {
    pub const ALL: [Peer; 4] = [Peer::Checkov, Peer::KubeLinter, Peer::Polaris, Peer::KubeScore];

    /// The name that aliases carry, and that of the program.
    pub fn name(self) -> &'static str {
        match self {
            Peer::Checkov => "checkov",
            Peer::KubeLinter => "kube-linter",
            Peer::Polaris => "polaris",
            Peer::KubeScore => "kube-score",
        }
    }

    pub fn is_installed(self) -> bool {
        let version = if self == Peer::Checkov { "--version" } else { "version" };
        Command::new(self.name())
            .arg(version)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    /// The command that a person would run; `full` turns on the checks that are off by default.
    pub fn command(self, folder: &Path, full: bool) -> Result<Vec<String>, String> {
        let path = folder.display().to_string();
        let mut command: Vec<String> = vec![self.name().into()];
        let mut add = |words: &[&str]| command.extend(words.iter().map(|word| (*word).to_owned()));
        match self {
            Peer::Checkov => add(&[
                "-d",
                &path,
                "--framework",
                "kubernetes",
                "--compact",
                "--quiet",
                "-o",
                "json",
                "--skip-download",
            ]),
            Peer::KubeLinter => {
                add(&["lint", &path, "--format", "json"]);
                if full {
                    add(&["--add-all-built-in"]);
                }
            }
            Peer::Polaris => add(&["audit", "--audit-path", &path, "--format", "json"]),
            Peer::KubeScore => {
                add(&["score", "-o", "json"]);
                let files = manifests(folder)?;
                command.extend(files);
            }
        }
        Ok(command)
    }

    /// Objects by failed check, from the program's JSON.
    pub fn verdicts(self, output: &[u8]) -> Result<ByCheck, String> {
        let json: Value =
            serde_json::from_slice(output).map_err(|error| format!("{}: {error}", self.name()))?;
        let mut found = ByCheck::new();
        match self {
            Peer::Checkov => {
                for check in each(&json["results"]["failed_checks"]) {
                    // `Deployment.default.web`; a name can have dots of its own.
                    let mut parts = text(&check["resource"]).splitn(3, '.');
                    let kind = parts.next().unwrap_or_default();
                    let name = parts.nth(1).unwrap_or_default();
                    add(&mut found, text(&check["check_id"]), kind, name);
                }
            }
            Peer::KubeLinter => {
                for report in each(&json["Reports"]) {
                    let object = &report["Object"]["K8sObject"];
                    add(
                        &mut found,
                        text(&report["Check"]),
                        text(&object["GroupVersionKind"]["Kind"]),
                        text(&object["Name"]),
                    );
                }
            }
            Peer::Polaris => {
                for result in each(&json["Results"]) {
                    let mut failed = Vec::new();
                    collect_polaris(result, &mut failed);
                    for check in failed {
                        add(&mut found, &check, text(&result["Kind"]), text(&result["Name"]));
                    }
                }
            }
            Peer::KubeScore => {
                for object in each(&json) {
                    let kind = text(&object["type_meta"]["kind"]);
                    let name = text(&object["object_meta"]["name"]);
                    for check in each(&object["checks"]) {
                        // Grades: 1 critical, 5 warning, 7 nearly, 10 good.
                        if !check["skipped"].as_bool().unwrap_or(false)
                            && check["grade"].as_i64().is_some_and(|grade| grade < 10)
                        {
                            add(&mut found, text(&check["check"]["id"]), kind, name);
                        }
                    }
                }
            }
        }
        Ok(found)
    }
}

/// Our own findings, by the aliases of their controls.
pub fn ours(output: &[u8]) -> Result<ByCheck, String> {
    let json: Value = serde_json::from_slice(output).map_err(|error| format!("plimsoll: {error}"))?;
    let mut found: BTreeMap<String, BTreeSet<Verdict>> = ByCheck::new();
    for finding in each(&json["findings"]) {
        for alias in each(&finding["aliases"]) {
            add(&mut found, text(alias), text(&finding["object"]["kind"]), text(&finding["object"]["name"]));
        }
    }
    Ok(found)
}

/// Polaris nests results by pod and container, each a map from check to `{ "Success": … }`.
fn collect_polaris(value: &Value, failed: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                if inner["Success"].as_bool() == Some(false) {
                    failed.push(key.clone());
                }
                collect_polaris(inner, failed);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect_polaris(item, failed)),
        _ => {}
    }
}

fn add(found: &mut ByCheck, check: &str, kind: &str, name: &str) {
    let verdict = Verdict { kind: kind.to_owned(), name: name.to_owned() };
    found.entry(check.to_owned()).or_default().insert(verdict);
}

fn each(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Every manifest below a folder: kube-score takes files alone.
fn manifests(folder: &Path) -> Result<Vec<String>, String> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
                files.push(path.display().to_string());
            }
        }
    }
    files.sort();
    Ok(files)
}

//! The API server's own code, built from `tests/go-admission-policy`: its defaults, its admission policies and
//! its Pod Security plugin.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use plimsoll_test_support::{GoProgram, lines};
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
    let program = GoProgram::build("go-admission-policy", env!("CARGO_TARGET_TMPDIR"))?;
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.yaml"));
    std::fs::write(&file, policies).expect("the policies are written");
    let lines: Vec<Json> = lines(program.command().arg(&file), |stdin| {
        requests.iter().try_for_each(|request| {
            let line = serde_json::json!({
                "object": request.object,
                "old": request.old.as_deref().unwrap_or_default(),
                "subresource": request.subresource,
                "policies": request.policies,
                "standards": request.standards,
            });
            writeln!(stdin, "{line}")
        })
    });
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

//! Equality of controls and their policies: over the controls' own examples and over generated pods, the
//! API server denies an object where the control finds something in it, and nowhere else.

use std::collections::BTreeMap;
use std::sync::Arc;

use plimsoll_controls::ENTRIES;
use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::{Check, Control, Parameters, Selected, Selection, run};
use plimsoll_kubernetes::{Inventory, objects};
use plimsoll_test_support::pods::{self, KINDS};
use plimsoll_test_support::{Random, rounds};
use plimsoll_vap::{Action, FailurePolicy, Options, Policy, Scope, cel_of, controls, write};

mod api_server;

use api_server::{Request, judge};

fn options() -> Options {
    Options {
        actions: vec![Action::Deny],
        workload_actions: vec![Action::Deny],
        scope: Scope::All,
        excluded: Vec::new(),
        selector: Vec::new(),
        failure_policy: FailurePolicy::Fail,
    }
}

fn exported() -> Vec<&'static Control> {
    let prefix = std::env::var("PLIMSOLL_CONTROL").unwrap_or_default();
    let controls = ENTRIES.iter().map(|entry| entry.control);
    controls.filter(|control| control.id.starts_with(&prefix) && cel_of(control).is_some()).collect()
}

/// Whether the control finds something in a text with one object; `None` where there is no object.
fn finds(control: &'static Control, parameters: &Parameters, text: &str) -> Option<bool> {
    let file = Arc::new(SourceFile::new("object.yaml", text.as_bytes().to_vec()));
    let documents: Vec<Document> = parse(&file, &Limits::default()).into_iter().flatten().collect();
    let mut found = Vec::new();
    for document in &documents {
        objects(document.root(), |object| found.extend(object.ok()));
    }
    if found.len() != 1 {
        return None;
    }
    let controls = vec![Selected { control, severity: control.severity }];
    let selection = Selection { controls, parameters: parameters.clone() };
    Some(!run(&documents, &Inventory::new(found, "default"), &selection).is_empty())
}

/// An object that a policy and its control are asked about.
struct Case {
    control: &'static Control,
    parameters: Parameters,
    policy: String,
    text: String,
}

/// Compares; gives for every control how many objects it allows and denies.
fn compare(name: &str, policies: &[Policy], cases: &[Case]) -> Option<BTreeMap<&'static str, [usize; 2]>> {
    let requests: Vec<Request> = cases
        .iter()
        .map(|case| Request {
            object: case.text.clone(),
            policies: vec![case.policy.clone()],
            ..Request::default()
        })
        .collect();
    let answers = judge(name, &write(policies), &requests)?;
    let mut counts = BTreeMap::<&'static str, [usize; 2]>::new();
    let mut different = Vec::new();
    for (case, answer) in cases.iter().zip(&answers) {
        // A kind or a field that the API server doesn't have, or a value that it refuses.
        if answer.error.is_some() || has_no_container(&answer.object) {
            continue;
        }
        let Some(ours) = finds(case.control, &case.parameters, &case.text) else { continue };
        let theirs = answer.denied.contains_key(&case.policy);
        if ours != theirs || !answer.failed.is_empty() {
            let id = case.control.id;
            different.push(format!("{id} finds {ours}, denied {theirs} {:?}\n{}", answer.failed, case.text));
        }
        assert!(answer.cost < 1_000_000, "{} costs {}", case.control.id, answer.cost);
        counts.entry(case.control.id).or_default()[usize::from(theirs)] += 1;
    }
    let shown: Vec<_> = different.iter().take(8).map(String::as_str).collect();
    assert!(different.is_empty(), "{} of {} differ\n{}", different.len(), cases.len(), shown.join("\n"));
    Some(counts)
}

/// A pod without containers is refused before any policy sees it.
fn has_no_container(object: &serde_json::Value) -> bool {
    ["/spec", "/template/spec", "/spec/template/spec", "/spec/jobTemplate/spec/template/spec"]
        .into_iter()
        .filter_map(|path| object.pointer(path)?.get("containers"))
        .any(serde_json::Value::is_null)
}

#[test]
fn examples_are_judged_as_by_their_control() {
    let mut policies = Vec::new();
    let mut cases = Vec::new();
    for control in exported() {
        let text = ENTRIES.iter().find(|entry| entry.control.id == control.id).expect("an entry").text();
        // A policy for each set of parameters.
        let mut known: Vec<(String, String)> = Vec::new();
        for example in &text.examples {
            let parameters: Parameters = match example.parameters.as_str() {
                "" => Parameters::default(),
                json => serde_json::from_str(json).expect("parameters"),
            };
            let name = match known.iter().find(|(json, _)| *json == example.parameters) {
                Some((_, name)) => name.clone(),
                None => {
                    let (made, _) = controls([control], &parameters, &options());
                    // Without its parameters a control finds nothing, and nothing is exported.
                    let Some(mut policy) = made.into_iter().next() else { continue };
                    let name = format!("{}-{}", policy.name(), known.len());
                    policy.rename(&name);
                    policies.push(policy);
                    known.push((example.parameters.clone(), name.clone()));
                    name
                }
            };
            let manifest = example.manifest().0;
            for text in manifest.split("\n---") {
                cases.push(Case {
                    control,
                    parameters: parameters.clone(),
                    policy: name.clone(),
                    text: text.to_owned(),
                });
            }
        }
    }
    let Some(counts) = compare("examples", &policies, &cases) else { return };
    for control in exported() {
        let [allowed, denied] = counts.get(control.id).copied().unwrap_or_default();
        assert!(allowed > 0 && denied > 0, "{} allows {allowed} and denies {denied} examples", control.id);
    }
}

#[test]
fn generated_pods_are_judged_as_by_the_controls() {
    let about_pods: Vec<&Control> =
        exported().into_iter().filter(|control| !matches!(control.check, Check::Object(..))).collect();
    let registries = vec!["registry.example.com".to_owned()];
    let parameters = Parameters { allowed_registries: registries.clone(), ..Parameters::default() };
    let (policies, left_out) = controls(about_pods.iter().copied(), &parameters, &options());
    let mut random = Random(5);
    let kind = |number: usize| if number.is_multiple_of(2) { 0 } else { number / 2 % KINDS.len() };
    let mut cases = Vec::new();
    for number in 0..60 * rounds() as usize {
        let text = pods::manifest(&mut random, kind(number));
        for (control, policy) in about_pods
            .iter()
            .filter(|control| !left_out.iter().any(|left| left.control.id == control.id))
            .zip(&policies)
        {
            cases.push(Case {
                control,
                parameters: parameters.clone(),
                policy: policy.name().to_owned(),
                text: text.clone(),
            });
        }
    }
    compare("generated", &policies, &cases);
}

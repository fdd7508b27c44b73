//! Reviews, configurations and documents for tests.
#![allow(dead_code)]

use std::sync::Arc;

use plimsoll_admission::known::Known;
use plimsoll_admission::manifests::Manifests;
use plimsoll_admission::review::{Request, read};
use plimsoll_admission::{Configuration, Gate, Outcome, Part};
use plimsoll_doc::{Limits, SourceFile, parse, to_json};
use plimsoll_engine::Date;
use serde_json::{Value, json};

/// The documents of a text, in JSON.
pub fn documents(text: &str) -> Vec<Value> {
    let file = Arc::new(SourceFile::new("manifests", text.into()));
    parse(&file, &Limits::default())
        .into_iter()
        .map(|document| {
            let mut json = String::new();
            to_json(document.expect("it is YAML").root(), &mut json);
            serde_json::from_str(&json).expect("it is JSON")
        })
        .collect()
}

/// A gate of a configuration's text.
#[track_caller]
pub fn gate(text: &str) -> Gate {
    let file = Arc::new(SourceFile::new("admission.yaml", text.into()));
    match Configuration::parse(&file) {
        Ok(configuration) => Gate::new(configuration),
        Err(errors) => panic!("{errors:?}"),
    }
}

/// What is wrong with a configuration.
pub fn errors(text: &str) -> Vec<String> {
    let file = Arc::new(SourceFile::new("admission.yaml", text.into()));
    Configuration::parse(&file).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

/// A cluster of manifests.
pub fn cluster(text: &str) -> Manifests {
    Manifests::read(vec![SourceFile::new("cluster.yaml", text.into())]).expect("manifests")
}

/// The manifests of a text as JSON, as an API server has them.
pub fn object(yaml: &str) -> Value {
    let file = Arc::new(SourceFile::new("object.yaml", yaml.into()));
    let entries = plimsoll_doc::parse(&file, &plimsoll_doc::Limits::default());
    let mut out = String::new();
    plimsoll_doc::to_json(entries.first().expect("a document").as_ref().expect("sound").root(), &mut out);
    serde_json::from_str(&out).expect("JSON")
}

/// A review of an object: its creation, unless there is an old one.
pub fn review(object: &Value, old: Option<&Value>) -> Value {
    let text = |path: &str| object.pointer(path).and_then(Value::as_str).unwrap_or("").to_owned();
    let api_version = text("/apiVersion");
    let (group, version) = api_version.split_once('/').unwrap_or(("", &api_version));
    let kind = text("/kind");
    let plural = match kind.as_str() {
        kind if kind.ends_with('s') => format!("{kind}es"),
        kind if kind.ends_with('y') => format!("{}ies", kind.trim_end_matches('y')),
        kind => format!("{kind}s"),
    };
    json!({
        "apiVersion": "admission.k8s.io/v1",
        "kind": "AdmissionReview",
        "request": {
            "uid": "705ab4f5-6393-11e8-b7cc-42010a800002",
            "kind": {"group": group, "version": version, "kind": kind},
            "resource": {"group": group, "version": version, "resource": plural.to_lowercase()},
            "name": text("/metadata/name"),
            "namespace": if kind == "Namespace" { text("/metadata/name") } else { text("/metadata/namespace") },
            "operation": if old.is_some() { "UPDATE" } else { "CREATE" },
            "userInfo": {"username": "ann", "groups": ["developers", "system:authenticated"]},
            "object": object,
            "oldObject": old,
            "dryRun": false,
        },
    })
}

/// An exec into a pod.
pub fn exec(namespace: &str, name: &str, subresource: &str) -> Value {
    json!({
        "apiVersion": "admission.k8s.io/v1",
        "kind": "AdmissionReview",
        "request": {
            "uid": "u",
            "kind": {"group": "", "version": "v1", "kind": "PodExecOptions"},
            "resource": {"group": "", "version": "v1", "resource": "pods"},
            "subResource": subresource,
            "name": name,
            "namespace": namespace,
            "operation": "CONNECT",
            "userInfo": {"username": "ann", "groups": ["developers"]},
            "object": {"kind": "PodExecOptions", "apiVersion": "v1", "command": ["sh"], "container": "c"},
            "oldObject": null,
        },
    })
}

pub const TODAY: &str = "2026-11-28";

/// The outcome of a review at a gate, of a part of the configuration.
#[track_caller]
pub fn judge(gate: &Gate, review: &Value, cluster: &Manifests, part: Part) -> Outcome {
    let document = read(review.to_string().into_bytes()).expect("JSON");
    let request = Request::of(&document).unwrap_or_else(|error| panic!("{error}"));
    let known = Known::at_once(&gate.needs(&request), cluster);
    let today: Date = TODAY.parse().expect("a day");
    gate.validate(&request, &known, part, today)
}

/// Namespaces that say nothing of Pod Security.
pub const PLAIN: &str = "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: bank}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: dev-a}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: other}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: quiet}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: kube-system}}
";

/// The same of the whole configuration, in a namespace without labels. What Pod Security then says, which
/// policy it holds to, is left out.
#[track_caller]
pub fn validate(gate: &Gate, review: &Value) -> Outcome {
    let mut outcome = judge(gate, review, &cluster(PLAIN), Part::Whole);
    outcome.answer.audit_annotations.retain(|(key, _)| *key != "enforce-policy");
    outcome
}

/// The patch that a mutating webhook answers.
#[track_caller]
pub fn mutate(gate: &Gate, review: &Value) -> Option<Value> {
    let document = read(review.to_string().into_bytes()).expect("JSON");
    let request = Request::of(&document).unwrap_or_else(|error| panic!("{error}"));
    let outcome = gate.mutate(&request);
    assert!(outcome.answer.is_allowed(), "{outcome:?}");
    outcome.answer.patch.map(|patch| serde_json::from_str(&patch).expect("a patch"))
}

/// Why a review is denied.
#[track_caller]
pub fn denial(outcome: &Outcome) -> &str {
    outcome.answer.refusal.as_ref().map_or("", |refusal| &refusal.message)
}

/// A patched value. Only what our patches are made of is known.
#[track_caller]
pub fn patched(value: &Value, patch: &Value) -> Value {
    let mut value = value.clone();
    for step in patch.as_array().expect("a list") {
        let path = step["path"].as_str().expect("a path");
        let (parent, key) = path.rsplit_once('/').expect("a place below the root");
        let key = key.replace("~1", "/").replace("~0", "~");
        let parent = value.pointer_mut(parent).unwrap_or_else(|| panic!("no {path}"));
        match (step["op"].as_str().expect("an operation"), parent) {
            ("add", Value::Object(entries)) => {
                entries.insert(key, step["value"].clone());
            }
            ("add", Value::Array(items)) if key == "-" => items.push(step["value"].clone()),
            ("replace", Value::Object(entries)) => {
                entries.insert(key, step["value"].clone()).expect("something to replace");
            }
            ("replace", Value::Array(items)) => {
                items[key.parse::<usize>().expect("a number")] = step["value"].clone();
            }
            ("remove", Value::Object(entries)) => {
                entries.remove(&key).expect("something to remove");
            }
            ("remove", Value::Array(items)) => {
                items.remove(key.parse().expect("a number"));
            }
            other => panic!("{other:?}"),
        }
    }
    value
}

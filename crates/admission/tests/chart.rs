//! The chart: its values, and what helm makes of it against what `install` makes of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use plimsoll_admission::install::{
    CHART, Demand, FailurePolicy, Installation, Purpose, chart_values, manifests, to_yaml, values,
};
use plimsoll_kubernetes::GroupKind;
use serde_json::{Value, json};

mod support;

use support::documents;

fn chart() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../charts/plimsoll")
}

fn by_name(documents: Vec<Value>) -> BTreeMap<String, Value> {
    let count = documents.len();
    let named: BTreeMap<_, _> = documents
        .into_iter()
        .map(|object| {
            let part =
                |pointer| object.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
            (format!("{} {}/{}", part("/kind"), part("/metadata/namespace"), part("/metadata/name")), object)
        })
        .collect();
    assert_eq!(named.len(), count, "two objects of one name");
    named
}

fn pod_security() -> Demand {
    let mut demand = Demand::default();
    demand.add_pod_security();
    demand
}

/// Installations that differ in all that can differ.
fn installations() -> Vec<(Installation, Demand)> {
    let mut all = pod_security();
    all.add_exec();
    all.add(Purpose::Mutate, GroupKind::new("", "Pod"));
    all.add(Purpose::Enforce, GroupKind::new("", "Service"));
    all.add(Purpose::Enforce, GroupKind::new("gateway.networking.k8s.io", "Gateway"));
    all.add(Purpose::Advise, GroupKind::new("*", "Ingress"));
    let mut only_advice = Demand::default();
    only_advice.add(Purpose::Advise, GroupKind::new("apps", "Deployment"));
    vec![
        (Installation::default(), pod_security()),
        (
            Installation {
                namespace: "policy".to_owned(),
                image: format!("registry.example:5000/p@sha256:{}", "0".repeat(64)),
                replicas: 3,
                failure_policy: FailurePolicy::Ignore,
                excluded_namespaces: ["kube-system", "on", "123"].map(str::to_owned).to_vec(),
                configuration: "version: 1\n# {{ not a template }}\n\nrules: []\n".to_owned(),
                ..Installation::default()
            },
            all.clone(),
        ),
        (Installation { cert_manager: true, ..Installation::default() }, all),
        (Installation::default(), only_advice),
        (Installation { excluded_namespaces: Vec::new(), ..Installation::default() }, Demand::default()),
    ]
}

#[test]
fn the_values_of_the_chart_are_those_of_the_default() {
    let text = std::fs::read_to_string(chart().join("values.yaml")).expect("it is there");
    assert_eq!(documents(&text), [chart_values(&Installation::default(), &pod_security())]);
}

#[test]
fn the_schema_has_every_value_and_no_other() {
    let text = std::fs::read_to_string(chart().join("values.schema.json")).expect("it is there");
    let schema: Value = serde_json::from_str(&text).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    for (installation, demand) in installations() {
        let values = values(&installation, &demand);
        let errors: Vec<_> = validator.iter_errors(&values).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0]);
    }
    for (path, bad) in [
        ("/image", json!("plimsoll")),
        ("/image", json!("plimsoll:latest")),
        ("/replicas", json!(0)),
        ("/failurePolicy", json!("fail")),
        ("/excludedNamespaces/0", json!("A")),
    ] {
        let mut values = values(&Installation::default(), &pod_security());
        *values.pointer_mut(path).expect("a value") = bad;
        assert!(!validator.is_valid(&values), "{path}");
    }
    let mut values = values(&Installation::default(), &pod_security());
    values["replicsa"] = json!(3);
    assert!(!validator.is_valid(&values));
}

#[test]
fn every_template_is_listed_and_the_version_is_the_programs() {
    let mut there: Vec<String> = std::fs::read_dir(chart().join("templates"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name != "NOTES.txt")
        .collect();
    there.sort();
    let mut listed: Vec<_> = CHART.iter().map(|(_, name, _)| (*name).to_owned()).collect();
    listed.sort();
    assert_eq!(there, listed);
    let text = std::fs::read_to_string(chart().join("Chart.yaml")).expect("it is there");
    let chart = documents(&text).remove(0);
    assert_eq!(
        (&chart["version"], &chart["appVersion"]),
        (&json!(env!("CARGO_PKG_VERSION")), &json!(env!("CARGO_PKG_VERSION")))
    );
}

#[test]
fn helm_and_install_make_the_same_objects() {
    let Ok(version) = Command::new("helm").arg("version").output() else {
        plimsoll_test_support::skipped("helm is not installed");
        return;
    };
    assert!(version.status.success());
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = folder.path().join("values.yaml");
    for (installation, demand) in installations() {
        std::fs::write(&file, to_yaml(&values(&installation, &demand))).expect("a file");
        let ran = Command::new("helm")
            .args(["template", "plimsoll"])
            .arg(chart())
            .args(["--namespace", &installation.namespace, "--kube-version", "1.36.0", "--values"])
            .arg(&file)
            .output()
            .expect("helm starts");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        let rendered = by_name(documents(&String::from_utf8_lossy(&ran.stdout)));
        let ours = by_name(documents(&manifests(&installation, &demand, None).expect("manifests")));
        assert_eq!(rendered.keys().collect::<Vec<_>>(), ours.keys().collect::<Vec<_>>());
        for (name, object) in &ours {
            assert_eq!(rendered.get(name), Some(object), "{name}");
        }
    }
}

#[test]
fn helm_lints_the_chart() {
    let Ok(ran) = Command::new("helm").args(["lint", "--strict"]).arg(chart()).output() else {
        plimsoll_test_support::skipped("helm is not installed");
        return;
    };
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
}

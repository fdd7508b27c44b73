//! Which selectors of workloads a real API server refuses, of Jobs and CronJobs above all, for what
//! `manualSelector` says: the same that `manifest/selector-mismatch` finds something in.
//!
//! Runs where there is a control plane (`cargo xtask control-plane` builds one).

use std::sync::Arc;

use plimsoll_control_plane::ControlPlane;
use plimsoll_controls::ENTRIES;
use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::{Parameters, Selected, Selection, run};
use plimsoll_kubernetes::{Inventory, objects};
use serde_json::{Value as Json, json};

fn with(mut object: Json, key: &str, value: &Json) -> Json {
    if !value.is_null() {
        object[key] = value.clone();
    }
    object
}

fn made() -> Vec<Json> {
    let selectors = [
        Json::Null,
        json!({}),
        json!({"matchLabels": {"app": "made"}}),
        json!({"matchLabels": {"app": "other"}}),
        json!({"matchLabels": {"job-name": "made"}}),
        json!({"matchExpressions": [{"key": "app", "operator": "In", "values": ["made", "other"]}]}),
        json!({"matchExpressions": [{"key": "app", "operator": "DoesNotExist"}]}),
        json!({"matchExpressions": [{"key": "controller-uid", "operator": "Exists"}]}),
    ];
    let mut all = Vec::new();
    for selector in &selectors {
        let template = json!({
            "metadata": {"labels": {"app": "made"}},
            "spec": {"restartPolicy": "Never", "containers": [{"name": "a", "image": "example.com/a:1"}]},
        });
        let mut lasting = template.clone();
        lasting["spec"]["restartPolicy"] = "Always".into();
        for kind in ["Deployment", "ReplicaSet", "DaemonSet"] {
            let spec = with(json!({"template": lasting}), "selector", selector);
            all.push(
                json!({"apiVersion": "apps/v1", "kind": kind, "metadata": {"name": "made"}, "spec": spec}),
            );
        }
        for manual in [Json::Null, json!(false), json!(true)] {
            let spec = with(json!({"template": template}), "selector", selector);
            let spec = with(spec, "manualSelector", &manual);
            all.push(
                json!({"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "made"}, "spec": spec}),
            );
            let spec = json!({"schedule": "0 3 * * *", "jobTemplate": {"spec": spec}});
            all.push(
                json!({"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "made"}, "spec": spec}),
            );
        }
    }
    all
}

/// How much the control finds.
fn ours(object: &Json) -> usize {
    let entry = ENTRIES.iter().find(|entry| entry.control.id == "manifest/selector-mismatch");
    let control = entry.expect("the control").control;
    let selected = Selected { control, severity: control.severity };
    let selection = Selection { controls: vec![selected], parameters: Parameters::default() };
    let file = Arc::new(SourceFile::new("made.json", object.to_string().into_bytes()));
    let documents: Vec<Document> = parse(&file, &Limits::default()).into_iter().flatten().collect();
    let mut all = Vec::new();
    objects(documents[0].root(), |object| all.extend(object.ok()));
    run(&documents, &Inventory::new(all, "default"), &selection).len()
}

#[test]
fn a_server_refuses_what_is_found() {
    let Some(plane) = ControlPlane::shared() else { return };
    let mut counts = [0; 2];
    for object in made() {
        let answer = plane.admin().create(&object).dry_run().send();
        let found = ours(&object);
        assert_eq!(
            found == 0,
            answer.is_ok(),
            "{found} found, and the server: {}\n{object:#}",
            answer.message()
        );
        counts[usize::from(found > 0)] += 1;
    }
    assert!(counts.iter().all(|count| *count > 10), "{counts:?}");
}

//! Which selectors of workloads a real API server refuses, of Jobs and CronJobs above all, for what
//! `manualSelector` says: the same that `manifest/selector-mismatch` finds something in.

use serde_json::{Value as Json, json};

use crate::held_against_a_server;

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

#[test]
fn selectors_of_workloads() {
    let Some(counts) = held_against_a_server(made(), &["manifest/selector-mismatch"]) else { return };
    assert!(counts.iter().all(|count| *count > 10), "{counts:?}");
}

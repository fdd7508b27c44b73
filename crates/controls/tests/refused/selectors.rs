//! Which selectors of workloads a real API server refuses, of Jobs and CronJobs above all, for what
//! `manualSelector` says: the same that `manifest/selector-mismatch` finds something in.

use plimsoll_control_plane::ControlPlane;
use serde_json::{Value as Json, json};

use crate::found;

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
    let Some(plane) = ControlPlane::shared() else { return };
    let mut counts = [0; 2];
    for object in made() {
        let answer = plane.admin().create(&object).dry_run().send();
        let count = found("manifest/selector-mismatch", &object);
        assert_eq!(
            count == 0,
            answer.is_ok(),
            "{count} found, and the server: {}\n{object:#}",
            answer.message()
        );
        counts[usize::from(count > 0)] += 1;
    }
    assert!(counts.iter().all(|count| *count > 10), "{counts:?}");
}

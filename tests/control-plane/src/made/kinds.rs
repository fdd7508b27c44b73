use serde_json::{Value as Json, json};

use super::{Fields, Make, Platform, Random};

/// What makes pods: its API version, its kind and the fields that lead to the template.
pub const KINDS: &[(&str, &str, &[&str])] = &[
    ("v1", "PodTemplate", &["template"]),
    ("v1", "ReplicationController", &["spec", "template"]),
    ("apps/v1", "Deployment", &["spec", "template"]),
    ("apps/v1", "ReplicaSet", &["spec", "template"]),
    ("apps/v1", "StatefulSet", &["spec", "template"]),
    ("apps/v1", "DaemonSet", &["spec", "template"]),
    ("batch/v1", "Job", &["spec", "template"]),
    ("batch/v1", "CronJob", &["spec", "jobTemplate", "spec", "template"]),
];

/// A pod of this name.
pub fn pod(random: &mut Random, name: &str) -> Json {
    let (mut metadata, spec) = template(random);
    metadata.insert("name".into(), name.into());
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec})
}

/// An object of this name of the kind at `kind` in [`KINDS`].
pub fn controller(random: &mut Random, kind: usize, name: &str) -> Json {
    let (version, kind, _) = KINDS[kind];
    let (mut metadata, mut spec) = template(random);
    let labels = json!({"app": "made"});
    metadata.insert("labels".into(), labels.clone());
    if matches!(kind, "Job" | "CronJob") {
        spec.insert("restartPolicy".into(), random.pick(&["Never", "OnFailure"]).into());
    }
    let template = json!({"metadata": metadata, "spec": spec});
    let selector = json!({"matchLabels": labels});
    let mut object = json!({"apiVersion": version, "kind": kind, "metadata": {"name": name}});
    match kind {
        "PodTemplate" => object["template"] = template,
        "ReplicationController" => object["spec"] = json!({"selector": labels, "template": template}),
        "StatefulSet" => {
            object["spec"] = json!({"serviceName": "made", "selector": selector, "template": template});
        }
        "Job" => object["spec"] = json!({"template": template}),
        "CronJob" => {
            object["spec"] = json!({"schedule": "@daily", "jobTemplate": {"spec": {"template": template}}});
        }
        _ => object["spec"] = json!({"selector": selector, "template": template}),
    }
    object
}

/// A container to add to a running pod; for one that says nothing of its operating system, nor of namespaces.
pub fn ephemeral_container(random: &mut Random, name: &str) -> Json {
    let mut make = Make::new(random, Platform::Unsaid);
    let mut fields = Fields::new();
    fields.insert("name".into(), name.into());
    fields.insert("image".into(), "registry.example.com/debug:1".into());
    fields.insert("securityContext".into(), make.container_context());
    fields.into()
}

/// The metadata and the spec of a pod.
fn template(random: &mut Random) -> (Fields, Fields) {
    let platform = match random.below(100) {
        0..70 => Platform::Unsaid,
        70..80 => Platform::Linux,
        80..94 => Platform::Windows,
        _ => Platform::HostProcess,
    };
    Make::new(random, platform).pod()
}

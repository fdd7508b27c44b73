//! Which settings a real API server refuses in a pod for Windows or for Linux, one by one: the same that
//! `manifest/field-of-other-os` finds.
//!
//! Runs where there is a control plane (`cargo xtask control-plane` builds one).

use std::sync::Arc;

use plimsoll_control_plane::ControlPlane;
use plimsoll_controls::ENTRIES;
use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_engine::{Parameters, Selected, Selection, run};
use plimsoll_kubernetes::{Inventory, objects};
use serde_json::{Value as Json, json};

/// Settings of a pod, of its `securityContext` and of a container's, with a value each that is sound where the
/// setting is.
fn settings() -> Vec<(&'static str, Json)> {
    let profile = json!({"type": "RuntimeDefault"});
    let user = json!({"runAsUserName": "ContainerUser"});
    let mut all = vec![
        ("hostPID", json!(true)),
        ("hostPID", json!(false)),
        ("hostIPC", json!(true)),
        ("hostIPC", json!(false)),
        ("shareProcessNamespace", json!(true)),
        ("shareProcessNamespace", json!(false)),
        ("hostUsers", json!(true)),
        ("hostUsers", json!(false)),
        ("hostNetwork", json!(true)),
        ("securityContext/fsGroup", json!(2000)),
        ("securityContext/fsGroupChangePolicy", json!("Always")),
        ("securityContext/seLinuxChangePolicy", json!("Recursive")),
        ("securityContext/supplementalGroups", json!([3000])),
        ("securityContext/supplementalGroups", json!([])),
        ("securityContext/supplementalGroupsPolicy", json!("Merge")),
        ("securityContext/sysctls", json!([{"name": "net.ipv4.tcp_syncookies", "value": "1"}])),
        ("securityContext/sysctls", json!([])),
        ("container/allowPrivilegeEscalation", json!(true)),
        ("container/allowPrivilegeEscalation", json!(false)),
        ("container/capabilities", json!({"drop": ["ALL"]})),
        ("container/capabilities", json!({})),
        ("container/privileged", json!(false)),
        ("container/procMount", json!("Default")),
        ("container/readOnlyRootFilesystem", json!(false)),
    ];
    for (on_pod, on_container, value) in [
        ("securityContext/appArmorProfile", "container/appArmorProfile", profile.clone()),
        ("securityContext/runAsGroup", "container/runAsGroup", json!(10000)),
        ("securityContext/runAsNonRoot", "container/runAsNonRoot", json!(true)),
        ("securityContext/runAsUser", "container/runAsUser", json!(10000)),
        ("securityContext/seLinuxOptions", "container/seLinuxOptions", json!({"level": "s0:c1,c2"})),
        ("securityContext/seccompProfile", "container/seccompProfile", profile),
        ("securityContext/windowsOptions", "container/windowsOptions", user),
    ] {
        all.extend([(on_pod, value.clone()), (on_container, value)]);
    }
    all
}

fn pod(system: &str, place: &str, value: &Json) -> Json {
    let mut pod = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "made"},
        "spec": {"os": {"name": system}, "containers": [{"name": "a", "image": "registry.example.com/a:1"}]},
    });
    let spec = &mut pod["spec"];
    match place.split_once('/') {
        None => spec[place] = value.clone(),
        Some(("container", key)) => spec["containers"][0]["securityContext"][key] = value.clone(),
        Some((group, key)) => spec[group][key] = value.clone(),
    }
    pod
}

/// How many settings the control finds.
fn ours(object: &Json) -> usize {
    let entry = ENTRIES.iter().find(|entry| entry.control.id == "manifest/field-of-other-os");
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
    for (place, value) in settings() {
        for system in ["windows", "linux"] {
            let object = pod(system, place, &value);
            let answer = plane.admin().create(&object).dry_run().send();
            let message = answer.message();
            let refused = message.contains(&format!("for a {system} pod"));
            assert!(answer.is_ok() || refused, "refused for something else: {message}\n{object:#}");
            let found = ours(&object);
            assert_eq!(found == 1, refused, "{found} found, and the server: {message}\n{object:#}");
            counts[usize::from(refused)] += 1;
        }
    }
    assert!(counts.iter().all(|count| *count > 20), "{counts:?}");
}

//! Which settings a real API server refuses in a pod for Windows or for Linux, one by one: the same that
//! `manifest/field-of-other-os` finds.

use plimsoll_control_plane::ControlPlane;
use serde_json::{Value as Json, json};

use crate::found;

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

#[test]
fn settings_of_another_operating_system() {
    let Some(plane) = ControlPlane::shared() else { return };
    let mut counts = [0; 2];
    for (place, value) in settings() {
        for system in ["windows", "linux"] {
            let object = pod(system, place, &value);
            let answer = plane.admin().create(&object).dry_run().send();
            let message = answer.message();
            let refused = message.contains(&format!("for a {system} pod"));
            assert!(answer.is_ok() || refused, "refused for something else: {message}\n{object:#}");
            let count = found("manifest/field-of-other-os", &object);
            assert_eq!(count == 1, refused, "{count} found, and the server: {message}\n{object:#}");
            counts[usize::from(refused)] += 1;
        }
    }
    assert!(counts.iter().all(|count| *count > 20), "{counts:?}");
}

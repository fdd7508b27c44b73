//! The rules of the migration on a real API server: they let through what the policy admits, and stop each thing
//! that it does not.

mod support;

use std::time::{Duration, Instant};

use plimsoll_control_plane::{Answer, ControlPlane};
use serde_json::{Value as Json, json};
use support::Folder;

/// A policy that says something of everything.
fn policy() -> Json {
    let range = |min: i64, max: i64| json!([{"min": min, "max": max}]);
    json!({
        "apiVersion": "policy/v1beta1", "kind": "PodSecurityPolicy",
        "metadata": {"name": "everything", "annotations": {
            "seccomp.security.alpha.kubernetes.io/allowedProfileNames": "runtime/default,localhost/a.json",
            "apparmor.security.beta.kubernetes.io/allowedProfileNames": "runtime/default,localhost/a",
        }},
        "spec": {
            "hostPorts": range(9100, 9110),
            "volumes": ["hostPath", "configMap", "secret", "csi", "flexVolume"],
            "allowedHostPaths": [{"pathPrefix": "/var/log", "readOnly": true}, {"pathPrefix": "/run/"}],
            "allowedFlexVolumes": [{"driver": "one/a"}],
            "allowedCSIDrivers": [{"name": "a.example.com"}],
            "runAsUser": {"rule": "MustRunAs", "ranges": range(1000, 2000)},
            "runAsGroup": {"rule": "MayRunAs", "ranges": range(1000, 2000)},
            "fsGroup": {"rule": "MustRunAs", "ranges": range(1, 10)},
            "supplementalGroups": {"rule": "MayRunAs", "ranges": range(5, 6)},
            "seLinux": {"rule": "MustRunAs", "seLinuxOptions": {"level": "s0"}},
            "readOnlyRootFilesystem": true,
            "allowPrivilegeEscalation": false,
            "allowedCapabilities": ["CHOWN"],
            "requiredDropCapabilities": ["NET_RAW"],
            "forbiddenSysctls": ["net.core.r*"],
            "allowedUnsafeSysctls": ["net.core.*"],
            "runtimeClass": {"allowedRuntimeClassNames": ["kata"]},
        },
    })
}

/// A pod that the policy admits as it is.
fn pod(namespace: &str) -> Json {
    json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": "fit", "namespace": namespace, "annotations": {
            "container.apparmor.security.beta.kubernetes.io/c": "localhost/a",
        }},
        "spec": {
            "automountServiceAccountToken": false,
            "runtimeClassName": "kata",
            "securityContext": {
                "runAsUser": 1000, "fsGroup": 1, "supplementalGroups": [5],
                "seLinuxOptions": {"level": "s0"},
                "seccompProfile": {"type": "Localhost", "localhostProfile": "a.json"},
                "sysctls": [{"name": "kernel.shm_rmid_forced", "value": "1"}, {"name": "net.core.somaxconn", "value": "9"}],
            },
            "volumes": [
                {"name": "log", "hostPath": {"path": "/var/log/pods"}},
                {"name": "run", "hostPath": {"path": "/run"}},
                {"name": "csi", "csi": {"driver": "a.example.com"}},
                {"name": "flex", "flexVolume": {"driver": "one/a"}},
                {"name": "map", "configMap": {"name": "map"}},
            ],
            "containers": [{
                "name": "c", "image": "registry.example.com/c:1",
                "ports": [{"containerPort": 80, "hostPort": 9105}, {"containerPort": 81}],
                "volumeMounts": [
                    {"name": "log", "mountPath": "/log", "readOnly": true}, {"name": "run", "mountPath": "/host-run"},
                ],
                "securityContext": {
                    "readOnlyRootFilesystem": true, "allowPrivilegeEscalation": false,
                    "capabilities": {"add": ["CHOWN"], "drop": ["NET_RAW"]},
                },
            }],
        },
    })
}

/// A pointer, what stands there instead (`null` takes it away), and the field of the policy that minds.
fn breaches() -> Vec<(&'static str, Json, &'static str)> {
    vec![
        ("/spec/containers/0/securityContext/privileged", json!(true), "privileged"),
        ("/spec/hostNetwork", json!(true), "hostNetwork"),
        ("/spec/hostPID", json!(true), "hostPID"),
        ("/spec/hostIPC", json!(true), "hostIPC"),
        ("/spec/containers/0/ports/0/hostPort", json!(9111), "hostPorts"),
        (
            "/spec/containers/0/securityContext/allowPrivilegeEscalation",
            Json::Null,
            "allowPrivilegeEscalation",
        ),
        ("/spec/containers/0/securityContext/readOnlyRootFilesystem", json!(false), "readOnlyRootFilesystem"),
        ("/spec/containers/0/securityContext/capabilities/add/0", json!("NET_ADMIN"), "allowedCapabilities"),
        ("/spec/containers/0/securityContext/capabilities/drop/0", json!("KILL"), "requiredDropCapabilities"),
        ("/spec/volumes/4", json!({"name": "map", "emptyDir": {}}), "volumes"),
        ("/spec/volumes/0/hostPath/path", json!("/var/logs"), "allowedHostPaths"),
        ("/spec/containers/0/volumeMounts/0/readOnly", json!(false), "allowedHostPaths"),
        ("/spec/volumes/2/csi/driver", json!("b.example.com"), "allowedCSIDrivers"),
        ("/spec/volumes/3/flexVolume/driver", json!("one/b"), "allowedFlexVolumes"),
        ("/spec/securityContext/runAsUser", json!(999), "runAsUser"),
        ("/spec/securityContext/runAsUser", Json::Null, "runAsUser"),
        ("/spec/containers/0/securityContext/runAsUser", json!(0), "runAsUser"),
        ("/spec/containers/0/securityContext/runAsGroup", json!(5), "runAsGroup"),
        ("/spec/securityContext/fsGroup", json!(11), "fsGroup"),
        ("/spec/securityContext/fsGroup", Json::Null, "fsGroup"),
        ("/spec/securityContext/supplementalGroups/0", json!(7), "supplementalGroups"),
        ("/spec/securityContext/seLinuxOptions", json!({"level": "s1"}), "seLinux"),
        ("/spec/securityContext/seLinuxOptions", Json::Null, "seLinux"),
        ("/spec/securityContext/seccompProfile", json!({"type": "Unconfined"}), "seccomp"),
        ("/spec/securityContext/seccompProfile/localhostProfile", json!("b.json"), "seccomp"),
        (
            "/metadata/annotations/container.apparmor.security.beta.kubernetes.io~1c",
            json!("unconfined"),
            "AppArmor",
        ),
        ("/metadata/annotations/container.apparmor.security.beta.kubernetes.io~1c", Json::Null, "AppArmor"),
        ("/spec/securityContext/sysctls/1/name", json!("net.core.rmem_max"), "forbiddenSysctls"),
        ("/spec/securityContext/sysctls/1/name", json!("kernel.msgmax"), "forbiddenSysctls"),
        ("/spec/runtimeClassName", json!("other"), "runtimeClass"),
    ]
}

/// Changes that break nothing.
fn near_misses() -> Vec<(&'static str, Json)> {
    vec![
        ("/spec/containers/0/ports/0/hostPort", json!(9110)),
        ("/spec/volumes/0/hostPath/path", json!("/var/log")),
        ("/spec/volumes/0/hostPath/path", json!("/run/x")),
        ("/spec/containers/0/securityContext/runAsUser", json!(2000)),
        ("/spec/containers/0/securityContext/runAsGroup", json!(1500)),
        ("/spec/securityContext/supplementalGroups", Json::Null),
        ("/spec/securityContext/seccompProfile", json!({"type": "RuntimeDefault"})),
        ("/spec/runtimeClassName", Json::Null),
        ("/spec/securityContext/sysctls", Json::Null),
    ]
}

fn with(pod: &Json, pointer: &str, value: &Json) -> Json {
    let mut pod = pod.clone();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let key = key.replace("~1", "/");
    match pod.pointer_mut(parent).expect("a place") {
        Json::Array(items) => items[key.parse::<usize>().expect("an index")] = value.clone(),
        Json::Object(map) if value.is_null() => _ = map.remove(&key),
        Json::Object(map) => _ = map.insert(key, value.clone()),
        _ => panic!("{pointer}"),
    }
    pod
}

/// Writes the migration of a policy and a pod, and gives its rules to the API server.
fn migrate(plane: &ControlPlane, policy: &Json, pod: &Json) {
    let roles = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": "all"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
        "subjects": [{"kind": "Group", "name": "system:serviceaccounts"}],
    });
    let list = json!({"apiVersion": "v1", "kind": "List", "items": [policy, roles, pod]});
    let folder = Folder::with("all.json", list.to_string());
    let ran = folder.run(&["psp", "all.json", "--migrate", "--output", "out"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let read = folder.run(&["read", "out/3-policies.yaml"]);
    let objects: Vec<Json> =
        read.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(objects.len(), 2, "{read:?}");
    for object in &objects {
        plane.admin().create(object).strict().send().expect_ok();
    }
}

fn attempt(plane: &ControlPlane, pod: &Json) -> Answer {
    plane.admin().create(pod).dry_run().strict().send()
}

#[test]
fn rules_say_what_the_policy_said() {
    let Some(plane) = ControlPlane::shared() else { return };
    let namespace = plane.namespace("psp", &[]);
    for class in ["kata", "other"] {
        let class = json!({
            "apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "metadata": {"name": class}, "handler": class,
        });
        plane.admin().create(&class).send().expect_ok();
    }
    let pod = pod(&namespace);
    migrate(plane, &policy(), &pod);
    // The API server takes a moment to mind a new rule.
    let breach = with(&pod, "/spec/containers/0/securityContext/readOnlyRootFilesystem", &json!(false));
    let begin = Instant::now();
    while attempt(plane, &breach).status == 201 {
        assert!(begin.elapsed() < Duration::from_secs(60), "the rules are never in force");
        std::thread::sleep(Duration::from_millis(100));
    }
    let fit = attempt(plane, &pod);
    assert_eq!(fit.status, 201, "{}", fit.text);
    for (pointer, value) in near_misses() {
        let answer = attempt(plane, &with(&pod, pointer, &value));
        assert_eq!(answer.status, 201, "{pointer} {value}: {}", answer.text);
    }
    for (pointer, value, field) in breaches() {
        let mut breach = with(&pod, pointer, &value);
        if field == "privileged" {
            // The API server takes no privileged container that may not gain privileges.
            breach =
                with(&breach, "/spec/containers/0/securityContext/allowPrivilegeEscalation", &Json::Null);
        }
        if field.starts_with("host") && pointer.starts_with("/spec/host") {
            // Nor ports and sysctls of their own beside namespaces of the host.
            breach = with(&breach, "/spec/containers/0/ports", &json!([]));
            breach = with(&breach, "/spec/securityContext/sysctls", &Json::Null);
        }
        let answer = attempt(plane, &breach);
        assert_eq!(answer.status, 422, "{pointer} {value}: {}", answer.text);
        let is_said = answer.message().contains("ValidatingAdmissionPolicy 'psp-everything'");
        assert!(is_said && answer.message().contains(field), "{pointer} {value}: {}", answer.message());
    }
}

//! Which ports, shares of pods and contexts of containers a real API server refuses, one by one: the same that
//! `manifest/port-name` and `manifest/invalid-value` find.

use serde_json::{Value as Json, json};

use crate::held_against_a_server;

fn pod(container: Json) -> Json {
    let mut made = json!({"name": "a", "image": "registry.example.com/a:1"});
    if let (Some(made), Json::Object(fields)) = (made.as_object_mut(), container) {
        made.extend(fields);
    }
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "made"}, "spec": {"containers": [made]}})
}

fn workload(kind: &str, spec: Json) -> Json {
    let labels = json!({"app": "made"});
    let mut object = json!({
        "apiVersion": "apps/v1", "kind": kind, "metadata": {"name": "made"},
        "spec": {
            "selector": {"matchLabels": labels},
            "template": {
                "metadata": {"labels": labels},
                "spec": {"containers": [{"name": "a", "image": "registry.example.com/a:1"}]},
            },
        },
    });
    if kind == "StatefulSet" {
        object["spec"]["serviceName"] = json!("made");
    }
    if let (Some(made), Json::Object(fields)) = (object["spec"].as_object_mut(), spec) {
        made.extend(fields);
    }
    object
}

/// A port wherever a number or a name may stand.
fn ports() -> Vec<Json> {
    let values = [
        json!("80"),
        json!("http"),
        json!("Http"),
        json!("0a0"),
        json!("a--b"),
        json!("of-sixteen-chars"),
        json!("65536"),
        json!("-a"),
        json!("0"),
        json!(""),
        json!(0),
        json!(-1),
        json!(1),
        json!(65535),
        json!(65536),
    ];
    let mut all = Vec::new();
    for value in values {
        let get = json!({"httpGet": {"path": "/", "port": value}});
        all.extend([
            pod(json!({"livenessProbe": get})),
            pod(json!({"readinessProbe": {"tcpSocket": {"port": value}}})),
            pod(json!({"startupProbe": get})),
            pod(json!({"lifecycle": {"preStop": get}})),
            pod(json!({"lifecycle": {"postStart": {"tcpSocket": {"port": value}}}})),
            json!({
                "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "made"},
                "spec": {"podSelector": {}, "ingress": [{"ports": [{"port": value}]}]},
            }),
            json!({
                "apiVersion": "v1", "kind": "Service", "metadata": {"name": "made"},
                "spec": {"selector": {"app": "made"}, "ports": [{"port": 80, "targetPort": value}]},
            }),
        ]);
        let field = if value.is_string() { "name" } else { "number" };
        // Neither is one, which isn't a port's matter.
        if value != json!("") && value != json!(0) {
            all.push(json!({
                "apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": "made"},
                "spec": {"defaultBackend": {"service": {"name": "made", "port": {(field): value}}}},
            }));
        }
        if value.is_i64() {
            all.push(pod(json!({"startupProbe": {"grpc": {"port": value}}})));
        }
    }
    all
}

/// A number of pods, or a share of them, wherever one may stand.
fn shares() -> Vec<Json> {
    let values = [
        json!(1),
        json!(3),
        json!(-1),
        json!("1"),
        json!("none"),
        json!(""),
        json!("25%"),
        json!("100%"),
        json!("101%"),
        json!("12.5%"),
        json!("-1%"),
        json!("%"),
        json!("025%"),
        json!("99999999999999999999%"),
        json!("25% "),
    ];
    let mut all = Vec::new();
    for value in values {
        for field in ["minAvailable", "maxUnavailable"] {
            all.push(json!({
                "apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "made"},
                "spec": {"selector": {"matchLabels": {"app": "made"}}, (field): value},
            }));
        }
        let unavailable = json!({"maxUnavailable": value});
        let surge = json!({"maxSurge": value, "maxUnavailable": 0});
        all.extend([
            workload("Deployment", json!({"strategy": {"rollingUpdate": unavailable}})),
            workload("Deployment", json!({"strategy": {"rollingUpdate": surge}})),
            workload("DaemonSet", json!({"updateStrategy": {"rollingUpdate": unavailable}})),
            workload("DaemonSet", json!({"updateStrategy": {"rollingUpdate": surge}})),
            workload("StatefulSet", json!({"updateStrategy": {"rollingUpdate": unavailable}})),
        ]);
    }
    all
}

/// What may exclude that a container can't gain privileges.
fn contexts() -> Vec<Json> {
    let mut all = Vec::new();
    for allowed in [true, false] {
        for context in [
            json!({"privileged": true}),
            json!({"privileged": false}),
            json!({"capabilities": {"add": ["CAP_SYS_ADMIN"]}}),
            json!({"capabilities": {"add": ["SYS_ADMIN"]}}),
            json!({"capabilities": {"add": ["cap_sys_admin"]}}),
            json!({"capabilities": {"add": ["ALL"], "drop": ["CAP_SYS_ADMIN"]}}),
        ] {
            let mut context = context;
            context["allowPrivilegeEscalation"] = json!(allowed);
            all.push(pod(json!({"securityContext": context})));
        }
    }
    all
}

#[test]
fn ports_shares_and_contexts() {
    let objects = ports().into_iter().chain(shares()).chain(contexts());
    let controls = ["manifest/port-name", "manifest/invalid-value"];
    let Some(counts) = held_against_a_server(objects, &controls) else { return };
    assert!(counts.iter().all(|count| *count > 50), "{counts:?}");
}

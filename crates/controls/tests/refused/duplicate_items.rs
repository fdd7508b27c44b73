//! Which lists a real API server refuses for items that are alike, over generated Services, pods and Deployments:
//! the same that `manifest/duplicate-item` finds something in.

use plimsoll_control_plane::ControlPlane;
use plimsoll_test_support::{Random, rounds};
use serde_json::{Value as Json, json};

use crate::found;

/// Some items, of which few are alike.
fn list(random: &mut Random, most: usize, mut item: impl FnMut(&mut Random, usize) -> Json) -> Json {
    let count = random.below(most + 1);
    (0..count).map(|number| item(random, number)).collect()
}

/// Mostly a name of its own.
fn name(random: &mut Random, own: String) -> String {
    if random.below(12) == 0 { "same".to_owned() } else { own }
}

fn with(mut object: Json, key: &str, value: impl Into<Json>) -> Json {
    object[key] = value.into();
    object
}

fn service(random: &mut Random) -> Json {
    let mut ports = list(random, 3, |random, number| {
        let mut port = json!({"name": name(random, format!("p{number}")), "port": 80 + random.below(8)});
        if random.below(2) == 0 {
            port = with(port, "protocol", random.pick(&["TCP", "UDP"]));
        }
        if random.below(2) == 0 {
            port = with(port, "nodePort", 30080 + random.below(8));
        }
        port
    });
    if ports == json!([]) {
        ports = json!([{"port": 80}]);
    }
    json!({
        "apiVersion": "v1", "kind": "Service", "metadata": {"name": "made"},
        "spec": {"type": "NodePort", "selector": {"app": "made"}, "ports": ports},
    })
}

fn container(random: &mut Random, own: String, volumes: &[String]) -> Json {
    let ports = list(random, 2, |random, number| {
        let mut port =
            json!({"name": name(random, format!("p{number}")), "containerPort": 80 + random.below(12)});
        if random.below(3) == 0 {
            port = with(port.clone(), "hostPort", port["containerPort"].clone());
        }
        if random.below(3) == 0 {
            port = with(port, "protocol", random.pick(&["TCP", "UDP"]));
        }
        if random.below(6) == 0 {
            port = with(port, "hostIP", "10.0.0.1");
        }
        port
    });
    let mounts = match volumes {
        [] => json!([]),
        volumes => list(
            random,
            2,
            |random, number| json!({"name": volumes[random.below(volumes.len())], "mountPath": name(random, format!("/m{number}"))}),
        ),
    };
    json!({"name": name(random, own), "image": "example.com/a:1", "ports": ports, "volumeMounts": mounts})
}

fn spec(random: &mut Random) -> Json {
    let volumes: Vec<String> =
        (0..random.below(3)).map(|number| name(random, format!("v{number}"))).collect();
    let init = list(random, 2, |random, number| container(random, format!("i{number}"), &volumes));
    let first = container(random, "first".to_owned(), &volumes);
    let mut containers = list(random, 2, |random, number| container(random, format!("c{number}"), &volumes));
    if let Some(containers) = containers.as_array_mut() {
        containers.push(first);
    }
    let constraints = list(random, 2, |random, _| {
        json!({
            "maxSkew": 1 + random.below(2),
            "topologyKey": random.pick(&["zone", "host", "rack", "row"]),
            "whenUnsatisfiable": random.pick(&["DoNotSchedule", "ScheduleAnyway"]),
            "labelSelector": {},
        })
    });
    let volumes: Vec<Json> = volumes.iter().map(|name| json!({"name": name, "emptyDir": {}})).collect();
    json!({
        "initContainers": init, "containers": containers, "volumes": volumes,
        "topologySpreadConstraints": constraints, "hostNetwork": random.below(5) == 0,
    })
}

fn made(random: &mut Random) -> Json {
    match random.below(3) {
        0 => service(random),
        1 => {
            let spec = spec(random);
            json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "made"}, "spec": spec})
        }
        _ => {
            let mut spec = spec(random);
            // What a pod on the host's network needs besides, isn't asked for here.
            spec["hostNetwork"] = false.into();
            json!({
                "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "made"},
                "spec": {
                    "selector": {"matchLabels": {"app": "made"}},
                    "template": {"metadata": {"labels": {"app": "made"}}, "spec": spec},
                },
            })
        }
    }
}

#[test]
fn items_alike() {
    let Some(plane) = ControlPlane::shared() else { return };
    let mut counts = [0; 2];
    let mut random = Random(42);
    for _ in 0..400 * rounds() {
        let object = made(&mut random);
        let answer = plane.admin().create(&object).dry_run().send();
        let message = answer.message();
        let causes = message.matches("Duplicate value").count() + message.matches("must be unique").count();
        // In a dry run ports of nodes are shared by no two protocols.
        if causes == 0 && message.contains("provided port is already allocated") {
            continue;
        }
        assert!(answer.is_ok() || causes > 0, "refused for something else: {message}\n{object:#}");
        let count = found("manifest/duplicate-item", &object);
        assert_eq!(count > 0, causes > 0, "{count} found, and the server: {message}\n{object:#}");
        counts[usize::from(causes > 0)] += 1;
    }
    assert!(counts.iter().all(|count| *count > 40), "{counts:?}");
}

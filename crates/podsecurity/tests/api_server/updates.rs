//! Updates of pods: which are looked at, and what is said about those.

use plimsoll_control_plane::made::{ephemeral_container, pod};
use plimsoll_control_plane::{Answer, ControlPlane};
use plimsoll_podsecurity::Configuration;
use plimsoll_podsecurity::admission::{Admission, Decoded, Operation, Request};
use plimsoll_test_support::Random;
use serde_json::{Value as Json, json};

use crate::documents::{document, object};
use crate::verdict::{Verdict, annotations, logged};
use crate::world::World;

const ENFORCE: &[(&str, &str)] =
    &[("pod-security.kubernetes.io/enforce", "restricted"), ("pod-security.kubernetes.io/audit", "baseline")];
const WARN: &[(&str, &str)] = &[("pod-security.kubernetes.io/warn", "restricted")];

/// A namespace with pods that its policy wouldn't admit: the policy came later.
fn settled(plane: &ControlPlane, labels: &[(&str, &str)], names: usize) -> (String, Vec<Json>) {
    let space = plane.namespace("settled", &[]);
    let random = &mut Random(24);
    let mut pods = Vec::new();
    while pods.len() < names {
        let mut made = pod(random, &format!("made-{}", pods.len()));
        made["metadata"]["namespace"] = space.as_str().into();
        let answer = plane.admin().create(&made).send();
        if answer.is_ok() {
            pods.push(answer.body);
        }
    }
    let path = format!("/api/v1/namespaces/{space}");
    let current = plane.admin().get(&path).send().expect_ok();
    let labels: serde_json::Map<String, Json> =
        labels.iter().map(|&(key, value)| (key.into(), value.into())).collect();
    let changed = crate::labels::with_labels(&current, &labels.into());
    plane.admin().put(&path, &changed).send().expect_ok();
    // The plugin sees labels through a cache, which follows what was written.
    let unlabelled = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "probe", "namespace": space},
        "spec": {"hostNetwork": true, "containers": [{"name": "a", "image": "a"}]},
    });
    let started = std::time::Instant::now();
    loop {
        let answer = plane.admin().create(&unlabelled).dry_run().send();
        if !answer.is_ok() || !answer.warnings.is_empty() {
            return (space, pods);
        }
        assert!(started.elapsed().as_secs() < 20, "the labels have no effect");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

/// Compares what both say of an update, by its `path` below the pod's.
fn compare(
    plane: &ControlPlane,
    space: &str,
    labels: &[(&str, &str)],
    old: &Json,
    new: &Json,
    subresource: &str,
) -> bool {
    let mut path = plane.admin().path(old);
    if !subresource.is_empty() {
        path = format!("{path}/{subresource}");
    }
    let free = plane.admin().put(&path, new).dry_run().send();
    check(plane, space, labels, old, new, subresource, &free)
}

fn check(
    plane: &ControlPlane,
    space: &str,
    labels: &[(&str, &str)],
    old: &Json,
    new: &Json,
    subresource: &str,
    answer: &Answer,
) -> bool {
    let stored = if answer.is_ok() { &answer.body } else { new };
    let (new, old) = (document(stored), document(old));
    let (new, old) = (object(&new), object(&old));
    let request = Request {
        operation: Operation::Update,
        group: "",
        resource: "pods",
        subresource,
        kind: "Pod",
        name: new.name(),
        namespace: space,
        username: "admin",
        object: Decoded::Object(new),
        old_object: Decoded::Object(old),
    };
    let response = Admission::new(Configuration::default()).validate(&request, &World::of(space, labels));
    let expected = annotations(&response);
    let ours = Verdict::ours(response);
    let mut theirs = Verdict::theirs(answer, &[]);
    theirs.warnings.retain(|warning| warning.contains("PodSecurity"));
    assert_eq!(ours, theirs, "{subresource} {stored}");
    let event = plane.audited([answer.audit_id.as_str()]);
    assert_eq!(expected, logged(&event[0]), "{}", event[0]);
    expected.contains_key("enforce-policy")
}

#[test]
fn only_some_updates_are_looked_at() {
    let Some(plane) = ControlPlane::shared() else { return };
    for labels in [ENFORCE, WARN] {
        let (space, pods) = settled(plane, labels, 12);
        let random = &mut Random(25);
        let mut looked_at = 0;
        for old in &pods {
            let mut labelled = old.clone();
            labelled["metadata"]["labels"]["round"] = "two".into();
            assert!(!compare(plane, &space, labels, old, &labelled, ""));

            let mut other_image = old.clone();
            other_image["spec"]["containers"][0]["image"] = "registry.example.com/shop:2".into();
            assert!(compare(plane, &space, labels, old, &other_image, ""));

            let mut shorter = old.clone();
            shorter["spec"]["activeDeadlineSeconds"] = 60.into();
            assert!(!compare(plane, &space, labels, old, &shorter, ""));

            let mut status = old.clone();
            status["status"]["message"] = "said by a node".into();
            assert!(!compare(plane, &space, labels, old, &status, "status"));

            if old["spec"]["os"]["name"] == "windows" {
                continue;
            }
            let mut debugged = old.clone();
            debugged["spec"]["ephemeralContainers"] = json!([ephemeral_container(random, "debug")]);
            looked_at += usize::from(compare(plane, &space, labels, old, &debugged, "ephemeralcontainers"));
        }
        assert!(looked_at > 6, "{looked_at}");
    }
}

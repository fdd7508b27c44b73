//! In the place of the API server's plugin: the same verdicts and words.

use plimsoll_control_plane::ControlPlane;
use plimsoll_control_plane::made::{KINDS, controller, pod};
use plimsoll_test_support::Random;
use serde_json::{Value as Json, json};

use crate::gate::Gate;

const POLICIES: &[&[(&str, &str)]] = &[
    &[("enforce", "restricted")],
    &[("enforce", "baseline"), ("enforce-version", "v1.18"), ("audit", "restricted")],
    &[("warn", "restricted"), ("warn-version", "v1.30"), ("audit", "baseline"), ("audit-version", "v1.33")],
];

/// The verdict in the words of the plugin, whoever gave it.
fn verdict(
    plane: &ControlPlane,
    object: &Json,
    space: &str,
    name: &str,
) -> (u16, String, Vec<String>, Vec<(String, String)>) {
    let mut object = object.clone();
    object["metadata"]["namespace"] = space.into();
    let answer = plane.admin().create(&object).dry_run().send();
    let message = answer.message();
    let message = message.split_once(" denied the request: ").map_or(message, |(_, message)| message);
    let event = plane.audited([answer.audit_id.as_str()]).remove(0);
    let annotations = event["annotations"].as_object().into_iter().flatten().filter_map(|(key, value)| {
        let (prefix, key) = key.split_once('/')?;
        let is_ours = prefix == "pod-security.kubernetes.io" || prefix.ends_with(".admission.plimsoll");
        is_ours.then(|| (key.to_owned(), value.as_str().unwrap_or_default().to_owned()))
    });
    (answer.status, message.replace(space, name), answer.warnings, annotations.collect())
}

#[test]
fn the_words_are_the_plugins() {
    let Some(gate) = Gate::start("version: 1\n", &[]) else { return };
    let Some(plugin) = ControlPlane::shared() else { return };
    let spaces: Vec<(String, String)> = POLICIES
        .iter()
        .map(|policy| {
            let labels: Vec<(String, &str)> = policy
                .iter()
                .map(|(key, value)| (format!("pod-security.kubernetes.io/{key}"), *value))
                .collect();
            let labels: Vec<(&str, &str)> =
                labels.iter().map(|(key, value)| (key.as_str(), *value)).collect();
            (gate.plane.namespace("gate", &labels), plugin.namespace("plugin", &labels))
        })
        .collect();
    let random = &mut Random(99);
    let mut denied = 0;
    for round in 0..60 {
        let object = if round % 4 == 0 {
            controller(random, round / 4 % KINDS.len(), "made")
        } else {
            pod(random, "made")
        };
        for (ours, theirs) in &spaces {
            let ours = verdict(&gate.plane, &object, ours, "there");
            let theirs = verdict(plugin, &object, theirs, "there");
            denied += usize::from(ours.0 == 403);
            assert_eq!(ours, theirs, "{object}");
        }
    }
    assert!(denied > 20, "{denied}");

    // A stricter label over pods that are there.
    let mut told = Vec::new();
    for (plane, space) in
        [(&gate.plane, gate.plane.namespace("there", &[])), (plugin, plugin.namespace("there", &[]))]
    {
        let random = &mut Random(100);
        for number in 0..20 {
            let mut made = pod(random, &format!("made-{number}"));
            made["metadata"]["namespace"] = space.as_str().into();
            plane.admin().create(&made).send();
        }
        let labels = json!({"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "restricted"}}});
        let path = format!("/api/v1/namespaces/{space}");
        // The plugin reads from a cache, which follows.
        std::thread::sleep(std::time::Duration::from_secs(1));
        let answer =
            plane.admin().patch(&path, plimsoll_control_plane::Patch::Merge, &labels).dry_run().send();
        told.push(answer.warnings.iter().map(|warning| warning.replace(&space, "there")).collect::<Vec<_>>());
    }
    assert!(told[0].len() > 3 && told[0] == told[1], "{told:#?}");
    let broken = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {
        "name": "broken", "labels": {"pod-security.kubernetes.io/enforce": "strict"},
    }});
    let refused = gate.create(&broken);
    assert_eq!((refused.status, refused.reason()), (422, "Invalid"), "{}", refused.text);
    assert!(
        refused.message().contains("must be one of privileged, baseline, restricted"),
        "{}",
        refused.text
    );
}

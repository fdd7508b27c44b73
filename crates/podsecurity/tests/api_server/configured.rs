//! A server with a configuration: defaults, and exemptions of namespaces, users and runtime classes.

use std::sync::Arc;

use plimsoll_control_plane::made::{KINDS, controller, pod};
use plimsoll_control_plane::{Binaries, ControlPlane, Options, User};
use plimsoll_doc::{Limits, SourceFile, parse};
use plimsoll_podsecurity::Configuration;
use plimsoll_podsecurity::admission::{Admission, Decoded, Operation, Request};
use plimsoll_test_support::Random;
use serde_json::{Value as Json, json};

use crate::documents::{document, object};
use crate::labels::{ours as ours_of_namespace, with_labels};
use crate::verdict::{Verdict, annotations, logged};
use crate::world::World;

const CONFIGURATION: &str = "\
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: PodSecurity
  configuration:
    apiVersion: pod-security.admission.config.k8s.io/v1
    kind: PodSecurityConfiguration
    defaults:
      enforce: baseline
      enforce-version: v1.30
      audit: restricted
      warn: restricted
      warn-version: v1.24
    exemptions:
      usernames: [carol]
      namespaces: [exempt-1, kube-system]
      runtimeClasses: [sandboxed]
";

/// The configuration as Plimsoll reads it.
fn configuration() -> Configuration {
    let file = Arc::new(SourceFile::new("admission.yaml", CONFIGURATION.as_bytes().to_vec()));
    let documents = parse(&file, &Limits::default());
    let document = documents.first().and_then(|document| document.as_ref().ok()).expect("a document");
    Configuration::read(document.root()).expect("a configuration")
}

#[test]
fn defaults_and_exemptions() {
    let Some(binaries) = Binaries::find() else { return };
    let options = Options {
        users: vec![User::new("carol", &["system:masters"]), User::new("dave", &["system:masters"])],
        admission: Some(CONFIGURATION.into()),
        audit: true,
        ..Options::default()
    };
    let plane = ControlPlane::start(&binaries, options).unwrap_or_else(|error| panic!("{error}"));
    let admission = Admission::new(configuration());
    for class in ["sandboxed", "other"] {
        let class = json!({
            "apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "metadata": {"name": class}, "handler": "runsc",
        });
        plane.admin().create(&class).send().expect_ok();
    }
    let spaces: &[(&str, &[(&str, &str)])] = &[
        ("plain", &[]),
        ("exempt-1", &[("pod-security.kubernetes.io/enforce", "restricted")]),
        ("own-enforce", &[("pod-security.kubernetes.io/enforce", "restricted")]),
        ("own-version", &[("pod-security.kubernetes.io/enforce-version", "v1.0")]),
        (
            "own-warn",
            &[
                ("pod-security.kubernetes.io/warn", "privileged"),
                ("pod-security.kubernetes.io/audit", "baseline"),
            ],
        ),
        (
            "free",
            &[
                ("pod-security.kubernetes.io/enforce", "privileged"),
                ("pod-security.kubernetes.io/warn", "privileged"),
                ("pod-security.kubernetes.io/audit", "privileged"),
            ],
        ),
    ];
    for (name, labels) in spaces {
        let labels: serde_json::Map<String, Json> =
            labels.iter().map(|&(key, value)| (key.into(), value.into())).collect();
        let made =
            json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}});
        let answer = plane.admin().create(&made).send();
        assert_eq!(ours_of_namespace(&admission, &made, None, &[], "admin"), Verdict::theirs(&answer, &[]));
    }

    let random = &mut Random(31);
    let mut exempt = 0;
    for round in 0..60 {
        let mut made = if round % 3 == 0 {
            controller(random, round / 3 % KINDS.len(), "made")
        } else {
            pod(random, "made")
        };
        made["metadata"]["namespace"] = "free".into();
        if random.chance(40) && made["kind"] == "Pod" {
            made["spec"]["runtimeClassName"] = random.pick(&["sandboxed", "other"]).into();
        }
        let free = plane.admin().create(&made).dry_run().send();
        if !free.is_ok() {
            continue;
        }
        for (space, labels) in spaces {
            for user in ["carol", "dave"] {
                made["metadata"]["namespace"] = (*space).into();
                let path = plane.admin().collection(&made);
                let answer = plane.user(user).post(&path, &made).dry_run().send();
                let stored = document(&free.body);
                let stored = object(&stored);
                let request = Request {
                    operation: Operation::Create,
                    group: stored.group(),
                    resource: path.rsplit('/').next().unwrap_or_default(),
                    subresource: "",
                    kind: stored.kind(),
                    name: "made",
                    namespace: space,
                    username: user,
                    object: Decoded::Object(stored),
                    old_object: Decoded::Absent,
                };
                let response = admission.validate(&request, &World::of(space, labels));
                exempt += usize::from(response.exempt);
                let expected = annotations(&response);
                assert_eq!(
                    Verdict::ours(response),
                    Verdict::theirs(&answer, &free.warnings),
                    "{user} {space} {made}"
                );
                let event = plane.audited([answer.audit_id.as_str()]);
                assert_eq!(expected, logged(&event[0]), "{}", event[0]);
            }
        }
    }
    assert!(exempt > 200, "{exempt}");

    // A namespace that is exempt is told that its labels have no effect.
    for (space, _) in spaces {
        let old = plane.admin().get(&format!("/api/v1/namespaces/{space}")).send().expect_ok();
        for wanted in [
            json!({}),
            json!({"pod-security.kubernetes.io/enforce": "baseline", "pod-security.kubernetes.io/enforce-version": "v1.30"}),
            json!({"pod-security.kubernetes.io/enforce": "restricted", "pod-security.kubernetes.io/enforce-version": "v1.31"}),
            json!({"pod-security.kubernetes.io/warn": "restricted", "pod-security.kubernetes.io/audit-version": "v1.9"}),
        ] {
            let new = with_labels(&old, &wanted);
            let path = format!("/api/v1/namespaces/{space}");
            for user in ["carol", "dave"] {
                let answer = plane.user(user).put(&path, &new).dry_run().send();
                let ours = ours_of_namespace(&admission, &new, Some(&old), &[], user);
                assert_eq!(ours, Verdict::theirs(&answer, &[]), "{user} {new}");
            }
        }
    }
}

//! Requests on namespaces: labels that are none, and stricter ones over pods that are there.

use std::time::{Duration, Instant};

use plimsoll_control_plane::ControlPlane;
use plimsoll_control_plane::made::pod;
use plimsoll_doc::Document;
use plimsoll_podsecurity::admission::{Admission, Decoded, Existing, Operation, Request};
use plimsoll_podsecurity::{Configuration, NEWEST};
use plimsoll_test_support::Random;
use serde_json::{Value as Json, json};

use crate::documents::{document, object};
use crate::verdict::Verdict;
use crate::world::World;

/// What the plugin makes of a change of a namespace: of its creation, if there is no old one.
pub fn ours(
    admission: &Admission,
    new: &Json,
    old: Option<&Json>,
    pods: &[Document],
    username: &str,
) -> Verdict {
    let (new, old) = (document(new), old.map(document));
    let new = object(&new);
    let request = Request {
        operation: if old.is_some() { Operation::Update } else { Operation::Create },
        group: "",
        resource: "namespaces",
        subresource: "",
        kind: "Namespace",
        name: new.name(),
        namespace: new.name(),
        username,
        object: Decoded::Object(new),
        old_object: old.as_ref().map_or(Decoded::Absent, |old| Decoded::Object(object(old))),
    };
    let pods = pods.iter().map(|pod| Existing::of(object(pod))).collect();
    Verdict::ours(admission.validate(&request, &World { pods, ..World::default() }))
}

pub fn with_labels(namespace: &Json, labels: &Json) -> Json {
    let mut changed = namespace.clone();
    let name = &namespace["metadata"]["name"];
    changed["metadata"]["labels"] = labels.clone();
    changed["metadata"]["labels"]["kubernetes.io/metadata.name"] = name.clone();
    changed
}

fn labels(random: &mut Random) -> Json {
    let mut labels = json!({});
    for mode in ["enforce", "audit", "warn"] {
        if random.chance(60) {
            let level =
                random.pick(&["privileged", "baseline", "restricted", "restricted", "Baseline", "none", ""]);
            labels[format!("pod-security.kubernetes.io/{mode}")] = level.into();
        }
        if random.chance(50) {
            let version = random.pick(&[
                "latest",
                "v1.0",
                "v1.25",
                "v1.37",
                "v1.99",
                "1.25",
                "v1",
                "v1.01",
                "v2.0",
                "v1.25.3",
                "Latest",
                "",
                "v1.99999999999999999999",
                "v1.9223372036854775807",
            ]);
            labels[format!("pod-security.kubernetes.io/{mode}-version")] = version.into();
        }
    }
    // Near ones don't count.
    if random.chance(20) {
        labels["pod-security.kubernetes.io/enforced"] = "none".into();
    }
    labels
}

#[test]
fn labels_that_are_none() {
    let Some(plane) = ControlPlane::shared() else { return };
    let admission = Admission::new(Configuration::default());
    let random = &mut Random(22);
    let space = plane.namespace("labelled", &[]);
    let path = format!("/api/v1/namespaces/{space}");
    let mut refused = 0;
    for round in 0..150 {
        let created = with_labels(
            &json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": format!("new-{round}")}}),
            &labels(random),
        );
        let answer = plane.admin().create(&created).dry_run().send();
        assert_eq!(
            ours(&admission, &created, None, &[], "admin"),
            Verdict::theirs(&answer, &[]),
            "{created}"
        );

        // The plugin lets subresources be, and through the status the labels get in, wrong as they are.
        let current = plane.admin().get(&path).send().expect_ok();
        let wrong = with_labels(&current, &labels(random));
        plane.admin().put(&format!("{path}/status"), &wrong).send().expect_ok();
        let old = plane.admin().get(&path).send().expect_ok();
        assert_eq!(old["metadata"]["labels"], wrong["metadata"]["labels"]);

        let mut wanted = if random.chance(50) { labels(random) } else { old["metadata"]["labels"].clone() };
        wanted["round"] = round.to_string().into();
        let updated = with_labels(&old, &wanted);
        let answer = plane.admin().put(&path, &updated).dry_run().send();
        let ours = ours(&admission, &updated, Some(&old), &[], "admin");
        refused += usize::from(ours.refused.is_some());
        assert_eq!(ours, Verdict::theirs(&answer, &[]), "{updated}\n{old}");
    }
    assert!((20..130).contains(&refused), "{refused}");
}

#[test]
fn stricter_labels_over_pods() {
    let Some(plane) = ControlPlane::shared() else { return };
    let admission = Admission::new(Configuration::default());
    let random = &mut Random(23);
    let space = plane.namespace("populated", &[]);
    let path = format!("/api/v1/namespaces/{space}");
    for number in 0..120 {
        // Some fail in the same way as others, and some have the same controller.
        let name = format!("pod-{}-{number}", random.below(100));
        let mut made = pod(random, &name);
        made["metadata"]["namespace"] = space.as_str().into();
        if random.chance(40) {
            made["metadata"]["ownerReferences"] = json!([{
                "apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "made", "controller": random.chance(80),
                "uid": format!("00000000-0000-0000-0000-{:012}", random.below(6)),
            }]);
        }
        let answer = plane.admin().create(&made).send();
        assert!(answer.is_ok() || answer.status == 422, "{}", answer.text);
    }
    let listed = plane.admin().get(&format!("{path}/pods")).send().expect_ok();
    let pods: Vec<Document> = listed["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| {
            let mut pod = item.clone();
            pod["apiVersion"] = "v1".into();
            pod["kind"] = "Pod".into();
            document(&pod)
        })
        .collect();
    assert!(pods.len() > 100);
    let old = plane.admin().get(&path).send().expect_ok();
    let started = Instant::now();
    for level in ["baseline", "restricted"] {
        for version in (0..=NEWEST + 1).map(|minor| format!("v1.{minor}")).chain(["latest".into()]) {
            let wanted = json!({
                "pod-security.kubernetes.io/enforce": level,
                "pod-security.kubernetes.io/enforce-version": version,
            });
            let updated = with_labels(&old, &wanted);
            let ours = ours(&admission, &updated, Some(&old), &pods, "admin");
            assert!(ours.warnings.len() > 5, "{ours:?}");
            loop {
                let answer = plane.admin().put(&path, &updated).dry_run().send();
                let theirs = Verdict::theirs(&answer, &[]);
                let truncated = Verdict { warnings: as_headers(&ours.warnings), ..ours.clone() };
                // The plugin lists the pods in a cache, which follows what was created.
                if truncated == theirs {
                    break;
                }
                assert!(
                    started.elapsed() < Duration::from_secs(20),
                    "{version}\nours   {truncated:?}\ntheirs {theirs:?}"
                );
                std::thread::sleep(Duration::from_millis(100));
            }
        }
    }
}

/// What of warnings becomes headers: beyond 4,096 characters in all, the first 256 characters of each.
fn as_headers(warnings: &[String]) -> Vec<String> {
    let length = |texts: &[String]| texts.iter().map(|text| text.chars().count()).sum::<usize>();
    if length(warnings) <= 4096 {
        return warnings.to_vec();
    }
    let mut short: Vec<String> = Vec::new();
    for warning in warnings {
        if length(&short) >= 4096 {
            break;
        }
        short.push(warning.chars().take(256).collect());
    }
    short
}

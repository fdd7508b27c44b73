//! Equality with a real API server that is asked for `fieldValidation=Strict`: its verdict, and the unknown and
//! duplicate fields that it names, over generated objects of its own kinds and of custom resources.
//!
//! Runs where there is a control plane (`cargo xtask control-plane` builds one) and, for the first, `go`.
//! `PLIMSOLL_ROUNDS=N` makes N times as many objects.

mod support;

use std::collections::HashMap;

use plimsoll_control_plane::{Answer, Binaries, Client, ControlPlane, Options};
use plimsoll_kubernetes::lifecycle::minor;
use plimsoll_kubernetes::schema::{Definition, Verdict, strict, strict_custom};
use plimsoll_test_support::{Random, rounds};
use serde_json::{Value as Json, json};

/// A control plane with every API version on.
fn control_plane() -> Option<ControlPlane> {
    let binaries = Binaries::find()?;
    let options = Options { flags: vec!["--runtime-config=api/all=true".to_owned()], ..Options::default() };
    Some(ControlPlane::start(&binaries, options).expect("a control plane"))
}

/// What the server's answer to a dry run says of the reading of the object: the words of its strict validation,
/// or that it couldn't be read, or nothing.
#[derive(Debug, PartialEq, Eq)]
enum Read {
    Taken,
    Refused(String),
    Unreadable,
}

fn theirs(answer: &Answer) -> Read {
    let message = answer.message();
    if answer.status != 400 {
        return Read::Taken;
    }
    match message.find("strict decoding error: ") {
        Some(at) => Read::Refused(message[at..].to_owned()),
        // A name or a namespace that doesn't fit is told with the same status, once the object was read.
        None if message.contains("cannot be handled as a") || message.contains("is unrecognized") => {
            Read::Unreadable
        }
        None => Read::Taken,
    }
}

fn ours(verdict: &Verdict<'_>) -> Read {
    match verdict {
        Verdict::Taken => Read::Taken,
        Verdict::Refused(_) => Read::Refused(verdict.to_string()),
        Verdict::Unreadable(_) => Read::Unreadable,
    }
}

/// Where objects are created, by apiVersion and kind.
fn collections(admin: &Client) -> HashMap<(String, String), String> {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let mut versions = vec!["v1".to_owned()];
    for group in admin.get("/apis").send().body["groups"].as_array().into_iter().flatten() {
        let of_group = group["versions"].as_array().into_iter().flatten();
        versions.extend(of_group.map(|version| text(&version["groupVersion"])));
    }
    let mut collections = HashMap::new();
    for version in versions {
        let root = if version.contains('/') { format!("/apis/{version}") } else { format!("/api/{version}") };
        let list = admin.get(&root).send();
        for resource in list.body["resources"].as_array().into_iter().flatten() {
            let name = text(&resource["name"]);
            let can_create =
                resource["verbs"].as_array().is_some_and(|verbs| verbs.contains(&json!("create")));
            if can_create && !name.contains('/') {
                let namespace = if resource["namespaced"] == true { "namespaces/default/" } else { "" };
                collections
                    .insert((version.clone(), text(&resource["kind"])), format!("{root}/{namespace}{name}"));
            }
        }
    }
    collections
}

fn send(admin: &Client, path: &str, body: &str) -> Answer {
    let content_type = if body.starts_with('{') { "application/json" } else { "application/yaml" };
    admin.post_text(path, content_type, body).dry_run().strict().send()
}

#[test]
fn its_own_kinds_are_read_as_by_the_server() {
    let Some(program) = support::program() else { return };
    let Some(plane) = control_plane() else { return };
    let admin = plane.admin();
    let collections = collections(admin);
    let release = minor(plimsoll_control_plane::version()).expect("a release");
    let (mut counts, mut different) = ([0usize; 3], 0);
    for seed in 100..100 + rounds() {
        for made in support::made(&program, seed, 2_000) {
            let body = made["body"].as_str().expect("a body");
            let document = support::read(body);
            let object = support::object(&document);
            let kind = (object.api_version().to_owned(), object.kind().to_owned());
            let (Some(path), Some(verdict)) = (collections.get(&kind), strict(&object, release)) else {
                continue;
            };
            let (theirs, ours) = (theirs(&send(admin, path, body)), ours(&verdict));
            counts[match theirs {
                Read::Taken => 0,
                Read::Refused(_) => 1,
                Read::Unreadable => 2,
            }] += 1;
            if theirs != ours {
                different += 1;
                if different <= 10 {
                    let answer = send(admin, path, body);
                    eprintln!("the server: {theirs:?} {}\nours: {ours:?}\n{body}\n", answer.message());
                }
            }
        }
    }
    assert_eq!(different, 0, "of {counts:?} objects");
    assert!(counts.iter().all(|count| *count > 100), "{counts:?}");
}

/// A definition that has every way of saying which fields there are.
const DEFINITION: &str = "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget, listKind: WidgetList}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          status: {type: object, properties: {phase: {type: string}}}
          spec:
            type: object
            properties:
              size: {type: integer}
              ratio: {type: number}
              'on': {type: boolean}
              name: {type: string}
              port: {x-kubernetes-int-or-string: true}
              maybe: {type: string, nullable: true}
              usual: {type: string, default: a}
              parts:
                type: array
                items:
                  type: object
                  properties: {name: {type: string}, deep: {type: object, properties: {a: {type: string}}}}
              labels: {type: object, additionalProperties: {type: string}}
              groups:
                type: object
                additionalProperties: {type: object, properties: {a: {type: string}}}
              any: {type: object, additionalProperties: true}
              kept:
                type: object
                x-kubernetes-preserve-unknown-fields: true
                properties: {strict: {type: object, properties: {a: {type: string}}}}
              keptList:
                type: array
                x-kubernetes-preserve-unknown-fields: true
                items:
                  type: object
                  properties: {strict: {type: object, properties: {a: {type: string}}}}
              object:
                type: object
                x-kubernetes-embedded-resource: true
                properties:
                  apiVersion: {type: string}
                  kind: {type: string}
                  metadata: {type: object}
                  spec: {type: object, properties: {a: {type: string}}}
              bare: {type: object}
";

fn widget() -> Json {
    json!({
        "apiVersion": "example.com/v1", "kind": "Widget",
        "metadata": {"name": "web", "labels": {"a": "b"}, "ownerReferences": []},
        "spec": {
            "size": 1, "ratio": 1.5, "on": true, "name": "a", "port": "http", "maybe": null,
            "parts": [{"name": "a", "deep": {"a": "b"}}, {}], "labels": {"x": "y"},
            "groups": {"x": {"a": "b"}}, "any": {"x": 1, "y": [1]}, "kept": {"x": {"y": 1}, "strict": {"a": "b"}},
            "keptList": [{"x": 1, "strict": {"a": "b"}}],
            "object": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "spec": {"a": "b"}},
            "bare": {},
        },
        "status": {"phase": "a"},
    })
}

/// Where all mappings of a value are.
fn mappings(value: &Json, at: &str, found: &mut Vec<String>) {
    match value {
        Json::Object(entries) => {
            found.push(at.to_owned());
            entries.iter().for_each(|(key, value)| mappings(value, &format!("{at}/{key}"), found));
        }
        Json::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(at_item, item)| mappings(item, &format!("{at}/{at_item}"), found));
        }
        _ => {}
    }
}

/// Makes one mistake somewhere.
fn spoil(object: &mut Json, random: &mut Random) {
    let mut places = Vec::new();
    mappings(object, "", &mut places);
    let place = &places[random.below(places.len())];
    let is_root = place.is_empty();
    let Some(entries) = object.pointer_mut(place).and_then(Json::as_object_mut) else { return };
    let odd = [
        json!(null),
        json!(1),
        json!(true),
        json!("a"),
        json!([]),
        json!({}),
        json!({"b": 1}),
        json!([{"b": 1}]),
        json!([{}]),
        json!({"a": {"b": 1}}),
        json!([[{"c": 1}]]),
        json!({"metadata": {"x": 1}, "kind": 1}),
    ];
    let odd = odd[random.below(odd.len())].clone();
    let keys: Vec<_> = entries.keys().cloned().collect();
    let key = keys.get(random.below(keys.len().max(1))).cloned().unwrap_or_default();
    if is_root && (key == "apiVersion" || key == "kind") {
        return;
    }
    match random.below(3) {
        0 => {
            let names = ["b", "strict", "metadata", "spec", "a.b", "Name", "size", "z"];
            entries.insert(names[random.below(names.len())].to_owned(), odd);
        }
        1 => {
            if let Some(value) = entries.remove(&key) {
                entries.insert(format!("{key}x"), value);
            }
        }
        _ => {
            entries.insert(key, odd);
        }
    }
}

#[test]
fn custom_resources_are_read_as_by_the_server() {
    let Some(plane) = control_plane() else { return };
    let admin = plane.admin();
    let definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    admin.post_text(definitions, "application/yaml", DEFINITION).strict().send().expect_ok();
    let path = "/apis/example.com/v1/namespaces/default/widgets";
    // The server needs a moment to serve it.
    let is_served = || admin.get(path).send().is_ok();
    let waited = (0..200).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        is_served()
    });
    assert!(waited, "the custom resource isn't served");

    let mut bodies = vec![
        widget().to_string(),
        // Twice in a map, in metadata, and in what is kept or unknown.
        r#"{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a","name":"b"},"spec":{"size":1,"size":2}}"#.to_owned(),
        r#"{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a"},"spec":{"x":{"a":1,"a":2},"kept":{"b":1,"b":2}}}"#.to_owned(),
        "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a, labels: {a: 1}}\n".to_owned(),
        "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\nspec: {z: 1, a: 1.0, size: 1.0}\nb: 1\n".to_owned(),
    ];
    let mut random = Random(7);
    for _ in 0..500 * rounds() {
        let mut object = widget();
        for _ in 0..1 + random.below(3) {
            spoil(&mut object, &mut random);
        }
        bodies.push(object.to_string());
    }
    let of_definition = support::read(DEFINITION);
    let definition = Definition::of(&support::object(&of_definition), "v1").expect("a schema");
    let release = minor(plimsoll_control_plane::version()).expect("a release");
    let (mut counts, mut different) = ([0usize; 3], 0);
    for body in &bodies {
        let document = support::read(body);
        let verdict = strict_custom(&support::object(&document), &definition, release);
        let answer = send(admin, path, body);
        let (theirs, ours) = (theirs(&answer), ours(&verdict));
        counts[match theirs {
            Read::Taken => 0,
            Read::Refused(_) => 1,
            Read::Unreadable => 2,
        }] += 1;
        if theirs != ours {
            different += 1;
            if different <= 10 {
                eprintln!(
                    "the server: {theirs:?} {} {}\nours: {ours:?}\n{body}\n",
                    answer.status,
                    answer.message()
                );
            }
        }
    }
    assert_eq!(different, 0, "of {counts:?} objects");
    assert!(counts.iter().all(|count| *count > 20), "{counts:?}");
}

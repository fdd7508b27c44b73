//! Responses to generated requests are those of the API server's own library: verdict, status, message,
//! warnings, audit annotations, and what its metrics are told.
//!
//! Runs where `go` is installed. `PLIMSOLL_ROUNDS=N` makes N times as many requests.

mod support;

use std::collections::BTreeMap;

use plimsoll_doc::Document;
use plimsoll_kubernetes::Object;
use plimsoll_podsecurity::Configuration;
use plimsoll_podsecurity::admission::{Admission, Cluster, Decoded, Existing, Operation, Request, Response};
use plimsoll_podsecurity::labels::PolicyLabels;
use plimsoll_test_support::pods::{self, KINDS};
use plimsoll_test_support::{GoProgram, Random, answers, rounds};
use serde_json::{Value as Json, json};

use support::document;

/// What the kinds of the generator are called in requests.
const RESOURCES: [(&str, &str); 9] = [
    ("", "pods"),
    ("", "podtemplates"),
    ("", "replicationcontrollers"),
    ("apps", "deployments"),
    ("apps", "replicasets"),
    ("apps", "statefulsets"),
    ("apps", "daemonsets"),
    ("batch", "jobs"),
    ("batch", "cronjobs"),
];

const CONFIGURATION: &str = "\
apiVersion: pod-security.admission.config.k8s.io/v1
kind: PodSecurityConfiguration
";

fn configuration(random: &mut Random) -> String {
    match random.below(4) {
        0 => String::new(),
        1 => {
            format!("{CONFIGURATION}defaults: {{enforce: baseline, warn: restricted, warn-version: v1.20}}\n")
        }
        2 => format!(
            "{CONFIGURATION}defaults: {{enforce: restricted, enforce-version: v1.24, audit: baseline}}\n"
        ),
        _ => format!(
            "{CONFIGURATION}defaults: {{audit: restricted, audit-version: v1.9}}\n\
             exemptions: {{usernames: [root, ''], namespaces: [kube-system], runtimeClasses: [gvisor]}}\n"
        )
        .replace(", ''", ""),
    }
}

fn labels(random: &mut Random) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::new();
    for mode in ["enforce", "audit", "warn"] {
        let levels =
            ["privileged", "baseline", "baseline", "restricted", "restricted", "Baseline", "", "\"a\t"];
        let versions =
            ["latest", "latest", "v1.0", "v1.18", "v1.25", "v1.34", "v1.37", "v1.99", "v1.007", "1.2", ""];
        // Wrong ones are rare: else there is little else.
        let (level, version) = if random.chance(85) {
            (random.pick(&levels[..5]), random.pick(&versions[..8]))
        } else {
            (random.pick(&levels), random.pick(&versions))
        };
        if random.chance(60) {
            labels.insert(format!("pod-security.kubernetes.io/{mode}"), level.to_owned());
        }
        if random.chance(40) {
            labels.insert(format!("pod-security.kubernetes.io/{mode}-version"), version.to_owned());
        }
    }
    if random.chance(20) {
        labels.insert("pod-security.kubernetes.io/enforcer".to_owned(), "x".to_owned());
    }
    labels
}

fn namespace(name: &str, labels: &BTreeMap<String, String>) -> String {
    json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}).to_string()
}

/// A pod with few things to say, so that several say the same.
fn simple_pod(random: &mut Random, name: &str) -> String {
    let image = random.pick(&["shop:1", "shop:2"]);
    let mut container = json!({"name": "app", "image": image});
    if random.chance(50) {
        container["securityContext"] = json!({
            "privileged": random.chance(30),
            "allowPrivilegeEscalation": false,
            "capabilities": {"drop": ["ALL"]},
            "runAsNonRoot": true,
            "seccompProfile": {"type": random.pick(&["RuntimeDefault", "Unconfined"])},
        });
    }
    let mut spec = json!({"containers": [container], "hostNetwork": random.chance(20)});
    if random.chance(30) {
        spec["runtimeClassName"] = random.pick(&["gvisor", "runc", ""]).into();
    }
    if random.chance(20) {
        spec["ephemeralContainers"] = json!([{"name": "debug", "image": image}]);
    }
    let mut metadata = json!({"name": name});
    if random.chance(60) {
        let owner = |uid: &str, controller: Json| json!({"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "x", "uid": uid, "controller": controller});
        let controller = random.pick(&["1", "2", "3"]);
        metadata["ownerReferences"] =
            json!([owner("9", random.pick(&[false, false, true]).into()), owner(controller, true.into())]);
    }
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}).to_string()
}

fn request(random: &mut Random) -> Json {
    let kind = if random.chance(40) { 0 } else { random.below(RESOURCES.len()) };
    let (group, resource) = RESOURCES[kind];
    let (_, kind_name, _) = KINDS[kind];
    let text = |random: &mut Random| {
        if kind == 0 && random.chance(50) { simple_pod(random, "web") } else { pods::manifest(random, kind) }
    };
    let object = text(random);
    let old = match random.below(4) {
        0 => object.replace("shop:1.2", "shop:1.3"),
        1 => text(random),
        _ => object.clone(),
    };
    let error =
        |random: &mut Random, text: &str| if random.chance(3) { text.to_owned() } else { String::new() };
    json!({
        "configuration": configuration(random),
        "operation": random.pick(&["CREATE", "CREATE", "UPDATE", "UPDATE", "DELETE"]),
        "group": group, "resource": resource, "kind": kind_name,
        "subresource": if random.chance(80) { "" } else {
            random.pick(&["status", "exec", "ephemeralcontainers", "resize", "scale", "binding", "unheard-of"])
        },
        "name": random.pick(&["made", "made", "", "a\"b"]),
        "namespace": random.pick(&["shop", "shop", "shop", "kube-system", ""]),
        "username": random.pick(&["alice", "alice", "root", ""]),
        // What isn't what it should be.
        "object": if random.chance(3) { namespace("shop", &BTreeMap::new()) } else { object },
        "objectError": error(random, "no such field"),
        "oldObject": if random.chance(3) { String::new() } else { old },
        "oldObjectError": error(random, "too deep"),
        "labels": labels(random),
        "labelsError": error(random, "namespace \"shop\" not found"),
    })
}

fn namespace_request(random: &mut Random) -> Json {
    let name = random.pick(&["shop", "shop", "kube-system"]);
    let count = random.below(9);
    let pods: Vec<_> = (0..count).map(|_| random.below(100)).collect();
    let pods: Vec<_> = pods.into_iter().map(|number| simple_pod(random, &format!("pod-{number}"))).collect();
    let (old, new) = (labels(random), labels(random));
    json!({
        "configuration": configuration(random),
        "operation": random.pick(&["CREATE", "UPDATE", "UPDATE", "UPDATE", "UPDATE", "DELETE"]),
        "group": "", "resource": "namespaces", "kind": "Namespace",
        "subresource": if random.chance(95) { "" } else { "finalize" },
        "name": name, "namespace": name, "username": "root",
        "object": if random.chance(2) { simple_pod(random, "web") } else { namespace(name, &new) },
        "objectError": if random.chance(2) { "broken" } else { "" },
        "oldObject": if random.chance(2) { String::new() } else {
            namespace(name, if random.chance(10) { &new } else { &old })
        },
        "oldObjectError": if random.chance(2) { "broken" } else { "" },
        "pods": pods,
        "podsError": if random.chance(3) { "timeout" } else { "" },
        "expired": random.chance(10),
    })
}

/// What the cluster of a request knows.
struct Known<'r, 'd> {
    request: &'r Json,
    pods: Result<Vec<Existing<'d>>, String>,
}

impl<'d> Cluster<'d> for Known<'_, 'd> {
    fn policy_labels(&self, _: &str) -> Result<PolicyLabels<'_>, String> {
        match self.request["labelsError"].as_str() {
            Some(error) if !error.is_empty() => Err(error.to_owned()),
            _ => Ok(PolicyLabels::from_pairs(
                self.request["labels"]
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(key, value)| (key, value.as_str().expect("a text"))),
            )),
        }
    }

    fn pods(&self, _: &str) -> Result<Vec<Existing<'d>>, String> {
        self.pods.clone()
    }

    fn is_time_up(&self) -> bool {
        self.request["expired"].as_bool() == Some(true)
    }
}

fn ours(request: &Json) -> Response {
    let text = |key: &str| request[key].as_str().unwrap_or("");
    let configuration = match text("configuration") {
        "" => Configuration::default(),
        text => Configuration::read(document(text).root()).expect("a good configuration"),
    };
    let objects = ["object", "oldObject"].map(|key| (!text(key).is_empty()).then(|| document(text(key))));
    let texts: Vec<String> = request["pods"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|pod| pod.as_str().expect("a text").to_owned())
        .collect();
    let copies = (0..request["copies"].as_u64().unwrap_or(0))
        .map(|number| texts[0].replace("pod-0", &format!("copy-{number}")));
    let documents: Vec<Document> = texts.iter().cloned().chain(copies).map(|text| document(&text)).collect();
    let pods = match text("podsError") {
        "" => Ok(documents
            .iter()
            .map(|document| Existing::of(Object::new(document.root()).expect("an object")))
            .collect()),
        error => Err(error.to_owned()),
    };
    let asked = Request {
        operation: match text("operation") {
            "CREATE" => Operation::Create,
            "UPDATE" => Operation::Update,
            _ => Operation::Delete,
        },
        group: text("group"),
        resource: text("resource"),
        subresource: text("subresource"),
        kind: text("kind"),
        name: text("name"),
        namespace: text("namespace"),
        username: text("username"),
        object: decoded(objects[0].as_ref(), text("objectError")),
        old_object: decoded(objects[1].as_ref(), text("oldObjectError")),
    };
    Admission::new(configuration).validate(&asked, &Known { request, pods })
}

fn decoded<'r, 'd>(document: Option<&'d Document>, error: &'r str) -> Decoded<'r, 'd> {
    match (error, document) {
        ("", None) => Decoded::Absent,
        ("", Some(document)) => Decoded::Object(Object::new(document.root()).expect("an object")),
        (error, _) => Decoded::Error(error),
    }
}

/// A response in the form of the other program's answer.
fn written(response: &Response) -> Json {
    let mut out = json!({"uid": "", "allowed": response.allowed});
    if let Some(status) = &response.status {
        out["status"] = json!({
            "metadata": {}, "status": "Failure", "message": status.message, "reason": status.reason,
            "code": status.code,
        });
        if let Some((group, kind, name)) = &status.details {
            let mut details = json!({});
            for (key, value) in [("group", group), ("kind", kind), ("name", name)] {
                if !value.is_empty() {
                    details[key] = value.clone().into();
                }
            }
            for cause in &status.causes {
                let mut written = json!({"message": cause.message});
                for (key, value) in [("reason", cause.reason), ("field", cause.field.as_str())] {
                    if !value.is_empty() {
                        written[key] = value.into();
                    }
                }
                let causes = details["causes"].take();
                let mut causes = causes.as_array().cloned().unwrap_or_default();
                causes.push(written);
                details["causes"] = causes.into();
            }
            out["status"]["details"] = details;
        }
    }
    if !response.audit_annotations.is_empty() {
        out["auditAnnotations"] = json!(response.audit_annotations);
    }
    if !response.warnings.is_empty() {
        out["warnings"] = json!(response.warnings);
    }
    let recorded: Vec<Json> = response
        .evaluated
        .iter()
        .map(|evaluated| {
            json!({
                "mode": format!("{:?}", evaluated.mode).to_lowercase(),
                "policy": evaluated.policy.to_string(),
                "decision": format!("{:?}", evaluated.decision).to_lowercase(),
            })
        })
        .collect();
    json!({
        "response": out,
        "recorded": recorded,
        "exemptions": u8::from(response.exempt),
        "errors": response.error.into_iter().collect::<Vec<_>>(),
    })
}

fn compare(program: &GoProgram, requests: &[Json]) {
    let answers: Vec<Json> = answers(program.command().arg("admit"), requests);
    let mut different = 0;
    let mut outcomes = BTreeMap::<String, usize>::new();
    for (request, mut theirs) in requests.iter().zip(answers) {
        for key in ["recorded", "errors"] {
            if theirs[key].is_null() {
                theirs[key] = json!([]);
            }
        }
        let response = ours(request);
        let code = response.status.as_ref().map_or(0, |status| status.code);
        *outcomes.entry(format!("{code} {} warnings", response.warnings.len().min(3))).or_default() += 1;
        let ours = written(&response);
        if ours != theirs {
            different += 1;
            if different <= 5 {
                eprintln!("ours   {ours}\ntheirs {theirs}\n{request:#}");
            }
        }
    }
    eprintln!("{outcomes:?}");
    assert_eq!(different, 0, "of {} requests", requests.len());
}

#[test]
fn pods_and_controllers_are_admitted_as_by_the_api_server() {
    let Some(program) = GoProgram::build("go-pod-security-admission", env!("CARGO_TARGET_TMPDIR")) else {
        return;
    };
    for seed in 0..rounds() {
        let mut random = Random(seed);
        compare(&program, &(0..1_500).map(|_| request(&mut random)).collect::<Vec<_>>());
    }
}

#[test]
fn namespaces_are_admitted_as_by_the_api_server() {
    let Some(program) = GoProgram::build("go-pod-security-admission", env!("CARGO_TARGET_TMPDIR")) else {
        return;
    };
    for seed in 0..rounds() {
        let mut random = Random(seed);
        compare(&program, &(0..1_500).map(|_| namespace_request(&mut random)).collect::<Vec<_>>());
    }
}

/// More pods than are looked at.
#[test]
fn a_full_namespace_is_tried_in_part_as_by_the_api_server() {
    let Some(program) = GoProgram::build("go-pod-security-admission", env!("CARGO_TARGET_TMPDIR")) else {
        return;
    };
    let pod = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "pod-0"},
        "spec": {"hostPID": true, "containers": []},
    });
    let labels =
        |level: &str| BTreeMap::from([("pod-security.kubernetes.io/enforce".to_owned(), level.to_owned())]);
    let request = |copies: usize, is_expired: bool| {
        json!({
            "operation": "UPDATE", "group": "", "resource": "namespaces", "kind": "Namespace",
            "name": "shop", "namespace": "shop",
            "object": namespace("shop", &labels("baseline")),
            "oldObject": namespace("shop", &labels("privileged")),
            "pods": [pod.to_string()], "copies": copies, "expired": is_expired,
        })
    };
    compare(
        &program,
        &[request(2_999, false), request(3_000, false), request(3_100, false), request(50, true)],
    );
}

use plimsoll_doc::SourceFile;

use super::*;
use crate::Configuration;
use crate::manifests::Manifests;
use crate::review::read;

const ALL: &str = "rules: [{profile: all, action: audit}, {profile: baseline, action: warn}]";
const NAMESPACE: &str = "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {pod-security.kubernetes.io/warn: restricted}}}";

const BODY: &str = r#"{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"705ab4f5-6393-11e8-b7cc-42010a800002","kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},"name":"web-7d9c5b8f6d-x2x9q","namespace":"shop","operation":"CREATE","userInfo":{"username":"system:serviceaccount:kube-system:replicaset-controller"},"object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web-7d9c5b8f6d-x2x9q","generateName":"web-7d9c5b8f6d-","namespace":"shop","uid":"b1b5a5a2-1f0e-4d6c-8c55-9d0a1a5b6c7d","creationTimestamp":"2026-11-28T09:12:44Z","labels":{"app.kubernetes.io/instance":"shop-web"},"ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web-7d9c5b8f6d","uid":"0a4b6c1d-7f77-4bb4-9f6c-5c8f0d0c3b21"}]},"spec":{"containers":[{"name":"web","image":"registry.example.com/web:1","securityContext":{"privileged":true}}]}},"oldObject":null,"dryRun":false}}"#;

/// Another pod of the same template.
fn another() -> String {
    [
        ("705ab4f5-6393-11e8-b7cc-42010a800002", "00000000-aaaa-bbbb-cccc-0123456789ab"),
        ("-x2x9q", "-b7k4z"),
        ("b1b5a5a2-1f0e-4d6c-8c55-9d0a1a5b6c7d", "ffffffff-1f0e-4d6c-8c55-9d0a1a5b6c7d"),
        ("09:12:44Z", "23:59:59Z"),
    ]
    .iter()
    .fold(BODY.to_owned(), |body, (from, to)| body.replace(from, to))
}

fn gate(text: &str) -> Gate {
    let file = Arc::new(SourceFile::new("admission.yaml", text.into()));
    Gate::new(Configuration::parse(&file).expect("a configuration"))
}

fn cluster(text: &str) -> Manifests {
    Manifests::read(vec![SourceFile::new("cluster.yaml", text.into())]).expect("manifests")
}

/// The answer that reading the body gives, which is then remembered if it can be.
fn judged(gate: &Gate, body: &str, cluster: &Manifests) -> String {
    let document = read(body.into()).expect("JSON");
    let Ok(request) = Request::of(&document) else { panic!("a request") };
    let known = Known::at_once(&gate.needs(&request), cluster);
    let today = "2026-11-28".parse().expect("a day");
    let outcome = gate.validate(&request, &known, Part::Whole, today);
    let mut answer = String::new();
    outcome.answer.write(request.uid, &mut answer);
    gate.remember(Part::Whole, &request, &known, &outcome, &answer);
    answer
}

fn recalled(gate: &Gate, body: &str, cluster: &Manifests) -> Option<String> {
    gate.recall(Part::Whole, body.as_bytes(), cluster).map(|(answer, _)| answer)
}

/// A gate that has seen two pods like this one.
fn taught(configuration: &str, body: &str) -> (Gate, Manifests) {
    let (gate, cluster) = (gate(configuration), cluster(NAMESPACE));
    assert_eq!(recalled(&gate, body, &cluster), None);
    judged(&gate, body, &cluster);
    assert_eq!(recalled(&gate, body, &cluster), None, "one pod is no template yet");
    judged(&gate, body, &cluster);
    (gate, cluster)
}

#[test]
fn what_is_recalled_is_what_reading_says() {
    for configuration in [ALL, "", "rules: [{profile: all, action: warn}]", "pod-security: {enabled: false}"]
    {
        let (gate, cluster) = taught(configuration, BODY);
        for body in [BODY.to_owned(), another()] {
            let answer = recalled(&gate, &body, &cluster).expect("a template that is known");
            assert_eq!(answer, judged(&self::gate(configuration), &body, &cluster));
        }
    }
    let (gate, cluster) = taught(ALL, BODY);
    let answer = recalled(&gate, &another(), &cluster).expect("it is known");
    assert!(answer.contains("web-7d9c5b8f6d-b7k4z") && !answer.contains("x2x9q"), "its own name: {answer}");
    assert!(answer.contains("00000000-aaaa-bbbb-cccc-0123456789ab"), "its own uid");
    let recurrence = gate.recall(Part::Whole, BODY.as_bytes(), &cluster).expect("it is known").1;
    assert!(recurrence.outcome.found.iter().any(|(id, _)| *id == "pod/privileged"), "it is counted again");
}

/// The specs of all pods among the examples of all controls, as JSON.
fn specs() -> Vec<String> {
    let mut specs = Vec::new();
    for example in plimsoll_controls::ENTRIES.iter().flat_map(|entry| entry.text().examples) {
        let file = Arc::new(SourceFile::new("example.yaml", example.manifest().0.into_bytes()));
        for document in plimsoll_doc::parse(&file, &plimsoll_doc::Limits::default()).into_iter().flatten() {
            plimsoll_kubernetes::objects(document.root(), |object| {
                let pods = object.map(plimsoll_kubernetes::Pod::all_of).unwrap_or_default();
                for spec in pods.iter().filter_map(|pod| pod.spec().value()) {
                    let mut json = String::new();
                    plimsoll_doc::to_json(spec, &mut json);
                    specs.push(json);
                }
            });
        }
    }
    specs
}

#[test]
fn every_pod_of_the_examples_is_recalled_as_it_is_judged() {
    let spec =
        &BODY[BODY.find("\"spec\":").expect("a spec") + 7..BODY.find("},\"oldObject\"").expect("an end")];
    let (mut recalls, mut answers) = (0, std::collections::HashSet::new());
    let [kept, fresh] = [gate(ALL), gate(ALL)];
    let cluster = cluster(NAMESPACE);
    for other in specs() {
        let of = |body: &str| body.replacen(spec, &other, 1);
        let (first, second) = (of(BODY), of(&another()));
        judged(&kept, &first, &cluster);
        judged(&kept, &first, &cluster);
        if let Some(answer) = recalled(&kept, &second, &cluster) {
            assert_eq!(answer, judged(&fresh, &second, &cluster), "{other}");
            recalls += 1;
            answers.insert(answer);
        }
    }
    assert!(recalls > 500 && answers.len() > 200, "{recalls} recalled, {} answers", answers.len());
}

#[test]
fn any_other_byte_is_read() {
    let (gate, cluster) = taught(ALL, BODY);
    let another = another();
    let made: Vec<_> = (0..BODY.len()).filter(|at| BODY.as_bytes()[*at] != another.as_bytes()[*at]).collect();
    assert!(made.len() > 30);
    for at in 0..BODY.len() {
        let mut body = BODY.as_bytes().to_vec();
        // Nothing that the API server makes up.
        body[at] = b'_';
        assert!(gate.recall(Part::Whole, &body, &cluster).is_none(), "byte {at}");
        if !made.contains(&at) {
            continue;
        }
        for wrong in [b'"', b'\\', b'A', b'{', 0xff] {
            body[at] = wrong;
            assert!(gate.recall(Part::Whole, &body, &cluster).is_none(), "byte {at} as {wrong}");
        }
    }
    assert!(gate.recall(Part::Enforce, BODY.as_bytes(), &cluster).is_none(), "another webhook's");
    assert!(recalled(&gate, &BODY[..BODY.len() - 1], &cluster).is_none());
    assert!(recalled(&gate, &format!("{BODY} "), &cluster).is_none());
}

#[test]
fn a_name_is_the_same_in_both_places() {
    let (gate, cluster) = taught(ALL, BODY);
    assert!(recalled(&gate, &BODY.replacen("-x2x9q", "-b7k4z", 1), &cluster).is_none());
}

#[test]
fn a_changed_namespace_is_judged_anew() {
    let (gate, _) = taught(ALL, BODY);
    let same = cluster(NAMESPACE);
    assert!(recalled(&gate, BODY, &same).is_some(), "the same labels, read again");
    assert!(recalled(&gate, BODY, &cluster(&NAMESPACE.replace("warn", "enforce"))).is_none());
    assert!(recalled(&gate, BODY, &cluster("")).is_none(), "it is gone");
}

#[test]
fn what_could_differ_is_not_kept() {
    let waived =
        format!("{ALL}\nwaivers: [{{control: pod/host-pid, reason: r, owner: o, until: 2030-01-01}}]");
    let label = |value: &str| BODY.replace("\"shop-web\"", &format!("\"{value}\""));
    for (why, configuration, body) in [
        ("denied", "rules: [{profile: baseline, action: enforce}]", BODY.to_owned()),
        ("a waiver, which may name pods", &waived, BODY.to_owned()),
        ("a label that begins as the name does", ALL, label("web-7d9c5b8f6d-x")),
        ("a label that is the name", ALL, label("web-7d9c5b8f6d-x2x9q")),
        ("a label that begins so by an escape", ALL, label("\\u0077eb-7d9c5b8f6d-x")),
        (
            "a name that is written by escapes in the answer",
            ALL,
            BODY.replace("web-7d9c5b8f6d", "web<7d9c5b8f6d"),
        ),
        ("no generated name", ALL, BODY.replace("\"generateName\":\"web-7d9c5b8f6d-\",", "")),
        ("a name of its own", ALL, BODY.replace("-x2x9q", "-a1e0o")),
        ("of a StatefulSet", ALL, BODY.replace("-x2x9q", "-0")),
        ("an update", ALL, BODY.replace("CREATE", "UPDATE")),
        ("another kind", ALL, BODY.replace("\"resource\":\"pods\"", "\"resource\":\"podtemplates\"")),
        (
            "a namespace that isn't known",
            ALL,
            BODY.replace("\"namespace\":\"shop\"", "\"namespace\":\"else\""),
        ),
        ("a time that is none", ALL, BODY.replace("09:12:44Z", "24:12:44Z")),
        ("a uid that is none", ALL, BODY.replace("b1b5a5a2", "B1B5A5A2")),
        ("too large", ALL, BODY.replace("\"web\"", &format!("\"{}\"", "w".repeat(LARGEST)))),
    ] {
        let (gate, cluster) = taught(configuration, &body);
        assert_eq!(recalled(&gate, &body, &cluster), None, "{why}");
    }
}

#[test]
fn many_templates_take_turns() {
    let (gate, cluster) = (gate(ALL), cluster(NAMESPACE));
    let body = |number: usize| BODY.replace("7d9c5b8f6d", &format!("{number:010}"));
    for number in 0..100 {
        judged(&gate, &body(number), &cluster);
        judged(&gate, &body(number), &cluster);
        assert!(recalled(&gate, &body(number), &cluster).is_some());
    }
    let kept = (0..100).filter(|number| recalled(&gate, &body(*number), &cluster).is_some()).count();
    assert!((1..=WAYS).contains(&kept), "{kept} of one length");
}

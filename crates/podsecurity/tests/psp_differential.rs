//! Equality with the PodSecurityPolicy plugin of Kubernetes 1.24: what each policy makes of a pod, word for word,
//! and which of several is chosen, over policies, pods, roles and bindings made from a seed.
//!
//! Runs where `go` is installed and can build `tests/go-psp`. `PLIMSOLL_ROUNDS=N` makes N times as many.

use std::sync::Arc;

use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_kubernetes::{Field, Inventory, objects};
use plimsoll_podsecurity::psp::{
    Evaluation, Mode, Outcome, PodSecurityPolicy, PspPod, Selection, Usable, evaluate, gaps, message, select,
};
use plimsoll_podsecurity::{Checks, Facts, Level, LevelVersion, PodFields, Stage, Version};
use plimsoll_rbac::{Attributes, Authorizer, User};
use plimsoll_test_support::{GoProgram, answers, rounds};
use serde_json::{Value as Json, json};

mod psp_cases;

use psp_cases::{Dice, question};

fn document(json: &Json) -> Document {
    let file = Arc::new(SourceFile::new("test.json", json.to_string().into_bytes()));
    parse(&file, &Limits::default()).remove(0).expect("JSON")
}

fn read(pod: &Document) -> PspPod<'_> {
    let root = Field::new(pod.root());
    let (pod, problems) = PspPod::read(root.get("metadata"), root.get("spec"));
    assert!(problems.is_empty(), "{:?}", problems.iter().map(|problem| problem.wanted).collect::<Vec<_>>());
    pod
}

/// What was seen of the cases, so that they prove something.
#[derive(Default)]
struct Seen {
    denied: usize,
    as_it_is: usize,
    filled_in: usize,
    errors: std::collections::BTreeSet<String>,
    /// Checks that a policy promises and a pod passes.
    promised: usize,
}

/// Whether a pod that a policy admits passes every check that the policy promises; says how many those are.
fn keeps_promises(policy: &PodSecurityPolicy<'_>, pod: &Json, context: &str) -> usize {
    let document = document(pod);
    let root = Field::new(document.root());
    let facts =
        Facts::of(PodFields { metadata: root.get("metadata"), spec: root.get("spec"), stage: Stage::Pod });
    let mut promised = 0;
    for version in [Version::V1(0), Version::V1(20), Version::V1(24), Version::V1(33), Version::Latest] {
        for level in [Level::Baseline, Level::Restricted] {
            let at = LevelVersion::new(level, version);
            let gaps = gaps(policy, at);
            for check in facts.denied(at).iter() {
                assert!(gaps.iter().any(|gap| gap.check == check), "{check} is promised at {at}: {context}");
            }
            promised += Checks::of(at).len() - gaps.len();
        }
    }
    promised
}

/// Whether the API server takes the seccomp profiles of a pod: none is empty, and a local one has a file.
fn is_valid(pod: &Json) -> bool {
    let annotations = pod["metadata"]["annotations"].as_object();
    let mut annotations = annotations.into_iter().flatten().filter(|(key, _)| key.contains("seccomp"));
    let local = json!({"type": "Localhost"}).to_string();
    annotations.all(|(_, value)| value != "") && !pod.to_string().contains(&local)
}

/// A pod as the API server stores it: where a seccomp annotation has no field beside it, it gets one.
fn stored(pod: &Json) -> Json {
    let mut pod = pod.clone();
    let annotations = pod["metadata"]["annotations"].clone();
    let field = |key: &str| match annotations[key].as_str() {
        None | Some("") => None,
        Some("unconfined") => Some(json!({"type": "Unconfined"})),
        Some("runtime/default" | "docker/default") => Some(json!({"type": "RuntimeDefault"})),
        Some(other) => {
            let profile = other.strip_prefix("localhost/")?;
            Some(json!({"type": "Localhost", "localhostProfile": profile}))
        }
    };
    let fill = |security: &mut Json, key: &str| {
        if security["seccompProfile"].is_null()
            && let Some(profile) = field(key)
        {
            security["seccompProfile"] = profile;
        }
    };
    fill(&mut pod["spec"]["securityContext"], "seccomp.security.alpha.kubernetes.io/pod");
    for list in ["initContainers", "containers", "ephemeralContainers"] {
        for container in pod["spec"][list].as_array_mut().into_iter().flatten() {
            let name = container["name"].as_str().unwrap_or_default().to_owned();
            let key = format!("container.seccomp.security.alpha.kubernetes.io/{name}");
            fill(&mut container["securityContext"], &key);
        }
    }
    pod
}

fn compare(question: &Json, theirs: &Json, seen: &mut Seen) {
    assert_eq!(theirs["error"], Json::Null, "{question}");
    let list = document(&json!({"apiVersion": "v1", "kind": "List", "items": question["objects"]}));
    let mut found = Vec::new();
    objects(list.root(), |object| found.push(object.expect("an object")));
    let inventory = Inventory::new(found, "default");
    let authorizer = Authorizer::new(&inventory);
    let (ours, defaulted) = (document(&question["pod"]), document(&theirs["defaulted"]));
    let pod = read(&ours);
    // What is an empty list here, their JSON leaves out.
    let is_exact = !question.to_string().contains("[]");
    if is_exact {
        assert_eq!(pod, read(&defaulted), "{question}");
    }
    let policies: Vec<PodSecurityPolicy<'_>> = inventory
        .of_kind("policy", "PodSecurityPolicy")
        .map(|object| PodSecurityPolicy::read(*object).0)
        .collect();
    let evaluations: Vec<Evaluation<'_, '_>> = policies.iter().map(|policy| evaluate(policy, &pod)).collect();
    for evaluation in &evaluations {
        let said = &theirs["policies"][evaluation.policy.name()];
        let errors = |json: &Json| -> Vec<String> {
            json.as_array()
                .into_iter()
                .flatten()
                .map(|error| error.as_str().expect("text").to_owned())
                .collect()
        };
        let context = || format!("{}\n{question}\n{said}", evaluation.policy.name());
        match &evaluation.outcome {
            Outcome::Unusable(reason) => assert_eq!(said["unusable"], json!(reason), "{}", context()),
            Outcome::Denies(ours) => {
                let ours: Vec<_> = ours.iter().map(ToString::to_string).collect();
                assert_eq!(ours, errors(&said["errors"]), "{}", context());
                seen.errors.extend(ours.iter().map(|error| kind_of(error)));
            }
            Outcome::Admits { pod: made, changes } => {
                assert_eq!(said["unusable"], Json::Null, "{}", context());
                assert_eq!(Vec::<String>::new(), errors(&said["errors"]), "{}", context());
                let theirs = document(&said["pod"]);
                if is_exact {
                    assert_eq!(**made, read(&theirs), "{}", context());
                }
                assert_eq!(changes.is_empty(), **made == pod, "{}", context());
                if is_valid(&said["pod"]) {
                    seen.promised += keeps_promises(evaluation.policy, &stored(&said["pod"]), &context());
                }
            }
        }
    }
    decide(question, theirs, &evaluations, &authorizer, seen);
}

/// The message of an error without its numbers and names.
fn kind_of(error: &str) -> String {
    error.chars().filter(|c| c.is_ascii_uppercase() || *c == ' ').collect()
}

fn decide(
    question: &Json,
    theirs: &Json,
    evaluations: &[Evaluation<'_, '_>],
    authorizer: &Authorizer<'_>,
    seen: &mut Seen,
) {
    let text = |json: &Json| json.as_str().unwrap_or("").to_owned();
    let namespace = text(&question["pod"]["metadata"]["namespace"]);
    let (name, account) = (text(&question["user"]), text(&question["pod"]["spec"]["serviceAccountName"]));
    let groups: Vec<_> = question["groups"].as_array().into_iter().flatten().map(&text).collect();
    let user = User::new(name, groups.iter().map(String::as_str));
    let account = User::account_of_pod(&namespace, if account.is_empty() { "default" } else { &account });
    let usable = |evaluation: &Evaluation<'_, '_>| {
        let may = ["policy", "extensions"].iter().any(|group| {
            let request = Attributes::resource("use", group, "podsecuritypolicies");
            let request = request.within(&namespace).named(evaluation.policy.name());
            [&account, &user].iter().any(|user| authorizer.authorize(user, &request).is_allowed())
        });
        if may { Usable::Yes } else { Usable::No }
    };
    let hint = text(&question["pod"]["metadata"]["annotations"]["kubernetes.io/psp"]);
    let mode = match question["update"].as_bool() {
        Some(true) => Mode::Update { validated_by: &hint },
        _ => Mode::Create,
    };
    let selection = select(evaluations, mode, usable);
    let ours = message(&text(&question["pod"]["metadata"]["name"]), mode, &selection).unwrap_or_default();
    // They tell the policies in no order.
    let sorted = |text: &str| {
        let mut words: Vec<_> = text.split(['[', ']', ' ']).map(str::to_owned).collect();
        words.sort();
        words
    };
    assert_eq!(sorted(&ours), sorted(&text(&theirs["denied"])), "{question}");
    match selection {
        Selection::Admitted(number) => {
            let evaluation = &evaluations[number];
            if mode == Mode::Create {
                assert_eq!(evaluation.policy.name(), text(&theirs["admitted"]), "{question}");
            }
            let is_changed =
                matches!(&evaluation.outcome, Outcome::Admits { changes, .. } if !changes.is_empty());
            *(if is_changed { &mut seen.filled_in } else { &mut seen.as_it_is }) += 1;
        }
        _ => seen.denied += 1,
    }
}

#[test]
fn policies_are_evaluated_as_by_the_plugin() {
    let Some(program) = GoProgram::build("go-psp", env!("CARGO_TARGET_TMPDIR")) else { return };
    let mut seen = Seen::default();
    for seed in 0..rounds() {
        let mut random = Dice::new(seed);
        let questions: Vec<_> = (0..3_000).map(|_| question(&mut random)).collect();
        let theirs: Vec<Json> = answers(&mut program.command(), &questions);
        for (question, theirs) in questions.iter().zip(&theirs) {
            compare(question, theirs, &mut seen);
        }
    }
    // Else the cases would prove little.
    let Seen { denied, as_it_is, filled_in, errors, promised } = seen;
    assert!(promised > 10_000, "{promised} promises are kept");
    eprintln!(
        "{denied} denied, {as_it_is} as they are, {filled_in} filled in, {} kinds of errors",
        errors.len()
    );
    assert!(denied > 300 && as_it_is > 150 && filled_in > 300, "{denied} {as_it_is} {filled_in}");
    assert!(errors.len() >= 25, "{errors:?}");
}

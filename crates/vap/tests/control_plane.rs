//! A real API server with the policies: what it denies and warns of is what its own Pod Security plugin denies
//! and warns of in a namespace next door, and updates that change nothing of weight pass.

use std::time::{Duration, Instant};

use plimsoll_control_plane::made::{KINDS, controller, ephemeral_container, pod};
use plimsoll_control_plane::{Answer, Client, ControlPlane, Patch};
use plimsoll_podsecurity::{Level, LevelVersion, Version};
use plimsoll_test_support::{Random, rounds};
use plimsoll_vap::{Action, FailurePolicy, Options, Policy, Scope, parse_selector, standard, write};
use serde_json::{Value as Json, json};

mod words;

use words::reasons;

/// The label that binds a namespace to a policy.
const LABEL: &str = "judged";

fn options(judged: &str, workload_actions: &[Action]) -> Options {
    Options {
        actions: vec![Action::Deny],
        workload_actions: workload_actions.to_vec(),
        scope: Scope::All,
        excluded: vec!["kube-system".to_owned()],
        selector: parse_selector(&format!("{LABEL}={judged}")).expect("a selector"),
        failure_policy: FailurePolicy::Fail,
    }
}

/// Applies policies as a person would, and waits until the server holds to them: it denies a privileged pod.
fn apply(plane: &ControlPlane, policies: &[Policy], spaces: &[&str]) {
    let admin = plane.admin();
    for document in write(policies).split("---\n").filter(|document| !document.trim().is_empty()) {
        let resource = if document.contains("kind: ValidatingAdmissionPolicyBinding\n") {
            "validatingadmissionpolicybindings"
        } else {
            "validatingadmissionpolicies"
        };
        let path = format!("/apis/admissionregistration.k8s.io/v1/{resource}");
        let answer = admin.post_text(&path, "application/yaml", document).strict().send();
        assert_eq!((answer.status, answer.warnings.as_slice()), (201, [].as_slice()), "{}", answer.text);
    }
    let patience = Instant::now();
    for space in spaces {
        let probe = json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "probe", "namespace": space},
            "spec": {"containers": [{"name": "c", "image": "i:1", "securityContext": {"privileged": true}}]},
        });
        while admin.create(&probe).dry_run().send().is_ok() {
            assert!(patience.elapsed() < Duration::from_secs(120), "{space} isn't judged");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// What follows the first words of a denial or a warning.
fn violation(answer: &Answer) -> Option<String> {
    let texts = answer.warnings.iter().map(String::as_str).chain([answer.message()]);
    texts.into_iter().find_map(|text| text.split_once("PodSecurity ")).map(|(_, rest)| rest.to_owned())
}

fn judge(admin: &Client, object: &Json, space: &str) -> Answer {
    let mut object = object.clone();
    object["metadata"]["namespace"] = space.into();
    admin.create(&object).dry_run().send()
}

#[test]
fn the_server_judges_as_its_own_plugin() {
    let Some(plane) = ControlPlane::shared() else { return };
    let standards: Vec<LevelVersion> = [0, 18, 19, 24, 29, 34, 36]
        .into_iter()
        .map(Version::V1)
        .chain([Version::Latest])
        .flat_map(|version| {
            [Level::Baseline, Level::Restricted].map(|level| LevelVersion::new(level, version))
        })
        .collect();
    let mut policies = Vec::new();
    let mut pairs = Vec::new();
    for at in &standards {
        let judged = at.to_string().replace(':', "-");
        policies.extend(standard(*at, &options(&judged, &[Action::Warn, Action::Audit])));
        let (level, version) = (at.level.name(), at.version.to_string());
        let theirs = plane.namespace(
            "plugin",
            &[
                ("pod-security.kubernetes.io/enforce", level),
                ("pod-security.kubernetes.io/enforce-version", &version),
                ("pod-security.kubernetes.io/warn", level),
                ("pod-security.kubernetes.io/warn-version", &version),
            ],
        );
        pairs.push((theirs, plane.namespace("policy", &[(LABEL, &judged)])));
    }
    apply(plane, &policies, &pairs.iter().map(|(_, ours)| ours.as_str()).collect::<Vec<_>>());

    let random = &mut Random(23);
    let mut objects: Vec<Json> = (0..96 * rounds() as usize).map(|_| pod(random, "made")).collect();
    objects.extend((0..48 * rounds() as usize).map(|at| controller(random, at % KINDS.len(), "made")));
    let (mut admitted, mut refused, mut warned, mut same) = (0, 0, 0, 0);
    for (number, object) in objects.iter().enumerate() {
        for (theirs, ours) in pairs.iter().skip(number % 4).step_by(4) {
            let (theirs, ours) = (judge(plane.admin(), object, theirs), judge(plane.admin(), object, ours));
            // What the server's validation refuses never gets to either.
            if theirs.status == 422 && theirs.reason() == "Invalid" {
                continue;
            }
            let words = [&theirs, &ours].map(violation);
            let [told, tell] = [&words[0], &words[1]].map(|words| words.as_deref().map(reasons));
            assert_eq!((theirs.status, told), (ours.status, tell), "{words:#?}\n{object:#}\n{}", ours.text);
            admitted += usize::from(words[0].is_none());
            warned += usize::from(words[0].is_some() && theirs.is_ok());
            refused += usize::from(theirs.status == 403);
            same += usize::from(words[0].is_some() && words[0] == words[1]);
        }
    }
    eprintln!("{admitted} admitted, {refused} refused, {warned} warned of, {same} in the very same words");
    assert!(admitted > 50 && refused > 50 && warned > 20 && same * 2 > refused + warned);
}

#[test]
fn updates_are_judged_where_they_change_what_runs() {
    let Some(plane) = ControlPlane::shared() else { return };
    let admin = plane.admin();
    let judged = "strict";
    let at = LevelVersion::latest(Level::Restricted);
    let policy = standard(at, &options(judged, &[Action::Deny])).map(|policy| renamed(policy, judged));
    let space = plane.namespace("updates", &[]);
    let spec = |image: &str| json!({"containers": [{"name": "web", "image": image}]});
    let pod = json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": "old", "namespace": space, "finalizers": ["example.com/hold"]},
        "spec": spec("example.com/web:1"),
    });
    admin.create(&pod).send().expect_ok();
    let deployment = json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "old", "namespace": space},
        "spec": {
            "selector": {"matchLabels": {"app": "web"}},
            "template": {"metadata": {"labels": {"app": "web"}}, "spec": spec("example.com/web:1")},
        },
    });
    admin.create(&deployment).send().expect_ok();
    let label = json!({"metadata": {"labels": {LABEL: judged}}});
    admin.patch(&format!("/api/v1/namespaces/{space}"), Patch::Merge, &label).send().expect_ok();
    apply(plane, &policy.into_iter().collect::<Vec<_>>(), &[&space]);

    let pod = format!("/api/v1/namespaces/{space}/pods/old");
    let deployment = format!("/apis/apps/v1/namespaces/{space}/deployments/old");
    let image = |image: &str| json!([{"op": "replace", "path": "/spec/containers/0/image", "value": image}]);
    let patch = |path: &str, patch: &Json| {
        let language = if patch.is_array() { Patch::Json } else { Patch::Merge };
        admin.patch(path, language, patch).dry_run().send().status
    };
    assert_eq!(patch(&pod, &json!({"metadata": {"labels": {"seen": "yes"}}})), 200);
    assert_eq!(patch(&pod, &image("example.com/web:1")), 200, "the same image");
    assert_eq!(patch(&pod, &image("example.com/web:2")), 403);
    assert_eq!(patch(&deployment, &json!({"spec": {"replicas": 3}})), 200);
    let template = json!([{
        "op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "example.com/web:2",
    }]);
    assert_eq!(patch(&deployment, &template), 403);
    let debugger = json!([{
        "op": "add", "path": "/spec/ephemeralContainers",
        "value": [ephemeral_container(&mut Random(1), "debug")],
    }]);
    assert_eq!(patch(&format!("{pod}/ephemeralcontainers"), &debugger), 403);
    // What is on its way out may go.
    assert!(admin.delete(&pod).send().is_ok());
    let released = json!({"metadata": {"finalizers": null}});
    assert_eq!(admin.patch(&pod, Patch::Merge, &released).send().status, 200);
    assert_eq!(admin.get(&pod).send().status, 404);
}

/// Two tests have policies of one level in one server.
fn renamed(mut policy: Policy, suffix: &str) -> Policy {
    policy.rename(&format!("{}-{suffix}", policy.name()));
    policy
}

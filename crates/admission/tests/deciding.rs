//! What is denied, warned of, audited and let go.

mod support;

use plimsoll_admission::Part;
use serde_json::{Value, json};
use support::{cluster, denial, errors, exec, gate, judge, object, review, validate};

const PRIVILEGED: &str = "apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  hostPID: true
  containers:
  - name: c
    image: registry.example.com/c:1
    securityContext: {privileged: true}
";

fn pod() -> Value {
    object(PRIVILEGED)
}

#[test]
fn a_denial_says_all_that_is_wrong_in_one_line() {
    let gate = gate("rules: [{controls: [pod/privileged, pod/host-pid], action: enforce}]");
    let outcome = validate(&gate, &review(&pod(), None));
    let message = denial(&outcome);
    assert_eq!(
        message,
        "2 violations: spec.containers[0].securityContext.privileged: container \"c\" runs privileged: set privileged \
         to false (pod/privileged); spec.hostPID: the pod shares the node's process namespace: remove hostPID \
         (pod/host-pid)"
    );
    let refusal = outcome.answer.refusal.as_ref().expect("a refusal");
    assert_eq!((refusal.code, refusal.reason), (403, "Forbidden"));
}

#[test]
fn each_action_does_its_own() {
    let text = "rules:
- {controls: pod/privileged, action: warn}
- {controls: pod/host-pid, action: audit}
- {controls: pod/seccomp-profile, action: enforce}
- {controls: pod/seccomp-profile, action: ignore}
";
    let gate = gate(text);
    let outcome = validate(&gate, &review(&pod(), None));
    assert!(outcome.answer.is_allowed());
    assert_eq!(outcome.answer.warnings.len(), 1);
    assert!(outcome.answer.warnings[0].ends_with("(pod/privileged)"));
    let [(key, value)] = outcome.answer.audit_annotations.as_slice() else { panic!("{outcome:?}") };
    assert!(*key == "plimsoll-audit" && value.ends_with("(pod/host-pid)"), "{key} {value}");
    // Each part by itself.
    let of = |part| judge(&gate, &review(&pod(), None), &cluster(support::PLAIN), part);
    assert!(of(Part::Enforce).answer.is_allowed() && of(Part::Enforce).answer.warnings.is_empty());
    assert_eq!(of(Part::Advise).answer, outcome.answer);
}

#[test]
fn rules_hold_in_their_namespaces_and_the_later_counts() {
    let text = "rules:
- {profile: baseline, action: enforce, except-namespaces: ['kube-*']}
- {controls: pod/privileged, action: warn, namespaces: [shop, 'dev-*']}
- {controls: pod/host-pid, action: ignore, namespaces: shop}
- {profile: baseline, severity: critical, action: ignore, namespaces: quiet}
";
    let gate = gate(text);
    let mut pod = pod();
    let mut of = |namespace: &str| {
        pod["metadata"]["namespace"] = namespace.into();
        let outcome = validate(&gate, &review(&pod, None));
        (outcome.answer.warnings.len(), denial(&outcome).matches("(pod/").count())
    };
    assert_eq!(of("shop"), (1, 0));
    assert_eq!(of("dev-a"), (1, 1));
    assert_eq!(of("other"), (0, 2));
    assert_eq!(of("kube-system"), (0, 0));
    assert_eq!(of("quiet").1, of("other").1 - 1, "one of them is critical");
    assert_eq!(of("shop"), (1, 0), "again, from what is kept");
}

#[test]
fn an_update_is_judged_by_what_it_makes_worse() {
    let gate = gate("rules: [{profile: baseline, action: enforce}]");
    let old = pod();
    let mut new = old.clone();
    new["metadata"]["labels"] = json!({"a": "b"});
    assert!(validate(&gate, &review(&new, Some(&old))).answer.is_allowed(), "it was so before");
    new["spec"]["hostIPC"] = true.into();
    let outcome = validate(&gate, &review(&new, Some(&old)));
    assert!(denial(&outcome).contains("(pod/host-ipc)") && !denial(&outcome).contains("pod/privileged"));
    // Another value at the same place is another finding.
    let with = |capability: &str| {
        let mut pod = old.clone();
        pod["spec"]["containers"][0]["securityContext"] = json!({"capabilities": {"add": [capability]}});
        pod
    };
    let (raw, admin) = (with("NET_RAW"), with("SYS_ADMIN"));
    assert!(validate(&gate, &review(&raw, Some(&raw))).answer.is_allowed());
    assert!(!validate(&gate, &review(&admin, Some(&raw))).answer.is_allowed());
}

#[test]
fn what_is_being_deleted_is_let_go() {
    let gate = gate("rules: [{profile: baseline, action: enforce}]");
    let mut old = pod();
    old["metadata"]["deletionTimestamp"] = "2026-11-28T09:00:00Z".into();
    let mut new = old.clone();
    new["spec"]["hostIPC"] = true.into();
    assert!(validate(&gate, &review(&new, Some(&old))).answer.is_allowed());
    // Nobody gets around the rules by writing it into a new object.
    assert!(!validate(&gate, &review(&new, None)).answer.is_allowed());
    let mut deletion = review(&pod(), Some(&pod()));
    deletion["request"]["operation"] = "DELETE".into();
    deletion["request"]["object"] = Value::Null;
    assert!(validate(&gate, &deletion).answer.is_allowed());
}

#[test]
fn ephemeral_containers_are_judged_and_other_parts_are_not() {
    let gate = gate("rules: [{profile: baseline, action: enforce}]");
    let old = object(PRIVILEGED);
    let mut new = old.clone();
    new["spec"]["ephemeralContainers"] =
        json!([{"name": "debug", "image": "b:1", "securityContext": {"privileged": true}}]);
    let mut asked = review(&new, Some(&old));
    asked["request"]["subResource"] = "ephemeralcontainers".into();
    let outcome = validate(&gate, &asked);
    assert!(denial(&outcome).starts_with("spec.ephemeralContainers[0]"), "{}", denial(&outcome));
    for part in ["status", "binding", "eviction", "scale", "log"] {
        asked["request"]["subResource"] = part.into();
        assert!(validate(&gate, &asked).answer.is_allowed(), "{part}");
    }
}

#[test]
fn waivers_are_granted_by_the_configuration_alone() {
    let waived = |until: &str, more: &str| {
        format!(
            "rules: [{{controls: pod/privileged, action: enforce}}]
waivers:
- {{control: pod/privileged, reason: it mounts disks, owner: storage, until: '{until}', namespaces: 'sh*'}}
{more}"
        )
    };
    let outcome = validate(&gate(&waived("2026-11-28", "")), &review(&pod(), None));
    assert!(outcome.answer.is_allowed() && outcome.waived == 1 && outcome.expired.is_empty());
    let outcome = validate(&gate(&waived("2026-11-27", "")), &review(&pod(), None));
    assert!(!outcome.answer.is_allowed());
    assert_eq!(outcome.expired, ["the waiver at admission.yaml:3 expired after 2026-11-27"]);
    let mut elsewhere = pod();
    elsewhere["metadata"]["namespace"] = "bank".into();
    assert!(!validate(&gate(&waived("2099-01-01", "")), &review(&elsewhere, None)).answer.is_allowed());
    // An object waives nothing for itself, unless it may.
    elsewhere["metadata"]["annotations"] =
        json!({"plimsoll.dev/waive": "pod/privileged until=2099-01-01 owner=me reason=\"I want to\""});
    let asked = review(&elsewhere, None);
    assert!(!validate(&gate(&waived("2099-01-01", "")), &asked).answer.is_allowed());
    let permits = waived("2099-01-01", "waivers-by-annotation: true\n");
    assert!(validate(&gate(&permits), &asked).answer.is_allowed());
}

const CLUSTER: &str = "apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}
---
apiVersion: v1
kind: Namespace
metadata: {name: loud, labels: {pod-security.kubernetes.io/warn: restricted, pod-security.kubernetes.io/audit: baseline}}
---
apiVersion: v1
kind: Pod
metadata: {name: plain, namespace: shop}
spec: {containers: [{name: c, image: c}]}
---
apiVersion: v1
kind: Pod
metadata: {name: init, namespace: shop}
spec:
  initContainers: [{name: i, image: i, securityContext: {privileged: true}}]
  containers: [{name: c, image: c}]
---
apiVersion: v1
kind: Pod
metadata: {name: pid, namespace: shop}
spec: {hostPID: true, hostNetwork: true, containers: [{name: c, image: c}]}
---
apiVersion: v1
kind: Pod
metadata: {name: windows, namespace: shop}
spec: {securityContext: {windowsOptions: {hostProcess: true}}, containers: [{name: c, image: c}]}
";

#[test]
fn pod_security_is_worded_as_in_the_api_server() {
    let gate = gate("");
    let cluster = cluster(CLUSTER);
    let outcome = judge(&gate, &review(&pod(), None), &cluster, Part::Whole);
    assert_eq!(
        denial(&outcome),
        "pods \"web\" is forbidden: violates PodSecurity \"baseline:latest\": host namespaces (hostPID=true), \
         privileged (container \"c\" must not set securityContext.privileged=true)"
    );
    assert_eq!(outcome.answer.audit_annotations, [("enforce-policy", "baseline:latest".to_owned())]);
    let mut loud = pod();
    loud["metadata"]["namespace"] = "loud".into();
    let outcome = judge(&gate, &review(&loud, None), &cluster, Part::Whole);
    assert!(outcome.answer.is_allowed());
    assert!(outcome.answer.warnings[0].starts_with("would violate PodSecurity \"restricted:latest\": "));
    // A namespace that can't be told is not one without labels.
    loud["metadata"]["namespace"] = "nowhere".into();
    let outcome = judge(&gate, &review(&loud, None), &cluster, Part::Whole);
    assert_eq!(outcome.answer.refusal.as_ref().map(|refusal| refusal.code), Some(500));
    // Both at once.
    let both = support::gate("rules: [{controls: pod/host-pid, action: enforce}]");
    let outcome = judge(&both, &review(&pod(), None), &cluster, Part::Whole);
    let message = denial(&outcome);
    assert!(message.starts_with("pods \"web\" is forbidden: ") && message.ends_with("(pod/host-pid)"));
    // Off.
    let off = support::gate("pod-security: {enabled: false}");
    assert!(judge(&off, &review(&pod(), None), &cluster, Part::Whole).answer.is_allowed());
}

#[test]
fn a_stricter_namespace_is_tried_on_its_pods() {
    let namespace = |level: &str| {
        object(&format!(
            "apiVersion: v1\nkind: Namespace\nmetadata: {{name: shop, labels: {{pod-security.kubernetes.io/enforce: {level}}}}}\n"
        ))
    };
    let (old, new) = (namespace("privileged"), namespace("baseline"));
    let outcome = judge(&gate(""), &review(&new, Some(&old)), &cluster(CLUSTER), Part::Whole);
    assert!(outcome.answer.is_allowed());
    assert_eq!(
        outcome.answer.warnings[0],
        "existing pods in namespace \"shop\" violate the new PodSecurity enforce level \"baseline:latest\""
    );
    assert_eq!(outcome.answer.warnings.len(), 4, "{:?}", outcome.answer.warnings);
    let outcome = judge(&gate(""), &review(&namespace("stern"), Some(&old)), &cluster(CLUSTER), Part::Whole);
    assert_eq!(outcome.answer.refusal.map(|refusal| refusal.code), Some(422));
}

#[test]
fn nobody_gets_a_shell_on_the_node() {
    let gate = gate(
        "{pod-security: {enabled: false}, exec: {deny: [privileged, host-pid, host-ipc], groups: [sre]}}",
    );
    let cluster = cluster(CLUSTER);
    let said = |asked: &Value| denial(&judge(&gate, asked, &cluster, Part::Whole)).to_owned();
    assert_eq!(said(&exec("shop", "plain", "exec")), "");
    assert_eq!(
        said(&exec("shop", "init", "exec")),
        "nobody may exec into pod shop/init: spec.initContainers[0].securityContext.privileged: init container \
         \"i\" is privileged; use a pod that is not part of its node"
    );
    assert!(said(&exec("shop", "windows", "attach")).starts_with("nobody may attach to pod shop/windows: "));
    let pid = said(&exec("shop", "pid", "exec"));
    assert!(pid.contains("spec.hostPID") && !pid.contains("hostNetwork"), "{pid}");
    assert_eq!(said(&exec("shop", "pid", "portforward")), "");
    let mut trusted = exec("shop", "pid", "exec");
    trusted["request"]["userInfo"]["groups"] = json!(["x", "sre"]);
    assert_eq!(said(&trusted), "");
    // Who can't be looked up is not let in, unless that is asked for.
    assert!(said(&exec("shop", "gone", "exec")).contains("pod shop/gone could not be looked up"));
    let open = support::gate("{failure: allow, exec: {deny: privileged}}");
    let outcome = judge(&open, &exec("shop", "gone", "exec"), &cluster, Part::Whole);
    assert!(outcome.answer.is_allowed() && outcome.unjudged.is_some());
}

#[test]
fn what_cannot_be_judged_fails_as_configured() {
    let rules = "rules: [{profile: all, action: enforce}]";
    for broken in [json!({}), json!({"kind": "Pod"}), json!({"apiVersion": 1, "kind": "Pod"}), Value::Null] {
        let mut asked = review(&pod(), None);
        asked["request"]["object"] = broken;
        let outcome = validate(&gate(&format!("pod-security: {{enabled: false}}\n{rules}")), &asked);
        let refusal = outcome.answer.refusal.as_ref().expect("a refusal");
        assert_eq!((refusal.code, refusal.reason), (400, "BadRequest"));
        assert!(outcome.unjudged.is_some());
        let open = gate(&format!("pod-security: {{enabled: false}}\nfailure: allow\n{rules}"));
        let outcome = validate(&open, &asked);
        assert!(outcome.answer.is_allowed() && outcome.answer.warnings.len() == 1);
    }
    // Kinds that nobody knows have nothing that controls look at.
    let unknown = object("apiVersion: example.com/v7\nkind: Widget\nmetadata: {name: w, namespace: shop}\n");
    assert!(
        validate(&gate("rules: [{profile: baseline, action: enforce}]"), &review(&unknown, None))
            .answer
            .is_allowed()
    );
}

#[test]
fn wrong_configurations_are_refused_with_all_that_is_wrong() {
    for (text, expected) in [
        ("rule: []", "admission.yaml:1:1: unknown key rule: did you mean rules?"),
        (
            "rules: [{action: enforce}]",
            "admission.yaml:1:9: a rule names a profile, or controls: this one names neither",
        ),
        (
            "rules: [{controls: pod/priviledged, action: warn}]",
            "admission.yaml:1:20: no control is called \"pod/priviledged\": did you mean pod/privileged?",
        ),
        (
            "rules: [{profile: all, action: deny}]",
            "admission.yaml:1:32: deny is none of enforce, warn, audit, ignore",
        ),
        ("failure: [deny]", "admission.yaml:1:10: failure must be text, not a list"),
        (
            "exec: {deny: [host-pids]}",
            "admission.yaml:1:15: host-pids is none of privileged, host-pid, host-ipc, host-network",
        ),
        (
            "mutate: {limits: {memory: much}}",
            "admission.yaml:1:27: memory must be a quantity such as \"100m\" or \"64Mi\"",
        ),
        ("mutate: {seccomp: maybe}", "admission.yaml:1:19: seccomp must be true or false, not text"),
        (
            "waivers: [{control: pod/privileged}]",
            "admission.yaml:1:11: owner is missing: who answers for that",
        ),
    ] {
        assert!(errors(text).contains(&expected.to_owned()), "{text}: {:?}", errors(text));
    }
    assert!(errors("").is_empty() && errors("version: 1").is_empty());
}

//! `plimsoll pss`: which Pod Security Standard workloads meet.

mod support;

use serde_json::Value as Json;
use support::{Folder, Ran};

/// A pod that restricted allows, another that baseline allows, and a Deployment that neither does.
const ESTATE: &str = "\
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/enforce: baseline}
---
apiVersion: v1
kind: Pod
metadata: {name: good, namespace: shop}
spec:
  securityContext: {runAsNonRoot: on, seccompProfile: {type: RuntimeDefault}}
  containers:
  - name: web
    image: registry.example.com/web:1.4
    securityContext: {allowPrivilegeEscalation: no, capabilities: {drop: [ALL]}}
---
apiVersion: v1
kind: Pod
metadata: {name: fair, namespace: shop}
spec:
  containers:
  - name: web
    image: registry.example.com/web:1.4
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: poor, namespace: tools}
spec:
  selector: {matchLabels: {app: poor}}
  template:
    metadata: {labels: {app: poor}}
    spec:
      hostNetwork: yes
      containers:
      - name: web
        image: registry.example.com/web:1.4
        ports: [{containerPort: 80}]
";

fn json(ran: &Ran) -> Json {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

/// Of each object its name and whether it is allowed.
fn verdicts(answer: &Json) -> Vec<(&str, Option<bool>)> {
    let objects = answer["objects"].as_array().expect("objects");
    objects
        .iter()
        .map(|object| (object["name"].as_str().expect("a name"), object["allowed"].as_bool()))
        .collect()
}

#[test]
fn levels_are_told_with_what_keeps_from_the_next() {
    let folder = Folder::with("a.yaml", ESTATE);
    let ran = folder.run(&["pss", "a.yaml"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for line in [
        "namespace shop",
        "  can carry enforce=baseline; carries enforce=baseline",
        "  restricted  Pod shop/good a.yaml:8:7",
        "  baseline    Pod shop/fair a.yaml:18:7",
        "      runAsNonRoot runAsNonRoot != true (pod or container \"web\" must set securityContext.runAsNonRoot=true)",
        "  can carry enforce=privileged; its labels were not read",
        "  privileged  Deployment tools/poor a.yaml:26:7",
        "      hostNamespaces host namespaces (hostNetwork=true)",
        "        a.yaml:33:20",
        "latest: 1 restricted, 1 baseline, 1 privileged",
    ] {
        assert!(ran.stdout.lines().any(|found| found == line), "{line}\n{}", ran.stdout);
    }
    // Templates get no host ports by default.
    assert!(!ran.stdout.contains("hostPorts"), "{}", ran.stdout);
    let answer = json(&folder.run(&["pss", "a.yaml", "--output", "json"]));
    let levels: Vec<_> =
        answer["objects"].as_array().expect("objects").iter().map(|object| &object["level"]).collect();
    assert_eq!(levels, ["restricted", "baseline", "privileged"]);
    assert_eq!(answer["namespaces"][0]["enforceable"], "baseline");
    assert_eq!(answer["namespaces"][0]["enforce"], "baseline:latest");
}

#[test]
fn a_level_lists_what_it_does_not_allow() {
    let folder = Folder::with("a.yaml", ESTATE);
    let ran =
        folder.run(&["pss", "a.yaml", "--level", "restricted", "--version", "v1.18", "--output", "json"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let answer = json(&ran);
    assert_eq!((&answer["level"], &answer["version"]), (&"restricted".into(), &"v1.18".into()));
    assert_eq!(verdicts(&answer), [("good", Some(true)), ("fair", Some(false)), ("poor", Some(false))]);
    let fair = &answer["objects"][1];
    assert_eq!(
        (&fair["apiVersion"], &fair["kind"], &fair["namespace"], &fair["file"], &fair["line"]),
        (&"v1".into(), &"Pod".into(), &"shop".into(), &"a.yaml".into(), &18.into())
    );
    // Version 1.18 knows no seccomp fields and drops no capabilities.
    let checks: Vec<_> =
        fair["checks"].as_array().expect("checks").iter().map(|check| &check["id"]).collect();
    assert_eq!(checks, ["allowPrivilegeEscalation", "runAsNonRoot"]);
    let check = &fair["checks"][1];
    assert_eq!(check["reason"], "runAsNonRoot != true");
    assert_eq!(check["detail"], "pod or container \"web\" must set securityContext.runAsNonRoot=true");
    assert_eq!(check["fields"][0]["path"], "spec.containers[0].securityContext.runAsNonRoot");
    assert_eq!(check["fields"][0]["line"], 22);
    // Nothing is denied at privileged.
    let ran = folder.run(&["pss", "a.yaml", "--level", "privileged"]);
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (0, "privileged:latest: 3 allowed, 0 not allowed\n"),
        "{ran:?}"
    );
}

#[test]
fn a_level_is_applied_as_the_api_server_would() {
    let folder = Folder::with("a.yaml", ESTATE);
    let ran = folder.run(&["pss", "a.yaml", "--apply-level", "restricted", "--apply-version", "v1.24"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    let reasons =
        "allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true, seccompProfile";
    for line in [
        "namespace/shop labeled pod-security.kubernetes.io/enforce=restricted pod-security.kubernetes.io/enforce-version=v1.24",
        "Warning: existing pods in namespace \"shop\" violate the new PodSecurity enforce level \"restricted:v1.24\"",
        &format!("Warning: fair: {reasons}"),
        "namespace/tools labeled pod-security.kubernetes.io/enforce=restricted pod-security.kubernetes.io/enforce-version=v1.24",
        "Pod shop/fair a.yaml:18:7",
        "Deployment tools/poor a.yaml:26:7",
        "restricted:v1.24: 1 denied, 1 warned of",
    ] {
        assert!(ran.stdout.lines().any(|found| found == line), "{line}\n{}", ran.stdout);
    }
    for start in [
        "Error from server (Forbidden): pods \"fair\" is forbidden: violates PodSecurity \"restricted:v1.24\": \
         allowPrivilegeEscalation != false (container \"web\" must set",
        "Warning: would violate PodSecurity \"restricted:v1.24\": host namespaces (hostNetwork=true), allow",
    ] {
        assert!(ran.stdout.lines().any(|found| found.starts_with(start)), "{start}\n{}", ran.stdout);
    }
    let answer = json(&folder.run(&["pss", "a.yaml", "--apply-level", "baseline", "--output", "json"]));
    assert_eq!(verdicts(&answer), [("good", Some(true)), ("fair", Some(true)), ("poor", Some(true))]);
    assert_eq!(answer["objects"][0]["auditAnnotations"]["enforce-policy"], "baseline:latest");
    let warning = "would violate PodSecurity \"baseline:latest\": host namespaces (hostNetwork=true)";
    assert_eq!(answer["objects"][2]["warnings"][0], warning);
    assert_eq!(folder.run(&["pss", "a.yaml", "--apply-level", "privileged"]).code, 0);
}

#[test]
fn exemptions_hold_where_a_level_is_applied() {
    let folder = Folder::with("a.yaml", ESTATE);
    let configuration = "\
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: PodSecurity
  configuration:
    apiVersion: pod-security.admission.config.k8s.io/v1
    kind: PodSecurityConfiguration
    exemptions: {namespaces: [shop]}
";
    folder.write("plugins.cfg", configuration);
    let apply = ["pss", "a.yaml", "--apply-level", "restricted", "--admission-config", "plugins.cfg"];
    let ran = folder.run(&[&apply[..], &["--output", "json"]].concat());
    let answer = json(&ran);
    assert_eq!(verdicts(&answer), [("good", Some(true)), ("fair", Some(true)), ("poor", Some(true))]);
    let warning = "namespace \"shop\" is exempt from Pod Security, and the policy (enforce=restricted:latest) will be ignored";
    assert_eq!(answer["namespaces"][0]["warnings"][0], warning);
    assert_eq!(answer["objects"][1]["auditAnnotations"]["exempt"], "namespace");
    folder.write("plugins.cfg", configuration.replace("[shop]", "[Shop]"));
    let ran = folder.run(&apply);
    assert_eq!(ran.code, 2, "{ran:?}");
    let error =
        "plugins.cfg:8:31: exemptions.namespaces[0]: Invalid value: \"Shop\": a lowercase RFC 1123 label";
    assert!(ran.stderr.contains(error), "{ran:?}");
}

#[test]
fn what_the_server_copies_on_creation_is_in_its_words() {
    let folder = Folder::with(
        "a.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  annotations:\n    \
         container.apparmor.security.beta.kubernetes.io/web: unconfined\nspec:\n  containers: [{name: web, image: a}]\n",
    );
    let stored = "annotation must not set AppArmor profile type to \"container.apparmor.security.beta.kubernetes.io/web=\"unconfined\"\"";
    let answer = json(&folder.run(&["pss", "a.yaml", "--level", "baseline", "--output", "json"]));
    assert_eq!(answer["objects"][0]["checks"][0]["detail"], stored);
    let ran = folder.run(&["pss", "a.yaml", "--apply-level", "baseline"]);
    let created = "forbidden AppArmor profiles (container \"web\" and annotation must not set AppArmor profile type \
                   to \"Unconfined\", \"container.apparmor.security.beta.kubernetes.io/web=\"unconfined\"\")";
    assert!(ran.stdout.contains(created), "{ran:?}");
}

#[test]
fn what_cannot_be_decoded_is_unknown() {
    let pod =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  hostPID: \"false\"\n  containers: []\n";
    let folder = Folder::with("a.yaml", pod);
    for level in Level::ALL {
        let ran = folder.run(&["pss", "a.yaml", "--level", level, "--output", "json"]);
        assert_eq!(ran.code, 4, "{ran:?}");
        let answer = json(&ran);
        assert_eq!(verdicts(&answer), [("web", None)]);
        assert_eq!(answer["objects"][0]["error"]["message"], "spec.hostPID must be a boolean");
        assert_eq!(answer["objects"][0]["error"]["line"], 5);
    }
    let ran = folder.run(&["pss", "a.yaml"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(
        ran.stdout.contains("can carry enforce=restricted at most: 1 of 1 couldn't be decoded"),
        "{ran:?}"
    );
    let ran = folder.run(&["pss", "a.yaml", "--apply-level", "baseline"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.stdout.contains("unknown: Pod default/web"), "{ran:?}");
    // Elsewhere in the object: the server refuses it just the same.
    folder.write(
        "a.yaml",
        pod.replace("\"false\"", "false").replace("containers:", "priority: high\n  containers:"),
    );
    assert_eq!(folder.run(&["pss", "a.yaml", "--level", "baseline"]).code, 4);
}

struct Level;

impl Level {
    const ALL: [&'static str; 3] = ["privileged", "baseline", "restricted"];
}

#[test]
fn what_cannot_be_read_is_said() {
    let folder = Folder::with("a.yaml", ESTATE);
    folder.write("b.yaml", "a: [\n");
    let ran = folder.run(&["pss", "a.yaml", "b.yaml"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(
        ran.stdout.contains("can carry enforce=baseline at most: not everything could be read"),
        "{ran:?}"
    );
    assert!(ran.stderr.contains("b.yaml:1: not read"), "{ran:?}");
    // What isn't allowed wins.
    assert_eq!(folder.run(&["pss", "a.yaml", "b.yaml", "--level", "baseline"]).code, 1);
    folder.write("c.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
    let ran = folder.run(&["pss", "c.yaml"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.stderr.contains("no pod and no pod template with a spec in c.yaml"), "{ran:?}");
}

#[test]
fn wrong_levels_and_versions_are_usage_errors() {
    let folder = Folder::with("a.yaml", ESTATE);
    for (arguments, message) in [
        (&["--level", "Baseline"][..], "invalid value 'Baseline' for '--level <LEVEL>'"),
        (&["--version", "1.30"], "must be \"latest\" or \"v1.x\""),
        (&["--version", "v1.030"], "must be \"latest\" or \"v1.x\""),
        (&["--apply-version", "v1.30"], "--apply-level"),
        (&["--level", "baseline", "--apply-level", "baseline"], "cannot be used with"),
        (&["--apply-level", "baseline", "--admission-config", "none.yaml"], "cannot read none.yaml"),
    ] {
        let ran = folder.run(&[&["pss", "a.yaml"], arguments].concat());
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.stderr.contains(message), "{message}: {ran:?}");
    }
    // A version that nobody knows yet is the newest that is known.
    assert_eq!(folder.run(&["pss", "a.yaml", "--version", "v1.99"]).code, 0);
}

#[test]
fn text_from_outside_does_not_steer_the_terminal() {
    let folder = Folder::with(
        "a.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: \"we\\eb\", namespace: \"\\e[2J\"}\nspec:\n  hostPID: true\n  containers: [{name: \"\\e[5m\", image: a, securityContext: {privileged: true}}]\n",
    );
    for arguments in [&["--color", "always"][..], &["--apply-level", "restricted"], &["--level", "baseline"]]
    {
        let ran = folder.run(&[&["pss", "a.yaml"], arguments].concat());
        assert!(!ran.stdout.contains("\u{1b}[2J") && !ran.stdout.contains("\u{1b}[5m"), "{ran:?}");
    }
}

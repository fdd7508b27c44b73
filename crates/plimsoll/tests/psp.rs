//! `plimsoll psp` on real files.

mod support;

use serde_json::Value as Json;
use support::{Folder, Ran};

/// Two policies, and who may use them: everybody the first, one service account the second.
const POLICIES: &str = "\
apiVersion: policy/v1beta1
kind: PodSecurityPolicy
metadata:
  name: restricted
  annotations:
    seccomp.security.alpha.kubernetes.io/allowedProfileNames: docker/default,runtime/default
    seccomp.security.alpha.kubernetes.io/defaultProfileName: runtime/default
spec:
  allowPrivilegeEscalation: false
  requiredDropCapabilities: [ALL]
  volumes: [configMap, emptyDir, projected, secret]
  runAsUser: {rule: MustRunAsNonRoot}
  seLinux: {rule: RunAsAny}
  supplementalGroups: {rule: RunAsAny}
  fsGroup: {rule: MustRunAs, ranges: [{min: 1, max: 65535}]}
---
apiVersion: extensions/v1beta1
kind: PodSecurityPolicy
metadata: {name: agents}
spec:
  hostNetwork: true
  hostPorts: [{min: 9100, max: 9100}]
  volumes: [hostPath, secret]
  allowedHostPaths: [{pathPrefix: /var/log, readOnly: true}]
  runAsUser: {rule: RunAsAny}
  seLinux: {rule: RunAsAny}
  supplementalGroups: {rule: RunAsAny}
  fsGroup: {rule: RunAsAny}
";

const ROLES: &str = "\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: psp-restricted}
rules: [{apiGroups: [policy], resources: [podsecuritypolicies], verbs: [use], resourceNames: [restricted]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: psp-agents}
rules: [{apiGroups: [policy], resources: [podsecuritypolicies], verbs: [use], resourceNames: [agents]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: everybody}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: psp-restricted}
subjects: [{kind: Group, name: 'system:authenticated'}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: agents, namespace: agents}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: psp-agents}
subjects: [{kind: ServiceAccount, name: agent}]
";

const WEB: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: registry.example.com/web:1}]
";

const AGENT: &str = "\
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: agents}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      serviceAccountName: agent
      hostNetwork: true
      volumes: [{name: logs, hostPath: {path: /var/log/pods}}]
      containers:
      - name: agent
        image: registry.example.com/agent:2
        ports: [{containerPort: 9100}]
        volumeMounts: [{name: logs, mountPath: /logs, readOnly: true}]
";

/// A pod that `restricted` admits as it is.
const FIT: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: fit, namespace: shop, annotations: {seccomp.security.alpha.kubernetes.io/pod: runtime/default}}
spec:
  securityContext: {fsGroup: 1, runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
  containers:
  - name: c
    image: registry.example.com/c:1
    securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
";

const PRIVILEGED: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: debug, namespace: shop}
spec:
  containers: [{name: d, image: busybox, securityContext: {privileged: true, runAsUser: 0}}]
";

fn folder(texts: &[&str]) -> Folder {
    Folder::with("all.yaml", texts.join("---\n"))
}

fn json(ran: &Ran) -> Json {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

fn survey(texts: &[&str], more: &[&str]) -> (i32, Json) {
    let ran = folder(texts).run(&[&["psp", "all.yaml", "--output", "json"], more].concat());
    (ran.code, json(&ran))
}

#[test]
fn a_pod_that_fits_is_clean() {
    let (code, survey) = survey(&[POLICIES, ROLES, FIT], &[]);
    assert_eq!(code, 0, "{survey:#}");
    let pod = &survey["pods"][0];
    assert_eq!(pod["verdict"], "admitted");
    assert_eq!(pod["policy"], "restricted");
    assert_eq!(pod["fixes"], serde_json::json!([]));
    assert_eq!(pod["level"]["written"], "restricted");
    assert_eq!(survey["labels"]["shop"]["pod-security.kubernetes.io/enforce"], "restricted");
}

#[test]
fn what_a_policy_fills_in_is_to_be_written() {
    let (code, survey) = survey(&[POLICIES, ROLES, WEB], &[]);
    assert_eq!(code, 1, "{survey:#}");
    let pod = &survey["pods"][0];
    assert_eq!(pod["verdict"], "admitted");
    let fixes: Vec<_> = pod["fixes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|fix| format!("{} {}", fix["path"].as_str().unwrap_or_default(), fix["value"]))
        .collect();
    assert_eq!(
        fixes,
        [
            "spec.template.spec.securityContext.fsGroup 1",
            "spec.template.spec.securityContext.seccompProfile {\"type\":\"RuntimeDefault\"}",
            "spec.template.spec.containers[0].securityContext.runAsNonRoot true",
            "spec.template.spec.containers[0].securityContext.capabilities {\"drop\":[\"ALL\"]}",
            "spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation false",
        ]
    );
    assert_eq!(pod["level"]["written"], "baseline");
    assert_eq!(pod["level"]["fixed"], "restricted");
    // Safe today, and told what comes.
    let labels = &survey["labels"]["shop"];
    assert_eq!(labels["pod-security.kubernetes.io/enforce"], "baseline");
    assert_eq!(labels["pod-security.kubernetes.io/warn"], "restricted");
    assert_eq!(labels["pod-security.kubernetes.io/audit-version"], "latest");
}

#[test]
fn what_runs_and_what_may_run_are_two_things() {
    let (_, survey) = survey(&[POLICIES, ROLES, WEB], &["--version", "v1.30"]);
    let policy = &survey["policies"][1];
    assert_eq!(policy["name"], "restricted");
    assert_eq!(policy["level"]["fixed"], "restricted", "what it admits");
    assert_eq!(policy["level"]["promised"], "privileged", "what it would admit");
    let gaps: Vec<_> =
        policy["gaps"]["baseline"].as_array().expect("a list").iter().map(|gap| &gap["check"]).collect();
    assert_eq!(gaps, ["appArmorProfile", "seLinuxOptions"]);
    assert_eq!(survey["namespaces"][0]["level"]["promised"], "privileged");
    assert_eq!(survey["version"], "v1.30");
}

#[test]
fn who_may_use_a_policy_decides() {
    let (_, survey) =
        survey(&[POLICIES, ROLES, AGENT, &AGENT.replace("namespace: agents", "namespace: shop")], &[]);
    let [agent, other] = [&survey["pods"][0], &survey["pods"][1]];
    assert_eq!(
        (&agent["namespace"], &agent["verdict"], &agent["policy"]),
        (&"agents".into(), &"admitted".into(), &"agents".into())
    );
    let by = agent["policies"][0]["because"].as_str().expect("a binding");
    assert_eq!(
        by,
        "RoleBinding \"agents/agents\" of ClusterRole \"psp-agents\" to ServiceAccount \"agent/agents\""
    );
    assert_eq!((&other["namespace"], &other["verdict"]), (&"shop".into(), &"denied".into()));
    let message = other["message"].as_str().expect("a message");
    assert!(message.starts_with("pods \"agent\" is forbidden: PodSecurityPolicy: unable to admit pod: [spec.securityContext.hostNetwork: Invalid value: true"), "{message}");
    assert!(!message.contains("9100-9100"), "only of what may be used");
}

#[test]
fn denied_pods_are_told_in_the_api_servers_words() {
    let folder = folder(&[POLICIES, ROLES, PRIVILEGED]);
    let ran = folder.run(&["psp", "all.yaml"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains("spec.containers[0].securityContext.privileged: Invalid value: true: Privileged containers are not allowed"), "{ran:?}");
    assert!(ran.stdout.contains("2 policies, 1 pod: 1 denied"), "{ran:?}");
}

#[test]
fn what_was_not_read_is_unknown() {
    // No binding at all.
    let (code, without) = survey(&[POLICIES, FIT], &[]);
    assert_eq!(code, 4);
    assert_eq!(without["pods"][0]["verdict"], "unknown");
    assert_eq!(without["pods"][0]["candidates"], serde_json::json!(["restricted"]));
    // A binding to a role that isn't there.
    let roles = ROLES.replace("name: psp-restricted}\nrules", "name: other}\nrules");
    let (code, missing) = survey(&[POLICIES, &roles, FIT], &[]);
    assert_eq!(code, 4, "{missing:#}");
    let why = missing["pods"][0]["message"].as_str().expect("why");
    assert!(why.contains("the role is not among what was read"), "{why}");
    // A policy that denies it whoever may use it needs no roles.
    let (code, denied) = survey(&[POLICIES, PRIVILEGED], &[]);
    assert_eq!((code, &denied["pods"][0]["verdict"]), (1, &"denied".into()));
}

#[test]
fn a_bare_pod_depends_on_who_creates_it() {
    let roles = ROLES.replace("kind: Group, name: 'system:authenticated'", "kind: Group, name: devs");
    let (code, unknown) = survey(&[POLICIES, &roles, FIT], &[]);
    assert_eq!((code, &unknown["pods"][0]["verdict"]), (4, &"unknown".into()), "{unknown:#}");
    let why = unknown["pods"][0]["message"].as_str().expect("why");
    assert!(why.contains("group devs"), "{why}");
    let (code, _) = survey(&[POLICIES, &roles, FIT], &["--as", "jane", "--as-group", "devs"]);
    assert_eq!(code, 0);
    let (code, _) = survey(&[POLICIES, &roles, FIT], &["--as", "joe"]);
    assert_eq!(code, 1);
    // A controller creates its pods itself, and is nobody else.
    let (_, web) = survey(&[POLICIES, &roles, WEB], &["--as", "jane", "--as-group", "devs"]);
    assert_eq!(web["pods"][0]["verdict"], "denied");
    let controller = ROLES.replace(
        "kind: Group, name: 'system:authenticated'",
        "kind: ServiceAccount, name: replicaset-controller, namespace: kube-system",
    );
    let (_, web) = survey(&[POLICIES, &controller, WEB], &[]);
    assert_eq!(web["pods"][0]["verdict"], "admitted");
}

#[test]
fn nothing_and_broken_input_have_their_codes() {
    assert_eq!(folder(&[FIT]).run(&["psp", "all.yaml"]).code, 3);
    assert_eq!(folder(&["kind: [\n"]).run(&["psp", "all.yaml"]).code, 4);
    let broken = POLICIES.replace("hostNetwork: true", "hostNetwork: 'true'");
    let ran = folder(&[&broken, ROLES, FIT]).run(&["psp", "all.yaml"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.stderr.contains("spec.hostNetwork must be a boolean"), "{ran:?}");
    let ran =
        folder(&[POLICIES, ROLES, &FIT.replace("fsGroup: 1", "fsGroup: one")]).run(&["psp", "all.yaml"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.stderr.contains("spec.securityContext.fsGroup must be an integer"), "{ran:?}");
    assert_eq!(folder(&[POLICIES]).run(&["psp", "all.yaml", "--output", "pdf"]).code, 2);
    assert_eq!(folder(&[POLICIES]).run(&["psp", "all.yaml", "--version", "1.30"]).code, 2);
    let unusable = POLICIES.replace("fsGroup: {rule: RunAsAny}", "fsGroup: {rule: MayRunAs}");
    let ran = folder(&[&unusable, ROLES, FIT]).run(&["psp", "all.yaml"]);
    assert!(ran.stdout.contains("passes it over: ranges must be supplied for MayRunAs"), "{ran:?}");
}

#[test]
fn a_token_without_a_place_is_noted() {
    let policies = POLICIES.replace(", projected, secret]", "]");
    let (_, noted) = survey(&[&policies, ROLES, FIT], &[]);
    let note = noted["pods"][0]["notes"][0].as_str().expect("a note");
    assert!(note.contains("automountServiceAccountToken"), "{note}");
    let without = FIT.replace("spec:\n", "spec:\n  automountServiceAccountToken: false\n");
    let (_, silent) = survey(&[&policies, ROLES, &without], &[]);
    assert_eq!(silent["pods"][0]["notes"], serde_json::json!([]));
}

#[test]
fn the_migration_is_written_whole() {
    let folder = folder(&[POLICIES, ROLES, WEB, AGENT]);
    let ran = folder.run(&["psp", "all.yaml", "--migrate", "--output", "way/out"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.is_empty(), "{ran:?}");
    let changes = folder.read("way/out/1-changes.yaml");
    assert!(changes.contains("object: \"Deployment shop/web\""), "{changes}");
    assert!(changes.contains("path: spec.template.spec.securityContext.fsGroup\n"), "{changes}");
    let namespaces = folder.read("way/out/2-namespaces.yaml");
    assert!(namespaces.contains("pod-security.kubernetes.io/enforce: privileged"), "{namespaces}");
    assert!(namespaces.contains("pod-security.kubernetes.io/enforce: baseline"), "{namespaces}");
    let policies = folder.read("way/out/3-policies.yaml");
    assert!(policies.contains("/var/log/"), "{policies}");
    // Everything reads as what it is, and the configuration is one.
    let read = folder.run(&["read", "way/out"]);
    assert_eq!(read.code, 0, "{read:?}");
    let scan = folder.run(&["scan", "all.yaml", "--config", "way/out/plimsoll.yaml"]);
    assert_ne!(scan.code, 2, "{scan:?}");

    // In one stream, all that isn't for a cluster is a comment.
    let ran = folder.run(&["psp", "all.yaml", "--migrate"]);
    folder.write("stream.yaml", &ran.stdout);
    let read = folder.run(&["read", "stream.yaml"]);
    assert_eq!(read.code, 0, "{read:?}");
    let kinds: Vec<String> = read
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Json>(line).expect("JSON")["kind"].to_string())
        .collect();
    assert_eq!(kinds.iter().filter(|kind| *kind == "\"Namespace\"").count(), 2, "{kinds:?}");
    assert_eq!(kinds.len() % 2, 0, "{kinds:?}");
    assert!(ran.stdout.contains("#   - path: spec.template.spec.securityContext.fsGroup"), "{}", ran.stdout);
}

#[test]
fn the_diff_makes_what_the_policies_made() {
    let block = "\
apiVersion: v1
kind: Pod
metadata:
  name: block # kept
  namespace: shop
spec:
  containers:
  - name: c
    image: registry.example.com/c:1
";
    let folder = folder(&[POLICIES, ROLES, WEB]);
    folder.write("more.yaml", block);
    let ran = folder.run(&["psp", "all.yaml", "more.yaml", "--diff"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains("allowPrivilegeEscalation: false"), "{}", ran.stdout);
    folder.write("changes.diff", &ran.stdout);
    let patched = std::process::Command::new("patch")
        .args(["-p1", "-i", "changes.diff"])
        .current_dir(folder.path())
        .output();
    let Ok(patched) = patched else { return plimsoll_test_support::skipped("patch is not installed") };
    assert!(patched.status.success(), "{patched:?}");
    assert!(folder.read("more.yaml").contains("name: block # kept\n"));
    let again = folder.run(&["psp", "all.yaml", "more.yaml"]);
    assert_eq!(again.code, 0, "{again:?}");
    assert!(again.stdout.contains("0 to be changed"), "{again:?}");
}

#[test]
fn names_from_outside_stay_names() {
    let evil = WEB.replace("namespace: shop", "namespace: \"shop\\n---\\nkind: Evil\"");
    let folder = folder(&[POLICIES, ROLES, &evil]);
    for more in [&[][..], &["--migrate"]] {
        let ran = folder.run(&[&["psp", "all.yaml"], more].concat());
        assert!(!ran.stdout.contains("\nkind: Evil"), "{}", ran.stdout);
    }
}

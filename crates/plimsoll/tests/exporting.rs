//! `plimsoll export vap`.

mod support;

use support::Folder;

#[test]
fn a_level_is_one_policy_and_its_bindings() {
    let folder = Folder::new();
    let ran = folder.run(&["export", "vap", "--level", "restricted", "--version", "v1.30"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran:?}");
    assert_eq!(ran.stdout.matches("kind: ValidatingAdmissionPolicy\n").count(), 1);
    assert_eq!(ran.stdout.matches("kind: ValidatingAdmissionPolicyBinding\n").count(), 2);
    for line in [
        "  name: plimsoll-pod-security-restricted-v1-30-pods",
        "  validationActions: [Deny]",
        "  validationActions: [Warn, Audit]",
        "        - \"kube-system\"",
    ] {
        assert!(ran.stdout.lines().any(|other| other == line), "{line}\n{}", ran.stdout);
    }
    assert!(!ran.stdout.contains("livenessProbe"), "probes came with 1.34");
    let again = folder.run(&["export", "vap", "--level", "restricted", "--version", "v1.30"]);
    assert_eq!(again.stdout, ran.stdout);
}

/// What comes out is what goes in: the program reads its own policies.
#[test]
fn policies_are_manifests() {
    let folder = Folder::new();
    let ran = folder.run(&["export", "vap", "--profile", "baseline"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    folder.write("policies.yaml", &ran.stdout);
    let scan = ["scan", "policies.yaml", "--select", "manifest/*,admission/*"];
    let style = ["--ignore", "manifest/unsorted-keys,manifest/recommended-labels,manifest/owner-label"];
    let scanned = folder.run(&[&scan[..], &style].concat());
    assert_eq!(scanned.code, 0, "{scanned:?}");
}

#[test]
fn what_is_not_exact_is_listed() {
    let folder = Folder::new();
    let choice = ["export", "vap", "--select", "pod/privileged,network/pod-without-policy"];
    let ran = folder.run(&choice);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.stderr.contains("network/pod-without-policy is not exported: it depends on other objects"));
    assert!(ran.stdout.contains("# - network/pod-without-policy: it depends on other objects"));
    assert!(ran.stdout.contains("name: plimsoll-pod-privileged\n"));

    let listed = folder.run(&[&choice[..], &["--list"]].concat());
    assert_eq!((listed.code, listed.stderr.as_str()), (4, ""), "{listed:?}");
    assert!(listed.stdout.starts_with("exported  plimsoll-pod-privileged\nleft out  network/"), "{listed:?}");

    let json = folder.run(&[&choice[..], &["--output", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(json["exported"][0]["for"], "pod/privileged");
    assert_eq!(json["left_out"][0]["control"], "network/pod-without-policy");
}

#[test]
fn registries_are_constants_of_the_policy() {
    let folder = Folder::new();
    let choice = ["export", "vap", "--select", "image/registry-not-allowed"];
    let without = folder.run(&choice);
    assert_eq!(without.code, 4, "{without:?}");
    assert!(without.stderr.contains("without its parameter"), "{without:?}");
    folder.write("plimsoll.yaml", "parameters:\n  allowed-registries: [registry.example.com]\n");
    let with = folder.run(&choice);
    assert_eq!((with.code, with.stderr.as_str()), (0, ""), "{with:?}");
    assert!(with.stdout.contains(r#""^(?i:registry\\.example\\.com)/""#), "{}", with.stdout);
}

#[test]
fn scope_and_namespaces_are_chosen() {
    let folder = Folder::new();
    let ran = folder.run(&[
        "export",
        "vap",
        "--select",
        "pod/privileged",
        "--scope",
        "pods",
        "--action",
        "audit,warn",
        "--exclude-namespace",
        "",
        "--namespace-selector",
        "team in (web,shop),!legacy",
        "--failure-policy",
        "ignore",
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(!ran.stdout.contains("deployments") && !ran.stdout.contains("kube-system"), "{}", ran.stdout);
    for text in ["validationActions: [Warn, Audit]", "operator: DoesNotExist", "failurePolicy: Ignore"] {
        assert!(ran.stdout.contains(text), "{text}\n{}", ran.stdout);
    }
}

#[test]
fn wrong_usage_is_said() {
    let folder = Folder::new();
    for (arguments, words) in [
        (&["--level", "privileged"][..], "admits everything"),
        (&["--level", "strict"], "must be one of privileged, baseline, restricted"),
        (&["--level", "baseline", "--version", "1.30"], "must be \"latest\" or \"v1.x\""),
        (&["--level", "baseline", "--select", "pod/privileged"], "cannot be used with"),
        (&["--select", "pod/privilege"], "did you mean"),
        (&["--level", "baseline", "--action", "deny,warn"], "deny and warn don't go together"),
        (&["--level", "baseline", "--exclude-namespace", "Kube"], "no name of a namespace"),
        (&["--level", "baseline", "--namespace-selector", "a of (b)"], "no condition on labels"),
    ] {
        let ran = folder.run(&[&["export", "vap"], arguments].concat());
        assert_eq!(ran.code, 2, "{arguments:?} {ran:?}");
        assert!(ran.stderr.contains(words) && ran.stdout.is_empty(), "{arguments:?} {ran:?}");
    }
}

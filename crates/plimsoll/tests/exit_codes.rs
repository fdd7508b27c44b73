//! The exit codes are a contract: 0 clean, 1 findings, 2 usage, 3 nothing to check, 4 incomplete.

mod support;

use support::{Folder, PRIVILEGED};

const CLEAN: &str = "\
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {level: info}
";

#[test]
fn clean_is_0() {
    let folder = Folder::with("a.yaml", CLEAN);
    let ran = folder.run(&["scan", "."]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stdout.contains("Passed"), "{ran:?}");
}

#[test]
fn findings_are_1_from_the_threshold_on() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    assert_eq!(folder.run(&["scan", "a.yaml"]).code, 1);
    let only_low = ["scan", "a.yaml", "--select", "resources/cpu-request"];
    assert_eq!(folder.run(&only_low).code, 1);
    assert_eq!(folder.run(&[&only_low[..], &["--fail-on", "medium"]].concat()).code, 0);
    assert_eq!(folder.run(&[&only_low[..], &["--fail-on", "low"]].concat()).code, 1);
    let ran = folder.run(&[&only_low[..], &["--severity", "high"]].concat());
    assert_eq!(ran.code, 0, "it isn't shown");
    assert!(ran.stdout.contains("; nothing below high was looked for"), "{ran:?}");
    let (_, json) = folder.json(&["a.yaml", "--severity", "high"]);
    assert_eq!(json["least"], "high", "{json}");
}

#[test]
fn no_control_checks_nothing() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    let ran = folder.run(&["scan", "a.yaml", "--select", "pod/privileged", "--ignore", "pod/*"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(
        ran.stdout.contains("Nothing to check") && ran.stderr.contains("no control was chosen"),
        "{ran:?}"
    );
}

#[test]
fn usage_is_2_and_says_what_to_do() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    folder.write("plimsoll.yml", "profle: all\n");
    for (arguments, said) in [
        (&["scan"][..], "PATH"),
        (&["scan", "--no-config", "missing.yaml"], "missing.yaml"),
        (&["scan", "--no-config", "a.yaml", "--select", "pod/privileges"], "pod/privileged"),
        (&["scan", "--no-config", "a.yaml", "--profile", "strict"], "strict"),
        (&["scan", "--no-config", "a.yaml", "--severity", "huge"], "huge"),
        (&["scan", "--no-config", "a.yaml", "--output", "pdf"], "pdf"),
        (&["scan", "--no-config", "a.yaml", "--output", "json", "--output", "sarif"], "standard output"),
        (&["scan", "--no-config", "a.yaml", "--output", "json=no/such/folder.json"], "no/such/folder.json"),
        (&["scan", "--no-config", "a.yaml", "--baseline", "none.json"], "none.json"),
        (&["scan", "--no-config", "a.yaml", "--framework", "iso"], "iso"),
        (&["scan", "--config", "none.yaml", "a.yaml"], "none.yaml"),
        (&["scan", "a.yaml"], "plimsoll.yml:1:1"),
        (&["explain", "pod/privleged"], "pod/privileged"),
        (&["frobnicate"], "frobnicate"),
    ] {
        let ran = folder.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {ran:?}");
        assert!(ran.stderr.contains(said), "{arguments:?}: {ran:?}");
        assert!(ran.stdout.is_empty(), "{arguments:?}: {ran:?}");
        assert!(!ran.stderr.contains("panicked"), "{ran:?}");
    }
}

#[test]
fn nothing_to_check_is_3() {
    let folder = Folder::with("notes.yaml", "hello: world\n");
    folder.write("empty/README", "no manifests");
    for path in ["notes.yaml", "empty"] {
        let ran = folder.run(&["scan", path]);
        assert_eq!(ran.code, 3, "{ran:?}");
        assert!(ran.stderr.contains("nothing to check"), "{ran:?}");
    }
    folder.write("void.yaml", "");
    assert_eq!(folder.run(&["scan", "void.yaml"]).code, 3);
    assert_eq!(folder.run(&["read", "empty"]).code, 3);
}

#[test]
fn incomplete_is_4_and_findings_win_over_it() {
    let folder = Folder::with("a.yaml", CLEAN);
    folder.write("broken.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: [}\n");
    let ran = folder.run(&["scan", "."]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.stdout.contains("broken.yaml:"), "{ran:?}");

    folder.write("b.yaml", PRIVILEGED);
    let ran = folder.run(&["scan", "."]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.stdout.contains("not covered") && ran.stdout.contains("broken.yaml:"),
        "both are said: {ran:?}"
    );
}

#[test]
fn an_object_that_cannot_be_read_is_incomplete() {
    for text in [
        "apiVersion: v1\nkind: 5\nmetadata: {name: a}\n",
        "kind: Pod\nmetadata: {name: a}\nspec: {}\n",
        "apiVersion: v1\nmetadata: {name: a}\n",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n",
    ] {
        let folder = Folder::with("a.yaml", text);
        let (code, json) = folder.json(&["a.yaml"]);
        assert_eq!(code, 4, "{text}");
        let gaps = json["coverage"]["incomplete"].as_array().expect("a list");
        assert_eq!(gaps.len(), 1, "{text}: {gaps:?}");
        assert_eq!(gaps[0]["file"], "a.yaml");
        assert!(gaps[0]["line"].is_number(), "{gaps:?}");
    }
}

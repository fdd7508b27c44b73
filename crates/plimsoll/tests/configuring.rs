//! `plimsoll.yaml`: what it says holds, and what it says wrong is said back.

mod support;

use support::{Folder, PRIVILEGED};

#[test]
fn every_error_has_its_place() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    folder.write("plimsoll.yaml", "profile: strict\nignore:\n- pod/privilegd\nseverty: low\n");
    let ran = folder.run(&["scan", "a.yaml"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stdout.is_empty(), "{ran:?}");
    for said in
        ["plimsoll.yaml:1:10: ", "plimsoll.yaml:3:3: ", "plimsoll.yaml:4:1: ", "did you mean severity?"]
    {
        assert!(ran.stderr.contains(said), "{said}: {ran:?}");
    }
    assert_eq!(ran.stderr.matches("error:").count(), 1, "{ran:?}");

    folder.write("plimsoll.yaml", "ignore: [\n");
    let ran = folder.run(&["scan", "a.yaml"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stderr.starts_with("error: plimsoll.yaml:"), "{ran:?}");
    assert_eq!(folder.run(&["fix", "a.yaml"]).code, 2, "every verb that judges reads it");
    assert_eq!(folder.run(&["scan", "a.yaml", "--no-config"]).code, 1);
}

#[test]
fn one_can_be_named() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    folder.write("other/own.yaml", "select: pod/host-pid\n");
    assert_eq!(folder.run(&["scan", "a.yaml", "--config", "other/own.yaml"]).code, 0);
    let both = folder.run(&["scan", "a.yaml", "--config", "other/own.yaml", "--no-config"]);
    assert_eq!(both.code, 2, "{both:?}");
}

#[test]
fn it_chooses_excludes_waives_and_sets_the_threshold() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    let select = "select: pod/privileged\n";
    folder.write("plimsoll.yaml", format!("{select}exclude: a.yaml\n"));
    assert_eq!(folder.run(&["scan", "."]).code, 3);
    folder.write("plimsoll.yaml", format!("{select}severities: {{pod/privileged: low}}\nfail-on: medium\n"));
    let (code, json) = folder.json(&["."]);
    assert_eq!((code, &json["findings"][0]["severity"]), (0, &"low".into()), "{json}");
    assert_eq!(folder.run(&["scan", ".", "--fail-on", "low"]).code, 1, "the command line wins");

    let waiver = "waivers:\n- {control: pod/privileged, reason: agent, owner: ops, until: 9999-12-31}\n";
    folder.write("plimsoll.yaml", format!("{select}{waiver}"));
    let (code, json) = folder.json(&["."]);
    assert_eq!((code, &json["findings"][0]["waived"]["reason"]), (0, &"agent".into()), "{json}");
    folder.write("plimsoll.yaml", format!("{select}{}", waiver.replace("9999", "2001")));
    let (code, json) = folder.json(&["."]);
    assert_eq!((code, &json["notices"][0]["kind"]), (1, &"waiver-expired".into()), "{json}");
}

#[test]
fn an_annotation_waives_only_where_that_is_permitted() {
    let annotated = PRIVILEGED.replace(
        "  namespace: shop\n",
        "  namespace: shop\n  annotations:\n    plimsoll.dev/waive: pod/privileged until=9999-12-31 owner=a reason=b\n",
    );
    let folder = Folder::with("a.yaml", annotated);
    let (code, json) = folder.json(&[".", "--select", "pod/privileged"]);
    assert_eq!((code, &json["notices"][0]["kind"]), (1, &"waiver-invalid".into()), "{json}");
    folder.write("plimsoll.yaml", "waivers-by-annotation: true\n");
    assert_eq!(folder.run(&["scan", ".", "--select", "pod/privileged"]).code, 0);
}

#[test]
fn a_baseline_is_not_pruned_by_half() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    folder.run(&["baseline", "create", ".", "--baseline", "known.json"]);
    let before = folder.read("known.json");
    folder.write("a.yaml", "apiVersion: v1\nkind: [\n");
    let ran = folder.run(&["baseline", "prune", ".", "--baseline", "known.json"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.stderr.contains("nothing is pruned"), "{ran:?}");
    assert_eq!(folder.read("known.json"), before);
}

#[test]
fn a_folder_is_no_configuration() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    let ran = folder.run(&["scan", "a.yaml", "--config", "."]);
    assert!(ran.stderr.contains("cannot read the configuration .: "), "{ran:?}");
}

#[test]
fn the_folder_itself_can_be_excluded() {
    let folder = Folder::with("k8s/a.yaml", PRIVILEGED);
    assert_eq!(folder.run(&["scan", ".", "--exclude", "."]).code, 3);
    assert_eq!(folder.run(&["scan", ".", "--exclude", ""]).code, 2);
    folder.write("plimsoll.yaml", "exclude: .\n");
    assert_eq!(folder.run(&["scan", "."]).code, 3);
    folder.write(
        "plimsoll.yaml",
        "paths: [{match: other/../k8s/., ignore: \"pod/*\"}]\nselect: pod/privileged\n",
    );
    assert_eq!(folder.run(&["scan", "."]).code, 0);
}

//! Findings that are accepted: waivers, configuration, baselines.

mod support;

use support::{Folder, PRIVILEGED};

fn waived(until: &str) -> String {
    let waiver = format!(
        "      # plimsoll: waive pod/privileged until={until} owner=platform reason=\"loads the driver\"\n      privileged"
    );
    PRIVILEGED.replace("      privileged", &waiver)
}

#[test]
fn a_waiver_lets_a_finding_go_until_its_day() {
    let folder = Folder::with("a.yaml", waived("9999-12-31"));
    let (code, json) = folder.json(&["a.yaml", "--select", "pod/privileged"]);
    assert_eq!(code, 0, "{json}");
    let waived = &json["findings"][0]["waived"];
    assert_eq!(waived["reason"], "loads the driver");
    assert_eq!(waived["owner"], "platform");
    assert_eq!(waived["expiry"].as_str(), Some("9999-12-31"));
    assert_eq!(waived["place"], "a.yaml:11");
}

#[test]
fn an_expired_waiver_counts_no_more_and_is_said() {
    let folder = Folder::with("a.yaml", waived_until_yesterday());
    let (code, json) = folder.json(&["a.yaml", "--select", "pod/privileged"]);
    assert_eq!(code, 1, "{json}");
    assert_eq!(json["notices"][0]["kind"], "waiver-expired", "{json}");
}

fn waived_until_yesterday() -> String {
    waived("2001-01-01")
}

#[test]
fn an_unused_waiver_and_one_without_reason_are_said() {
    let unused = PRIVILEGED
        .replace("yes", "false # plimsoll: waive pod/privileged until=9999-12-31 owner=a reason=\"b\"");
    let folder = Folder::with("a.yaml", unused);
    let (_, json) = folder.json(&["a.yaml", "--select", "pod/privileged"]);
    assert_eq!(json["notices"][0]["kind"], "waiver-unused", "{json}");

    let folder = Folder::with("a.yaml", PRIVILEGED.replace("yes", "yes # plimsoll: waive pod/privileged"));
    let (code, json) = folder.json(&["a.yaml", "--select", "pod/privileged"]);
    assert_eq!(code, 1, "{json}");
    assert_eq!(json["notices"][0]["kind"], "waiver-invalid", "{json}");
}

#[test]
fn the_configuration_is_found_upwards() {
    let folder = Folder::with("deep/er/a.yaml", PRIVILEGED);
    folder.write("plimsoll.yaml", "ignore: [pod/privileged]\nprofile: baseline\n");
    let mut command = folder.command(&["scan", "a.yaml", "--output", "json"]);
    let output = command.current_dir(folder.path().join("deep/er")).output().expect("it starts");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let mut command = folder.command(&["scan", "a.yaml", "--no-config", "--profile", "baseline"]);
    let output = command.current_dir(folder.path().join("deep/er")).output().expect("it starts");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
}

#[test]
fn a_baseline_fails_on_new_findings_alone_and_is_pruned_only() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    let create = folder.run(&["baseline", "create", ".", "--baseline", "known.json"]);
    assert_eq!(create.code, 0, "{create:?}");
    let scan = ["scan", ".", "--baseline", "known.json"];
    assert_eq!(folder.run(&scan).code, 0);

    // Moved and reformatted: still known.
    folder.write(
        "a.yaml",
        format!("# moved\n\n{}", PRIVILEGED.replace("privileged: yes", "privileged:   true")),
    );
    assert_eq!(folder.run(&scan).code, 0, "{:?}", folder.run(&scan));

    folder.write("b.yaml", PRIVILEGED.replace("name: web", "name: other"));
    assert_eq!(folder.run(&scan).code, 1, "a new object");

    // Prune drops what was mended and never adds what is new.
    folder.write("a.yaml", PRIVILEGED.replace("privileged: yes", "privileged: false"));
    let before = folder.read("known.json");
    let prune = folder.run(&["baseline", "prune", ".", "--baseline", "known.json"]);
    assert_eq!(prune.code, 0, "{prune:?}");
    let after = folder.read("known.json");
    assert!(before.contains("pod/privileged") && !after.contains("pod/privileged"), "{after}");
    assert!(!after.contains("other"), "{after}");
    assert_eq!(folder.run(&scan).code, 1);
}

#[test]
fn pruning_keeps_what_is_left_out_where_it_stands() {
    let folder = Folder::with("a/a.yaml", PRIVILEGED);
    folder.write("b/b.yaml", PRIVILEGED.replace("name: web", "name: other"));
    let arguments = [".", "--baseline", "known.json"];
    folder.run(&[&["baseline", "create", "--select", "pod/privileged"], &arguments[..]].concat());
    for settings in ["ignore: pod/privileged", "severities: {pod/privileged: low}"] {
        folder.write("plimsoll.yaml", format!("severity: high\npaths:\n- match: a\n  {settings}\n"));
        let prune = folder.run(&[&["baseline", "prune"], &arguments[..]].concat());
        assert_eq!(folder.read("known.json").matches("pod/privileged").count(), 2, "{prune:?}");
        let told = "known.json: 2 known, 0 dropped, 1 kept since their control did not run there";
        assert!(prune.stderr.contains(told), "{prune:?}");
    }
}

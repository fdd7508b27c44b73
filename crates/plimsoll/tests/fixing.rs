//! `plimsoll fix`: what it shows, what it writes, and what it leaves alone.

mod support;

use support::{Folder, PRIVILEGED};

#[test]
fn it_shows_by_default_and_writes_when_told() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    let shown = folder.run(&["fix", "a.yaml", "--unsafe", "--select", "pod/privileged"]);
    assert_eq!(shown.code, 0, "{shown:?}");
    assert!(shown.stdout.contains("-      privileged: yes\n+      privileged: false\n"), "{shown:?}");
    assert_eq!(folder.read("a.yaml"), PRIVILEGED, "nothing is written");

    let written = folder.run(&["fix", "a.yaml", "--unsafe", "--select", "pod/privileged", "--write"]);
    assert_eq!(written.code, 0, "{written:?}");
    assert_eq!(folder.read("a.yaml"), PRIVILEGED.replace("yes", "false"), "every other byte stays");

    let again = folder.run(&["fix", "a.yaml", "--unsafe", "--select", "pod/privileged", "--write"]);
    assert_eq!(again.code, 0, "{again:?}");
    assert!(again.stderr.contains("nothing to fix"), "{again:?}");
}

#[test]
fn what_can_change_behaviour_needs_a_word() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    let arguments = ["fix", "a.yaml", "--select", "pod/read-only-root-filesystem", "--write"];
    let safe = folder.run(&arguments);
    assert!(safe.stderr.contains("--unsafe"), "{safe:?}");
    assert_eq!(folder.read("a.yaml"), PRIVILEGED);
    folder.run(&[&arguments[..], &["--unsafe"]].concat());
    assert!(folder.read("a.yaml").contains("readOnlyRootFilesystem: true"));
}

#[test]
fn a_pod_that_leaves_the_host_s_network_searches_the_cluster_s_dns() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostNetwork: true\n  containers:\n  - name: a\n    image: r.io/a:1\n";
    let folder = Folder::with("a.yaml", pod);
    let ran = folder.run(&["fix", "a.yaml", "--unsafe", "--profile", "all", "--write"]);
    let text = folder.read("a.yaml");
    assert!(!text.contains("hostNetwork: true") && text.contains("ndots"), "{ran:?}\n{text}");
}

#[test]
fn line_endings_stay() {
    let folder = Folder::with("a.yaml", PRIVILEGED.replace('\n', "\r\n"));
    folder.run(&["fix", "a.yaml", "--write", "--unsafe", "--select", "pod/privileged"]);
    assert_eq!(folder.read("a.yaml"), PRIVILEGED.replace("yes", "false").replace('\n', "\r\n"));
}

#[test]
fn a_broken_neighbour_stays_as_it_is() {
    let text = format!("{PRIVILEGED}---\nbroken: [\n");
    let folder = Folder::with("a.yaml", &text);
    let ran = folder.run(&["fix", "a.yaml", "--unsafe", "--select", "pod/privileged", "--write"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.stderr.contains("not covered"), "{ran:?}");
    assert_eq!(folder.read("a.yaml"), text.replace("yes", "false"));
}

#[test]
fn waived_findings_are_not_fixed() {
    let waived = PRIVILEGED
        .replace("yes", "yes # plimsoll: waive pod/privileged until=9999-12-31 owner=a reason=\"b\"");
    let folder = Folder::with("a.yaml", &waived);
    folder.run(&["fix", "a.yaml", "--unsafe", "--select", "pod/privileged", "--write"]);
    assert_eq!(folder.read("a.yaml"), waived);
}

const BARE: &str =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - {name: a, image: b}\n";

#[test]
fn a_field_that_the_cluster_lacks_is_not_written() {
    let folder = Folder::with("a.yaml", BARE);
    let arguments = ["fix", "a.yaml", "--unsafe", "--select", "pod/host-users", "--kubernetes-version"];
    for settings in ["", "ignore: manifest/*", "paths: [{match: a.yaml, ignore: manifest/*}]"] {
        folder.write("plimsoll.yaml", settings);
        let old = folder.run(&[&arguments[..], &["1.18"]].concat());
        assert_eq!(old.stdout, "", "{old:?}");
    }
    let new = folder.run(&[&arguments[..], &["1.33"]].concat());
    assert!(new.stdout.contains("+  hostUsers: false"), "{new:?}");
}

#[test]
fn a_new_key_that_stands_last_is_written() {
    let folder = Folder::with(
        "a.yaml",
        "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default, namespace: a}\n",
    );
    let ran = folder.run(&["fix", "a.yaml", "--unsafe", "--profile", "all"]);
    assert!(ran.stdout.contains("+automountServiceAccountToken: false"), "{ran:?}");
}

#[test]
fn a_value_that_is_shared_is_said_to_be() {
    let folder = Folder::with(
        "a.yaml",
        BARE.replace("- {name: a", "- &c {securityContext: {privileged: true}, name: a")
            .replace("b}\n", "b}\n  - {<<: *c, name: b}\n"),
    );
    let ran = folder.run(&["fix", "a.yaml", "--select", "pod/privileged"]);
    let reason = "is not fixed: its value comes through an alias or a merge key: change it where it stands";
    assert!(ran.stderr.contains(reason), "{ran:?}");
    assert!(!ran.stderr.contains("no mechanical fix"), "{ran:?}");
}

#[test]
fn all_stands_for_each() {
    let folder = Folder::with("a.yaml", BARE);
    let select = ["--select", "pod/capabilities-drop-all", "--select", "pod/net-raw-not-dropped"];
    folder.run(&[&["fix", "a.yaml", "--unsafe", "--write"], &select[..]].concat());
    let text = folder.read("a.yaml");
    assert!(text.contains("drop: [ALL]"), "{text}");
}

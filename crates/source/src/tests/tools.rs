//! How programs that render are run, and what comes of those that misbehave.
#![cfg(unix)]

use super::*;

fn chart(script: &str) -> Estate {
    let mut estate = Estate::new(&[("shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n")]);
    estate.program("helm", script);
    estate
}

#[test]
fn a_failure_is_told_by_its_first_useful_line() {
    for (script, reason) in [
        ("echo 'WARNING: x' >&2; echo 'Error: no luck' >&2; echo more >&2; exit 1", "helm failed: no luck"),
        ("echo 'plain words' >&2; exit 3", "helm failed: plain words"),
        ("exit 3", "helm failed with exit status: 3 and said nothing"),
        ("kill -9 $$", "helm failed with signal: 9"),
        ("printf 'Error: \\033[31mred\\n' >&2; exit 1", "helm failed: [31mred"),
        (
            "echo 'Error: cannot unmarshal !!str `hunter2` into bool' >&2; exit 1",
            "helm failed: cannot unmarshal !!str `…` into bool",
        ),
        (
            r#"echo 'E1121 11:56:20.832994   20104 run.go:72] "command failed" err="no \"x\" here"' >&2; exit 1"#,
            "helm failed: no \"x\" here",
        ),
        ("echo 'E1121 11:56:20.832994   20104 run.go:72] lost' >&2; exit 1", "helm failed: lost"),
        ("echo 'Exit [1] now' >&2; exit 1", "helm failed: Exit [1] now"),
        // What it wrote doesn't count then.
        ("echo 'kind: Pod'; exit 1", "helm failed with exit status: 1"),
    ] {
        let loaded = chart(script).load(&["."]);
        assert_incomplete(&loaded, &format!("shop: {reason}"));
        assert!(loaded.documents.is_empty());
    }
}

#[test]
fn a_program_that_does_not_end_is_ended() {
    for script in
        ["exec /bin/sleep 1000", "/bin/sleep 1000", "exec >&-; exec /bin/sleep 1000", "while :; do :; done"]
    {
        let mut estate = chart(script);
        estate.time = Duration::from_millis(300);
        assert_incomplete(&estate.load(&["."]), "shop: helm did not finish in 0.3 seconds");
    }
}

#[test]
fn a_child_that_lives_on_is_not_waited_for() {
    // The output is whole only when the last one that could write to it is gone.
    let mut estate = chart("/bin/sleep 1000 & echo 'kind: Pod'");
    estate.time = Duration::from_millis(300);
    assert_incomplete(&estate.load(&["."]), "shop: helm did not finish");
}

#[test]
fn output_is_bounded() {
    let mut estate = chart("while echo 'a: b'; do :; done");
    estate.request.limits.bytes = 10_000;
    assert_incomplete(&estate.load(&["."]), "shop: helm wrote more than 10000 bytes");
    let mut estate = chart(
        "i=0; while [ $i -lt 3000 ]; do echo 'Error: a long story, told again and again' >&2; i=$((i+1)); done; echo 'kind: Pod'",
    );
    estate.request.limits.bytes = 1000;
    // Complaints beyond what is kept hold nothing up.
    let loaded = estate.load(&["."]);
    assert_complete(&loaded);
    assert_eq!(loaded.documents.len(), 1);
}

#[test]
fn the_environment_is_kept_away() {
    let estate = chart(
        "echo \"home: $HOME\"; echo \"path: $PATH\"; echo \"user: '$USER'\"; echo \"config: $HELM_CONFIG_HOME\"; echo \"cluster: $KUBECONFIG\"",
    );
    let loaded = estate.load(&["."]);
    let root = loaded.documents[0].root();
    for (name, value) in [
        ("home", "/nonexistent"),
        ("path", "/nonexistent"),
        ("user", ""),
        ("config", "/nonexistent"),
        ("cluster", "/nonexistent"),
    ] {
        assert_eq!(root.get(name).and_then(|found| found.as_str()), Some(value), "{name}");
    }
}

#[test]
fn no_shell_reads_the_name_of_a_directory() {
    let mut estate =
        Estate::new(&[("a; exit 9 $(x) `y`/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n")]);
    estate.program("helm", "echo \"directory: '$3'\"");
    let loaded = estate.load(&["."]);
    assert_complete(&loaded);
    assert_eq!(files(&loaded), ["a; exit 9 $(x) `y` (helm)"]);
}

#[test]
fn programs_are_not_taken_from_relative_directories() {
    let mut estate = chart("echo 'kind: Pod'");
    assert_complete(&estate.load(&["."]));
    for search_path in ["bin", ".", ""] {
        estate.search_path = search_path.into();
        assert_incomplete(
            &estate.load(&["."]),
            "shop: a Helm chart that was not rendered: helm is not installed",
        );
    }
}

#[test]
fn what_cannot_be_run_is_not_a_program() {
    use std::os::unix::fs::PermissionsExt;
    let estate = chart("echo 'kind: Pod'");
    fs::set_permissions(estate.at("bin/helm"), fs::Permissions::from_mode(0o644)).unwrap();
    assert_incomplete(
        &estate.load(&["shop"]),
        "shop: a Helm chart that was not rendered: helm is not installed",
    );
    fs::set_permissions(estate.at("bin/helm"), fs::Permissions::from_mode(0o755)).unwrap();
    estate.write("bin/helm", "not a program");
    let loaded = estate.load(&["shop"]);
    assert_incomplete(&loaded, "shop: helm ");
}

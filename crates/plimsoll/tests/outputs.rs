//! Where output goes, how it looks, and that it is always the same.

mod support;

use support::{Folder, PRIVILEGED, Ran};

#[test]
fn several_reports_in_one_run() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    let formats = ["json", "sarif", "junit", "gitlab", "github", "markdown", "html"];
    let outputs: Vec<String> = formats.iter().map(|format| format!("{format}=out.{format}")).collect();
    let mut arguments = vec!["scan", "a.yaml", "--output", "terminal"];
    arguments.extend(outputs.iter().flat_map(|output| ["--output", output.as_str()]));
    let ran = folder.run(&arguments);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains("pod/privileged"), "{ran:?}");
    for format in formats {
        assert!(folder.read(&format!("out.{format}")).contains("privileged"), "{format}");
    }
}

#[test]
fn the_same_bytes_every_time() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    for index in 0..40 {
        folder.write(&format!("more/{index}.yaml"), PRIVILEGED.replace("web", &format!("web-{index}")));
    }
    for format in ["terminal", "json", "sarif", "html"] {
        let arguments = ["scan", ".", "--profile", "all", "--output", format];
        let first = folder.run(&arguments).stdout;
        assert_eq!(first, folder.run(&arguments).stdout, "{format}");
        let one = folder.command(&arguments).env("RAYON_NUM_THREADS", "1").output().expect("it starts");
        assert_eq!(first, Ran::new(one).stdout, "{format} on one thread");
    }
}

#[test]
fn colours_follow_the_flag_and_the_environment() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    let has_color = |flags: &[&str], variables: &[(&str, &str)]| {
        let arguments = [&["scan", "a.yaml"], flags].concat();
        let output = folder.command(&arguments).envs(variables.iter().copied()).output().expect("it starts");
        Ran::new(output).stdout.contains('\u{1b}')
    };
    assert!(!has_color(&[], &[]), "no terminal, no colour");
    assert!(has_color(&[], &[("FORCE_COLOR", "1")]));
    assert!(!has_color(&[], &[("FORCE_COLOR", "1"), ("NO_COLOR", "1")]));
    assert!(has_color(&["--color", "always"], &[("NO_COLOR", "1")]), "the flag was said last");
    assert!(!has_color(&["--color", "never"], &[("FORCE_COLOR", "1")]));
}

#[test]
fn standard_input_has_a_name() {
    let folder = Folder::new();
    let ran = folder.pipe(&["scan", "-", "--output", "json", "--select", "CKV_K8S_16"], PRIVILEGED);
    assert_eq!(ran.code, 1, "{ran:?}");
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!(json["findings"][0]["location"]["file"], "<stdin>");
    assert_eq!(json["findings"][0]["location"]["line"], 11);
}

#[test]
fn the_json_has_the_names_that_it_promises() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    let (_, json) = folder.json(&["a.yaml", "--select", "pod/privileged"]);
    assert_eq!(json["version"], 1);
    let finding = &json["findings"][0];
    assert_eq!(finding["control"], "pod/privileged");
    assert_eq!(finding["severity"], "critical");
    assert_eq!(finding["object"]["kind"], "Pod");
    assert_eq!(finding["object"]["namespace"], "shop");
    assert_eq!(finding["container"], "web");
    assert_eq!(finding["path"], "spec.containers[0].securityContext.privileged");
    assert_eq!(finding["fix"], "unsafe");
    assert!(finding["waived"].is_null());
    let location = &finding["location"];
    assert_eq!((location["line"].as_u64(), location["column"].as_u64()), (Some(11), Some(19)));
    assert_eq!((location["endLine"].as_u64(), location["endColumn"].as_u64()), (Some(11), Some(22)));
    assert_eq!(json["coverage"]["objects"], 1);
    assert_eq!(json["summary"]["critical"], 1);
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let folder = Folder::new();
    for index in 0..200 {
        folder.write(&format!("{index}.yaml"), PRIVILEGED);
    }
    let mut child = folder
        .command(&["scan", ".", "--profile", "all"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let ran = Ran::new(child.wait_with_output().expect("it ends"));
    assert!(!ran.stderr.contains("panicked") && !ran.stderr.contains("rror"), "{ran:?}");
}

#[test]
fn every_verb_prints_what_it_says() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    for (arguments, said) in [
        (&["--version"][..], env!("CARGO_PKG_VERSION")),
        (&["explain", "CKV_K8S_16"], "pod/privileged"),
        (&["explain", "trivy:KSV-0017"], "pod/privileged"),
        (&["explain", "pod/privileged"], "Why it matters"),
        (&["explain", "cis-kubernetes"], "5.2.2"),
        (&["controls"], "pod/privileged"),
        (&["controls", "--output", "json"], "\"pod/privileged\""),
        (&["controls", "--profile", "baseline"], "pod/privileged"),
        (&["completions", "bash"], "plimsoll"),
        (&["completions", "fish"], "plimsoll"),
        (&["completions", "zsh"], "plimsoll"),
        (&["man"], ".TH"),
        (&["read", "a.yaml"], "\"privileged\":true"),
        (&["read", "--positions", "a.yaml"], "spec.containers[0].securityContext.privileged"),
    ] {
        let ran = folder.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {ran:?}");
        assert!(ran.stdout.contains(said), "{arguments:?}: {ran:?}");
        assert!(ran.stderr.is_empty(), "{arguments:?}: {ran:?}");
    }
}

#[cfg(unix)]
#[test]
fn kubectl_finds_it_as_a_plugin() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    let link = folder.path().join("kubectl-plimsoll");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_plimsoll"), &link).expect("a link");
    let output = std::process::Command::new(&link).args(["scan", "--help"]).output().expect("it starts");
    let ran = Ran::new(output);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stdout.contains("kubectl plimsoll scan"), "{ran:?}");
}

#[test]
fn the_compliance_view_answers_by_requirement() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    let ran = folder.run(&["scan", "a.yaml", "--framework", "pss"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains("baseline/privileged"), "{ran:?}");
    let ran = folder.run(&["scan", "a.yaml", "--framework", "pss", "--output", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert!(json.to_string().contains("baseline/privileged"), "{json}");
}

#[test]
fn what_is_checked_is_not_overwritten() {
    let folder = Folder::with("sub/a.yaml", PRIVILEGED);
    for arguments in [
        &["scan", "sub", "--output", "json=sub/a.yaml"][..],
        &["scan", "sub/a.yaml", "--output", "terminal", "--output", "json=sub/../sub/a.yaml"],
        &["baseline", "create", "sub", "--baseline", "sub/a.yaml"],
    ] {
        let ran = folder.run(arguments);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.stderr.contains("is one of the files that are checked"), "{ran:?}");
        assert_eq!(folder.read("sub/a.yaml"), PRIVILEGED);
    }
    // A report of before holds no objects.
    for _ in 0..2 {
        assert_eq!(folder.run(&["scan", ".", "--output", "json=report.json"]).code, 1);
        assert_eq!(folder.run(&["baseline", "create", ".", "--baseline", "known.json"]).code, 0);
    }
}

//! Streams that are closed or full: what was found decides the exit code all the same.
#![cfg(unix)]

mod support;

use std::fs::OpenOptions;
use std::process::{Command, Stdio};

use support::{Folder, PRIVILEGED, Ran};

fn shell(folder: &Folder, script: &str) -> Ran {
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).env("P", env!("CARGO_BIN_EXE_plimsoll")).current_dir(folder.path());
    Ran::new(command.output().expect("a shell"))
}

/// More than a pipe holds, so that the program meets the closed end.
fn large() -> Folder {
    let folder = Folder::new();
    for index in 0..100 {
        folder.write(&format!("{index}.yaml"), PRIVILEGED);
    }
    folder
}

#[test]
fn a_reader_that_leaves_changes_neither_the_exit_code_nor_the_other_reports() {
    let folder = large();
    let mut scan = folder
        .command(&["scan", ".", "--output", "json", "--output", "sarif=out.sarif"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(scan.stdout.take());
    let ran = Ran::new(scan.wait_with_output().expect("it ends"));
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stderr.is_empty(), "{ran:?}");
    assert!(folder.read("out.sarif").contains("pod/privileged"));
}

#[test]
fn every_verb_takes_a_closed_reader() {
    let folder = large();
    for (verb, code) in [
        (&["controls"][..], 0),
        (&["completions", "zsh"], 0),
        (&["man"], 0),
        (&["read", "."], 0),
        (&["explain", "cis-kubernetes"], 0),
        (&["fix", "."], 0),
    ] {
        let mut child = folder.command(verb).stdout(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        assert_eq!(child.wait().expect("it ends").code(), Some(code), "{verb:?}");
    }
}

#[test]
fn notes_that_nobody_reads_are_no_error() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    let ran = shell(&folder, "\"$P\" fix a.yaml 2>&-");
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = shell(&folder, "\"$P\" scan missing 2>&-");
    assert_eq!(ran.code, 2, "{ran:?}");
    let ran = shell(&folder, "\"$P\" scan a.yaml >&-");
    assert!([1, 2].contains(&ran.code), "{ran:?}");
}

#[test]
fn a_full_disk_is_an_error() {
    let Ok(full) = OpenOptions::new().write(true).open("/dev/full") else {
        plimsoll_test_support::skipped("there is no /dev/full");
        return;
    };
    let folder = Folder::with("a.yaml", PRIVILEGED);
    let ran = Ran::new(folder.command(&["scan", "a.yaml"]).stdout(full).output().expect("it starts"));
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stderr.starts_with("error: cannot write to standard output"), "{ran:?}");
}

#[test]
fn one_report_that_cannot_be_written_keeps_no_other_from_it() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    let outputs = ["--output", "sarif=no/out.sarif", "--output", "json=out.json", "--output", "terminal"];
    let ran = folder.run(&[&["scan", "a.yaml"][..], &outputs].concat());
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stderr.contains("cannot write the report to no/out.sarif"), "{ran:?}");
    assert!(ran.stdout.contains("pod/privileged"), "{ran:?}");
    assert!(folder.read("out.json").contains("pod/privileged"));
}

#[test]
fn two_reports_do_not_go_to_one_file() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    for other in ["sarif=out", "sarif=./out", "sarif=x/../out"] {
        folder.write("x/y", "");
        let ran = folder.run(&["scan", "a.yaml", "--output", "json=out", "--output", other]);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.stderr.contains("two outputs go to") && ran.stderr.contains("out:"), "{ran:?}");
        assert!(!folder.path().join("out").exists());
    }
    for empty in ["json=", "terminal="] {
        assert_eq!(folder.run(&["scan", "a.yaml", "--output", empty]).code, 2, "{empty}");
    }
    let ran = folder.run(&["scan", "a.yaml", "--output", "json=-"]);
    assert!(ran.stdout.starts_with('{'), "{ran:?}");
}

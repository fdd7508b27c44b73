//! Named pipes: read while somebody writes, and never waited for.
#![cfg(unix)]

mod support;

use std::fs::OpenOptions;
use std::io::Write;
use std::process::{Command, Stdio};

use support::{Folder, PRIVILEGED, Ran};

/// A folder with a named pipe, or nothing where none can be made.
fn with_pipe(name: &str) -> Option<Folder> {
    let folder = Folder::new();
    let made = Command::new("mkfifo").arg(folder.path().join(name)).status();
    if !made.is_ok_and(|status| status.success()) {
        plimsoll_test_support::skipped("mkfifo is not installed");
        return None;
    }
    Some(folder)
}

#[test]
fn one_that_is_named_and_has_no_writer_is_a_gap() {
    let Some(folder) = with_pipe("pods") else { return };
    let (code, json) = folder.json(&["pods"]);
    assert_eq!(code, 4, "{json}");
    assert_eq!(json["coverage"]["incomplete"][0]["file"], "pods");
    let reason = json["coverage"]["incomplete"][0]["reason"].as_str();
    assert!(reason.is_some_and(|reason| reason.contains("nobody writes")), "{json}");
}

#[test]
fn one_that_a_walk_finds_is_a_gap_and_hides_nothing() {
    let Some(folder) = with_pipe("pipe.yaml") else { return };
    folder.write("web.yaml", PRIVILEGED);
    let (code, json) = folder.json(&[".", "--select", "pod/privileged"]);
    assert_eq!(code, 1, "{json}");
    assert_eq!(json["findings"][0]["location"]["file"], "web.yaml");
    assert_eq!(json["coverage"]["incomplete"][0]["file"], "pipe.yaml");
}

#[test]
fn one_with_another_name_is_no_manifest() {
    let Some(folder) = with_pipe("socket") else { return };
    folder.write("web.yaml", PRIVILEGED);
    let (_, json) = folder.json(&[".", "--select", "pod/privileged"]);
    assert_eq!(json["coverage"]["incomplete"].as_array().map(Vec::len), Some(0), "{json}");
}

#[test]
fn one_with_a_writer_is_read_to_its_end() {
    let Some(folder) = with_pipe("pods") else { return };
    // Both ends at once, so that there is a writer before the program starts.
    let path = folder.path().join("pods");
    let mut pipe = OpenOptions::new().read(true).write(true).open(path).expect("a pipe");
    let (first, second) = PRIVILEGED.split_at(60);
    pipe.write_all(first.as_bytes()).expect("written");
    let scan = folder
        .command(&["scan", "pods", "--output", "json", "--select", "pod/privileged"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    // The program has opened the pipe, or finds the text in it; it ends when the last writer has gone.
    pipe.write_all(second.as_bytes()).expect("written");
    wait_for_reader(&folder, scan.id());
    drop(pipe);
    let ran = Ran::new(scan.wait_with_output().expect("it ends"));
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains("\"pods\""), "{ran:?}");
}

/// Waits until a process has the pipe open.
fn wait_for_reader(folder: &Folder, process: u32) {
    let pipe = folder.path().join("pods").canonicalize().expect("the pipe");
    let open = format!("/proc/{process}/fd");
    if std::fs::read_dir(&open).is_err() {
        // No such folder on this system: a while has to do.
        std::thread::sleep(std::time::Duration::from_secs(2));
        return;
    }
    for _ in 0..3000 {
        let links = std::fs::read_dir(&open).into_iter().flatten().flatten();
        if links.filter_map(|link| std::fs::read_link(link.path()).ok()).any(|target| target == pipe) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("the program didn't open the pipe");
}

//! File names that are not text, and paths that mean nothing.

mod support;

use support::{Folder, PRIVILEGED};

#[cfg(target_os = "linux")]
fn strange(byte: u8) -> std::ffi::OsString {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(vec![b'a', byte, b'.', b'y', b'a', b'm', b'l'])
}

#[cfg(target_os = "linux")]
fn with_strange_names() -> Folder {
    let folder = Folder::new();
    for byte in [0xfe, 0xff] {
        let text = PRIVILEGED.replace("web", &format!("web-{byte}"));
        std::fs::write(folder.path().join(strange(byte)), text).expect("written");
    }
    folder
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf_8_are_read_and_kept_apart() {
    let folder = with_strange_names();
    let (code, json) = folder.json(&[".", "--select", "pod/privileged"]);
    assert_eq!(code, 1, "{json}");
    let files: Vec<_> = json["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|finding| finding["location"]["file"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(files, ["a\\xfe.yaml", "a\\xff.yaml"]);
}

#[cfg(target_os = "linux")]
#[test]
fn such_a_name_can_be_given() {
    let folder = with_strange_names();
    let mut command = folder.command(&["scan", "--select", "pod/privileged"]);
    let output = command.arg(strange(0xff)).output().expect("it starts");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let output = folder.command(&["scan"]).arg(strange(0xfd)).output().expect("it starts");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("a\\xfd.yaml"), "{output:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_fix_that_cannot_be_written_keeps_no_other_from_it() {
    let folder = with_strange_names();
    folder.write("z.yaml", PRIVILEGED);
    let ran = folder.run(&["fix", ".", "--write", "--unsafe", "--select", "pod/privileged"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert_eq!(ran.stdout, "z.yaml: 1 fix\n");
    assert!(ran.stderr.contains("a\\xff.yaml can't be written"), "{ran:?}");
    assert_eq!(folder.read("z.yaml"), PRIVILEGED.replace("yes", "false"));
}

#[test]
fn an_empty_path_is_not_the_working_directory() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    let ran = folder.run(&["scan", ""]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.stdout.is_empty(), "{ran:?}");
}

/// A name can hold a terminal sequence; none may reach the terminal.
#[cfg(unix)]
#[test]
fn a_name_cannot_steer_the_terminal() {
    let folder = Folder::with("a\u{1b}[2J.yaml", "a: [\n");
    for arguments in [["scan", "."], ["fix", "."], ["scan", "no\u{1b}[2J"], ["explain", "no\u{1b}[2J"]] {
        let ran = folder.run(&arguments);
        assert!(!ran.stdout.contains('\u{1b}') && !ran.stderr.contains('\u{1b}'), "{ran:?}");
    }
}

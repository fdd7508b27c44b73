//! The diff that `fix` shows is what it writes, for `patch` too.

mod support;

use std::io::Write;
use std::process::{Command, Stdio};

use support::{Folder, PRIVILEGED};

#[test]
fn a_patched_folder_is_a_fixed_folder() {
    if Command::new("patch").arg("--version").output().is_err() {
        plimsoll_test_support::skipped("patch is not installed");
        return;
    }
    let files = [
        ("plain.yaml", PRIVILEGED.to_owned()),
        ("sub/two.yaml", format!("{PRIVILEGED}---\n{}", PRIVILEGED.replace("web", "second"))),
        ("my app.yaml", PRIVILEGED.to_owned()),
        ("windows.yaml", PRIVILEGED.replace('\n', "\r\n")),
        ("endless.yaml", PRIVILEGED.trim_end().to_owned()),
        ("pod.json", "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"},\"spec\":{\"hostPID\":true,\
          \"containers\":[{\"name\":\"a\",\"image\":\"b\"}]}}".to_owned()),
    ];
    #[cfg(unix)]
    let files: Vec<_> = files.into_iter().chain([("t\t\"q\" \\n.yaml", PRIVILEGED.to_owned())]).collect();
    let (patched, written) = (Folder::new(), Folder::new());
    for (name, text) in &files {
        patched.write(name, text);
        written.write(name, text);
    }
    let diff = patched.run(&["fix", ".", "--unsafe"]);
    assert_eq!(diff.code, 0, "{diff:?}");
    let mut patch = Command::new("patch")
        .args(["-p1", "--binary"])
        .current_dir(patched.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("it starts");
    patch.stdin.take().expect("a pipe").write_all(diff.stdout.as_bytes()).expect("it reads");
    assert!(patch.wait().expect("it ends").success(), "{}", diff.stdout);
    let ran = written.run(&["fix", ".", "--unsafe", "--write"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for (name, text) in &files {
        assert_eq!(patched.read(name), written.read(name), "{name}");
        assert_ne!(&written.read(name), text, "{name} is fixed");
    }
    assert_eq!(written.run(&["fix", ".", "--unsafe"]).stdout, "", "all is fixed at once");
}

#[test]
fn a_name_that_leads_upwards_is_said_to_be_refused() {
    let folder = Folder::with("a.yaml", PRIVILEGED);
    folder.write("sub/b.yaml", "");
    let run = |arguments: &[&str]| {
        let mut command = folder.command(arguments);
        let output = command.current_dir(folder.path().join("sub")).output().expect("it starts");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(run(&["fix", "../a.yaml", "--unsafe"]).contains("refuse names that lead upwards"));
    assert!(!run(&["fix", "../a.yaml", "--unsafe", "--write"]).contains("refuse"));
}

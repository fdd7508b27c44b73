//! Help, manual pages and completions: for every command, under either name.

mod support;

use support::{Folder, Ran};

const VERBS: [&str; 8] = ["scan", "fix", "explain", "controls", "read", "baseline", "completions", "man"];

#[test]
fn every_command_has_help_and_a_manual_page() {
    let folder = Folder::new();
    let top = folder.run(&["--help"]).stdout;
    for verb in VERBS {
        assert!(top.contains(&format!("\n  {verb} ")), "{verb}");
        let help = folder.run(&[verb, "--help"]);
        assert_eq!(help.code, 0);
        assert!(help.stdout.contains(&format!("Usage: plimsoll {verb}")), "{help:?}");
        assert!(help.stdout.lines().all(|line| line.chars().count() <= 120), "{help:?}");
        let page = folder.run(&["man", verb]);
        assert_eq!(page.code, 0);
        assert!(page.stdout.contains(&format!(".TH plimsoll-{verb} 1")), "{page:?}");
    }
    assert!(top.contains("\n  4  not everything could be read"), "{top}");
    let page = folder.run(&["man"]).stdout;
    assert!(VERBS.iter().all(|verb| page.contains(&format!("plimsoll\\-{verb}(1)"))), "{page}");
    assert_eq!(folder.run(&["man", "frobnicate"]).code, 2);
    for (command, name) in [(["export", "vap"], "export-vap"), (["baseline", "prune"], "baseline-prune")] {
        let page = folder.run(&[&["man"], &command[..]].concat());
        assert!(page.stdout.contains(&format!(".TH plimsoll-{name} 1")), "{page:?}");
    }
    assert_eq!(folder.run(&["man", "export", "frobnicate"]).code, 2);
}

#[test]
fn every_shell_has_completions() {
    let folder = Folder::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = folder.run(&["completions", shell]);
        assert_eq!(ran.code, 0, "{shell}");
        for word in ["fail-on", "explain", "no-render"] {
            assert!(ran.stdout.contains(word), "{shell}: {word}");
        }
        // Only these offer the values of a flag.
        if ["bash", "fish", "zsh"].contains(&shell) {
            assert!(["sarif", "critical"].iter().all(|value| ran.stdout.contains(value)), "{shell}");
        }
    }
    assert_eq!(folder.run(&["completions", "cmd"]).code, 2);
}

#[cfg(unix)]
#[test]
fn as_a_plugin_it_calls_itself_by_kubectls_name() {
    let folder = Folder::new();
    let link = folder.path().join("kubectl-plimsoll");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_plimsoll"), &link).expect("a link");
    for (arguments, usage) in [
        (&["--help"][..], "Usage: kubectl plimsoll [OPTIONS] <COMMAND>"),
        (&["scan", "-h"], "Usage: kubectl plimsoll scan [OPTIONS] <PATH>..."),
        (&["scan"], "Usage: kubectl plimsoll scan <PATH>..."),
    ] {
        let ran = Ran::new(std::process::Command::new(&link).args(arguments).output().expect("it starts"));
        assert!(ran.stdout.contains(usage) || ran.stderr.contains(usage), "{ran:?}");
    }
}

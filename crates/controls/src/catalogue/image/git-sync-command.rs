//! git-sync runs the program that GITSYNC_GIT names.
//!
//! ## What it checks
//! An environment variable `GITSYNC_GIT`, or `GIT_SYNC_GIT` as older releases call it, set on any container; and the
//! argument `--git`, or `-git`, of git-sync.
//!
//! ## Why it matters
//! git-sync calls that program in place of git, with its own rights and tokens: who may change the
//! environment of the sidecar runs code in it without changing the image or the command.
//!
//! ## How to fix
//! Take the variable out; the image brings its own git.
//!
//! ## How others differ
//! Checkov doesn't look at ephemeral containers and not at the argument.
//!
//! ```yaml bad
//! containers:
//! - name: sync
//!   image: registry.k8s.io/git-sync/git-sync:v4.4.0
//!   env:
//!   - name: GITSYNC_GIT # <- here
//!     value: /tmp/git
//! - name: again
//!   image: registry.k8s.io/git-sync/git-sync:v4.4.0
//!   args: ["--git=/tmp/git"] # <- here
//! - name: old
//!   image: registry.k8s.io/git-sync/git-sync:v3.6.9
//!   args: [-git=/tmp/git] # <- here
//!   env:
//!   - name: GIT_SYNC_GIT # <- here
//!     value: /tmp/git
//! ```
//! ```yaml good
//! containers:
//! - name: sync
//!   image: registry.k8s.io/git-sync/git-sync:v4.4.0
//!   env:
//!   - name: GITSYNC_REPO
//!     value: https://git.example.com/site.git
//! ```
//! ```yaml near-miss
//! # Another variable, and the argument of another program.
//! containers:
//! - name: sync
//!   image: registry.k8s.io/git-sync/git-sync:v4.4.0
//!   args: ["--git-gc=always"]
//!   env:
//!   - name: GITSYNC_GIT_GC
//!     value: always
//! - name: other
//!   image: registry.example.com/other:1
//!   args: ["--git=/usr/bin/git"]
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "image/git-sync-command",
    title: "git-sync with a git of one's own",
    severity: Medium,
    frameworks: &[],
    aliases: &["checkov:CKV_K8S_159"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let message = "git-sync would run a program of the environment's choice: take this out";
    for name in container.get("env").items().map(|variable| variable.get("name")) {
        if matches!(name.text(), "GITSYNC_GIT" | "GIT_SYNC_GIT") {
            found.at(&name, message);
        }
    }
    if container.image().is_some_and(|image| image.short_name() == "git-sync") {
        for list in ["command", "args"] {
            for item in container.get(list).items() {
                // Go's own flags, which release 3 has, begin with one dash or two.
                let flag = item.text().split('=').next();
                if matches!(flag, Some("--git" | "-git")) {
                    found.at(&item, message);
                }
            }
        }
    }
}

//! git-sync runs the program that GITSYNC_GIT names.
//!
//! ## What it checks
//! An environment variable `GITSYNC_GIT` (or the argument `--git`) set on any container.
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
    for variable in container.get("env").items().filter(|variable| variable.get("name").is("GITSYNC_GIT")) {
        found.at(&variable.get("name"), message);
    }
    if container.image().is_some_and(|image| image.short_name() == "git-sync") {
        for list in ["command", "args"] {
            for item in container.get(list).items() {
                if item.is("--git") || item.text().starts_with("--git=") {
                    found.at(&item, message);
                }
            }
        }
    }
}

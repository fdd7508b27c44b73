//! sudo in a command means that the container can become root.
//!
//! ## What it checks
//! `command`, `args` and the commands of probes and lifecycle hooks of every container: whether sudo stands where a
//! command begins, in scripts too. As an argument (`usermod -aG sudo`, `which sudo`), as a path, in a comment or where
//! it is printed it is no call.
//!
//! ## Why it matters
//! sudo works only where privilege escalation is allowed and the image trusts the user with root: two layers
//! of defence are gone before the container starts.
//!
//! ## How to fix
//! Prepare the image as root when it is built, and run it as a user without sudo.
//!
//! ## How others differ
//! Kubescape finds `sudo` anywhere within an item of `command` (`pseudo` too) and doesn't read `args`.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   command: [sudo, /app] # <- here
//! - name: shell
//!   image: registry.example.com/app:1.4
//!   command: ["sh", "-c"]
//!   args:
//!   - chown -R app /data && /usr/bin/sudo -u app /app # <- here
//! - name: verbose
//!   image: registry.example.com/app:1.4
//!   command: [sh, -v, -c, sudo id] # <- here
//! - name: added
//!   image: registry.example.com/app:1.4
//!   command: [/entrypoint, add, sh, -c, sudo id] # <- here
//! - name: within
//!   image: registry.example.com/app:1.4
//!   command: [env, A=b, /usr/bin/sudo, /app] # <- here
//! - name: quoted
//!   image: registry.example.com/app:1.4
//!   command: [sh, -c, 'if [ -d /data ]; then bash -ec "sudo id"; fi'] # <- here
//! - name: lines
//!   image: registry.example.com/app:1.4
//!   command: [/each-line]
//!   args:
//!   - echo started
//!   - sudo id # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   command: [/app]
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   command: [pseudo, --sudo-free]
//!   args: [/etc/sudoers.d]
//! - name: tools
//!   image: registry.example.com/app:1.4
//!   command: [sh, -c]
//!   args:
//!   - |
//!     apt-get install -y sudo curl
//!     echo "no sudo here"
//!     command -v sudo
//! - name: names
//!   image: registry.example.com/app:1.4
//!   command: [sh, -c]
//!   args:
//!   - |
//!     # sudo isn't needed
//!     usermod -aG sudo app
//!     groups | grep sudo && rm -f /usr/bin/sudo
//! - name: argument
//!   image: registry.example.com/app:1.4
//!   command: [groupdel]
//!   args: [sudo]
//! - name: find
//!   image: registry.example.com/app:1.4
//!   command: [command, -v, sudo]
//! - name: print
//!   image: registry.example.com/app:1.4
//!   command: [echo, no sudo here]
//! - name: install
//!   image: registry.example.com/app:1.4
//!   command: [apk, add, sudo]
//! ```

use crate::prelude::*;
use crate::support::shell::{self, Place};

pub const CONTROL: Control = Control {
    id: "image/sudo",
    title: "sudo in a command",
    severity: Medium,
    frameworks: &[nsa("pod-security/non-root"), mitre("T1611"), owasp("K01")],
    aliases: &["kubescape:C-0062"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Container(Needs::Key(&["command", "args"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let commands = [
        "livenessProbe.exec.command",
        "readinessProbe.exec.command",
        "startupProbe.exec.command",
        "lifecycle.postStart.exec.command",
        "lifecycle.preStop.exec.command",
    ];
    // The arguments go on with the command.
    let line = || container.get("command").items().chain(container.get("args").items());
    judge(container, line, found);
    for path in commands {
        judge(container, || container.get(path).items(), found);
    }
}

fn judge<'d, I: Iterator<Item = Field<'d>>>(
    container: &Container<'_, 'd>,
    items: impl Fn() -> I,
    found: &mut Findings<'_, 'd>,
) {
    if !items().any(|item| item.text().contains("sudo")) {
        return;
    }
    // A list may be one command, word by word; what has blanks in it is a script, unless the command prints it.
    let mut place = Place::default();
    let mut prints = false;
    for item in items() {
        let text = item.text();
        let is_script = text.contains(char::is_whitespace);
        let calls_sudo = if is_script {
            !prints && shell::calls(text, is_sudo)
        } else {
            place.is_of_program() && is_sudo(text)
        };
        if !is_script {
            prints |= place.is_of_program() && PRINTS.contains(&shell::base_name(text));
            place = place.after(text);
        }
        if calls_sudo {
            let message =
                format!("{} calls sudo: prepare the image instead, and run without root", container.title());
            found.at(&item, message);
        }
    }
}

/// Commands that only print what follows.
const PRINTS: &[&str] = &["echo", "printf"];

fn is_sudo(word: &str) -> bool {
    word == "sudo" || (word.starts_with('/') && word.ends_with("/sudo"))
}

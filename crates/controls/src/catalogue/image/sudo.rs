//! sudo in a command means that the container can become root.
//!
//! ## What it checks
//! `command`, `args` and the commands of probes and lifecycle hooks of every container, word by word. What a command
//! prints (`echo`), looks for (`which`, `command -v`) or installs is no call.
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
        "command",
        "args",
        "livenessProbe.exec.command",
        "readinessProbe.exec.command",
        "startupProbe.exec.command",
        "lifecycle.postStart.exec.command",
        "lifecycle.preStop.exec.command",
    ];
    for path in commands {
        if !container.get(path).items().any(|item| item.text().contains("sudo")) {
            continue;
        }
        // A list may be one command, word by word.
        let mut words = Words::default();
        for item in container.get(path).items() {
            if words.call_sudo(item.text()) {
                let message = format!(
                    "{} calls sudo: prepare the image instead, and run without root",
                    container.title()
                );
                found.at(&item, message);
            }
        }
    }
}

/// Words after which a command only names programs, and those that only print what follows.
const NAMES: &[&str] = &["install", "add", "remove", "purge", "which", "type"];
const PRINTS: &[&str] = &["echo", "printf"];

/// The words of a command that were read.
#[derive(Default)]
struct Words<'d> {
    /// Whether what follows is only named or printed.
    names: bool,
    /// Whether the items of the list that follow are only printed.
    prints: bool,
    last: &'d str,
}

impl<'d> Words<'d> {
    /// Whether a text, which goes on with these words, calls sudo.
    fn call_sudo(&mut self, text: &'d str) -> bool {
        // A script of its own, unless the list's own command prints it.
        let is_script = text.contains(char::is_whitespace);
        if is_script {
            *self = Words { prints: self.prints, ..Words::default() };
        }
        text.split(['\n', ';', '&', '|', '(', ')', '`']).enumerate().any(|(number, command)| {
            if number > 0 {
                *self = Words::default();
            }
            command.split([' ', '\t', '$', '"', '\'']).filter(|word| !word.is_empty()).any(|word| {
                let calls = is_sudo(word) && !self.names && !self.prints;
                let prints = PRINTS.contains(&word);
                self.names |= prints || NAMES.contains(&word) || word == "-v" && self.last == "command";
                self.prints |= prints && !is_script;
                self.last = word;
                calls
            })
        })
    }
}

fn is_sudo(word: &str) -> bool {
    word == "sudo" || (word.starts_with('/') && word.ends_with("/sudo"))
}

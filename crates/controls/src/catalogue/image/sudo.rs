//! sudo in a command means that the container can become root.
//!
//! ## What it checks
//! `command`, `args` and the commands of probes and lifecycle hooks of every container, word by word.
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
    for item in commands.into_iter().flat_map(|path| container.get(path).items()) {
        if !item.text().contains("sudo") {
            continue;
        }
        if item.text().split([' ', '\t', '\n', ';', '&', '|', '(', ')', '`', '$', '"', '\'']).any(is_sudo) {
            let message =
                format!("{} calls sudo: prepare the image instead, and run without root", container.title());
            found.at(&item, message);
        }
    }
}

fn is_sudo(word: &str) -> bool {
    word == "sudo" || (word.starts_with('/') && word.ends_with("/sudo"))
}

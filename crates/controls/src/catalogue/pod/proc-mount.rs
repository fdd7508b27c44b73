//! A container sees all of the kernel's /proc.
//!
//! ## What it checks
//! `securityContext.procMount` of every container: absent or `Default` pass, also where the pod has a user
//! namespace (`hostUsers: false`). `pod/proc-mount-host` is the looser form.
//!
//! ## Why it matters
//! Runtimes hide parts of `/proc` and make others read-only, since they belong to the whole node: keys,
//! timers, the switches under `/proc/sys`. `Unmasked` shows them all.
//!
//! ## How to fix
//! Remove the field. Only what runs containers in a container has use for it.
//!
//! ## How others differ
//! Trivy fails the field even where it is `Default`.
//!
//! ```yaml bad
//! hostUsers: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     procMount: Unmasked # <- here
//! ephemeralContainers:
//! - name: debug
//!   image: registry.example.com/debug:1.4
//!   securityContext: {procMount: unmasked} # <- here
//! ```
//! ```yaml fixed
//! hostUsers: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     procMount: Default
//! ephemeralContainers:
//! - name: debug
//!   image: registry.example.com/debug:1.4
//!   securityContext: {procMount: Default}
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext: {procMount: Default}
//! ```
//! ```yaml near-miss
//! # The pod has no such field.
//! securityContext:
//!   procMount: Unmasked
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext: {procMount: null}
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, c.?securityContext.?procMount.orValue("Default") != "Default")
//!   .map(c, 'container "' + c.name + '" sees all of /proc: set procMount to Default')
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "pod/proc-mount",
    title: "/proc unmasked",
    severity: Medium,
    frameworks: &[pss("restricted/procMount_restricted"), mitre("T1611"), owasp("K01")],
    aliases: &["trivy:KSV-0027", "kube-linter:unsafe-proc-mount", "polaris:procMount"],
    profiles: &[Restricted],
    fix: Some(Unsafe),
    check: Check::Container(Needs::Key(&["procMount"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let mount = container.security("procMount");
    if mount.as_str().is_some_and(|mount| mount != "Default") {
        let message = format!("{} sees all of /proc: set procMount to Default", container.title());
        found.at(&mount, message).unsafe_fix(set(&mount, "Default"));
    }
}

//! A container sees all of the node's /proc as the node's users.
//!
//! ## What it checks
//! `securityContext.procMount` of every container in a pod without a user namespace: absent or `Default` pass.
//! With `hostUsers: false` everything passes, as the Pod Security Standards have it since 1.35
//! (not with an older `kubernetes-version`).
//!
//! ## Why it matters
//! Root in the container is root to the kernel here, so what `/proc` shows it may change: the node's
//! sysctls, and through `/proc/sys/kernel/core_pattern` what program the node runs at the next crash.
//!
//! ## How to fix
//! Remove the field, or give the pod a user namespace with `hostUsers: false`.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     procMount: Unmasked # <- here
//! ```
//! ```yaml fixed
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     procMount: Default
//! ```
//! ```yaml bad parameters={"kubernetes-version":"1.34"}
//! hostUsers: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     procMount: Unmasked # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext: {procMount: Default}
//! ```
//! ```yaml near-miss
//! hostUsers: no
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     procMount: Unmasked
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, (variables.kubernetesMinor < 35 || variables.spec.?hostUsers.orValue(true)) &&
//!     c.?securityContext.?procMount.orValue("Default") != "Default")
//!   .map(c, 'container "' + c.name + '" sees all of the node\'s /proc: set procMount to Default')
//! ```

use crate::prelude::*;
use crate::support::security_context;

pub const CONTROL: Control = Control {
    id: "pod/proc-mount-host",
    title: "/proc unmasked without user namespace",
    severity: High,
    frameworks: &[pss("baseline/procMount"), mitre("T1611"), owasp("K01")],
    aliases: &[],
    profiles: &[Baseline, Recommended],
    fix: Some(Unsafe),
    check: Check::Container(Needs::Key(&["procMount"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let mount = container.security("procMount");
    if mount.as_str().is_some_and(|mount| mount != "Default")
        && !security_context::has_user_namespace(container.pod(), found.parameters())
    {
        let message = format!("{} sees all of the node's /proc: set procMount to Default", container.title());
        found.at(&mount, message).unsafe_fix(set(&mount, "Default"));
    }
}

//! A container adds a capability that the baseline level doesn't allow.
//!
//! ## What it checks
//! `securityContext.capabilities.add` of every container: `AUDIT_WRITE`, `CHOWN`, `DAC_OVERRIDE`, `FOWNER`,
//! `FSETID`, `KILL`, `MKNOD`, `NET_BIND_SERVICE`, `SETFCAP`, `SETGID`, `SETPCAP`, `SETUID` and `SYS_CHROOT`
//! pass. Names count exactly as written, as they do at admission: neither `CAP_CHOWN` nor `chown` is on
//! the list.
//!
//! ## Why it matters
//! These thirteen are what a runtime gives a container anyway. Every other one widens what a process can do
//! to its node or to other pods.
//!
//! ## How to fix
//! Remove the capability. An agent that needs it belongs in a namespace of its own with a waiver.
//!
//! ## How others differ
//! Trivy and Checkov fail every added capability, KICS all but `NET_BIND_SERVICE`: here that is
//! `pod/capability-added`.
//!
//! ```yaml bad
//! initContainers:
//! - name: setup
//!   image: registry.example.com/setup:1.4
//!   securityContext:
//!     capabilities:
//!       add: [NET_ADMIN] # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [ALL]
//!       add:
//!       - CHOWN
//!       - NET_RAW # <- here
//!       - CAP_KILL # <- here
//!       - ALL # <- here
//! ```
//! ```yaml fixed
//! initContainers:
//! - name: setup
//!   image: registry.example.com/setup:1.4
//!   securityContext:
//!     capabilities:
//!       add: []
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [ALL]
//!       add:
//!       - CHOWN
//! ```
//! ```yaml bad
//! # To the API server `null` is a capability without a name, which is on no list.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       add:
//!       - NET_BIND_SERVICE
//!       - # <- here
//! ```
//! ```yaml fixed
//! # To the API server `null` is a capability without a name, which is on no list.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       add:
//!       - NET_BIND_SERVICE
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [ALL]
//!       add: [NET_BIND_SERVICE, SYS_CHROOT]
//! ```
//! ```yaml near-miss
//! # Dropped, not added.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [SYS_ADMIN, NET_RAW]
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, c.?securityContext.?capabilities.?add.orValue([]).exists(name, !(name in [
//!     "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD",
//!     "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"
//!   ])))
//!   .map(c, 'container "' + c.name + '" adds a capability beyond baseline: remove it')
//! ```

use crate::prelude::*;
use crate::support::capabilities;

pub const CONTROL: Control = Control {
    id: "pod/capabilities-baseline",
    title: "Capability beyond baseline",
    severity: Medium,
    frameworks: &[pss("baseline/capabilities_baseline"), cis("5.2.9"), mitre("T1611"), owasp("K01")],
    aliases: &[],
    profiles: &[Baseline, Recommended],
    fix: Some(Unsafe),
    check: Check::Container(Needs::Key(&["add"]), check),
};

/// What a runtime grants by default, without `NET_RAW`.
const ALLOWED: &[&str] = &[
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    for (item, capability) in capabilities::added(container) {
        if !ALLOWED.contains(&capability) {
            let capability = capabilities::shown(capability);
            let message = format!("{} adds {capability}: remove it", container.title());
            found.at(&item, message).unsafe_fix(remove(&item));
        }
    }
}

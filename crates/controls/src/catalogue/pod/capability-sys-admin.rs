//! SYS_ADMIN is root on the node by another name.
//!
//! ## What it checks
//! `SYS_ADMIN` among `securityContext.capabilities.add` of every container, in any case, with or without
//! `CAP_`; `ALL` holds it too.
//!
//! ## Why it matters
//! With `SYS_ADMIN` a process mounts file systems, enters namespaces and sets up the kernel's own helpers:
//! the known ways out of a container begin with it.
//!
//! ## How to fix
//! Remove it. What really mounts (a CSI driver, a build tool) belongs in a namespace of its own with a waiver,
//! or in a user namespace.
//!
//! ## How others differ
//! Trivy, Checkov and KICS see neither `CAP_SYS_ADMIN` nor `ALL`. Kubescape counts it as privileged.
//!
//! ```yaml bad
//! initContainers:
//! - name: setup
//!   image: registry.example.com/setup:1.4
//!   securityContext:
//!     capabilities:
//!       add: [CAP_SYS_ADMIN] # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       add:
//!       - CHOWN
//!       - SYS_ADMIN # <- here
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
//!       add:
//!       - CHOWN
//! ```
//! ```yaml bad
//! ephemeralContainers:
//! - name: debug
//!   image: registry.example.com/debug:1.4
//!   securityContext:
//!     capabilities: {add: [ALL]} # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities: {drop: [SYS_ADMIN]}
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities: {add: [MAC_ADMIN, SYS_TIME]}
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, c.?securityContext.?capabilities.?add.orValue([]).exists(name,
//!     name.upperAscii().matches('^(CAP_)?(ALL|SYS_ADMIN)$')))
//!   .map(c, 'container "' + c.name + '" adds SYS_ADMIN, which amounts to root on the node: remove it')
//! ```

use crate::prelude::*;
use crate::support::capabilities;

pub const CONTROL: Control = Control {
    id: "pod/capability-sys-admin",
    title: "SYS_ADMIN added",
    severity: Critical,
    frameworks: &[pss("baseline/capabilities_baseline"), cis("5.2.9"), mitre("T1611"), owasp("K01")],
    aliases: &[
        "checkov:CKV_K8S_39",
        "kubescape:C-0057",
        "trivy:KSV-0005",
        "kubesec:CapSysAdmin",
        "kics:Containers-With-Sys-Admin-Capabilities",
    ],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Container(Needs::Key(&["add"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    for (item, capability) in capabilities::added(container) {
        if matches!(capabilities::normal(capability).as_str(), "SYS_ADMIN" | "ALL") {
            let message = format!(
                "{} adds {capability}, which amounts to root on the node: remove it",
                container.title()
            );
            found.at(&item, message).unsafe_fix(remove(&item));
        }
    }
}

//! A container adds capabilities.
//!
//! ## What it checks
//! `securityContext.capabilities.add` of every container: it has to be absent or empty.
//!
//! ## Why it matters
//! What a container may do beyond the default is worth a look each time, be it small.
//!
//! ## How to fix
//! Remove what isn't needed. `NET_BIND_SERVICE` isn't where `net.ipv4.ip_unprivileged_port_start` is 0, as it
//! is in pods of current container runtimes.
//!
//! ## How others differ
//! KICS lets `NET_BIND_SERVICE` pass. Nobody else looks at ephemeral containers.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [ALL]
//!       add: # <- here
//!       - NET_BIND_SERVICE
//!       - CHOWN
//! ephemeralContainers:
//! - name: debug
//!   image: registry.example.com/debug:1.4
//!   securityContext:
//!     capabilities:
//!       add: [SYS_PTRACE] # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [ALL]
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       add: []
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     capabilities:
//!       add: null
//!       drop: [CHOWN]
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, c.?securityContext.?capabilities.?add.orValue([]).size() > 0)
//!   .map(c, 'container "' + c.name + '" adds capabilities: remove what isn\'t needed')
//! ```

use crate::prelude::*;
use crate::support::capabilities;

pub const CONTROL: Control = Control {
    id: "pod/capability-added",
    title: "Capabilities added",
    severity: Low,
    frameworks: &[cis("5.2.9"), owasp("K01")],
    aliases: &["checkov:CKV_K8S_25", "trivy:KSV-0022", "kics:Containers-With-Added-Capabilities"],
    profiles: &[],
    fix: None,
    check: Check::Container(Needs::Key(&["add"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let added: Vec<_> =
        capabilities::added(container).map(|(_, capability)| capabilities::shown(capability)).collect();
    if !added.is_empty() {
        let message = format!("{} adds {}: remove what isn't needed", container.title(), added.join(", "));
        found.at(&container.security("capabilities.add"), message);
    }
}

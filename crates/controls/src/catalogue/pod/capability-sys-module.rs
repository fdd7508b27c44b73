//! SYS_MODULE puts a container's code into the node's kernel.
//!
//! ## What it checks
//! `SYS_MODULE` among `securityContext.capabilities.add` of every container, in any case, with or without
//! `CAP_`; `ALL` holds it too.
//!
//! ## Why it matters
//! A kernel module has the whole node. Nothing confines it.
//!
//! ## How to fix
//! Remove it, and load modules when the node is set up.
//!
//! ## How others differ
//! Trivy sees neither `CAP_SYS_MODULE` nor `ALL`.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       add:
//!       - SYS_MODULE # <- here
//!       - NET_ADMIN
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     capabilities:
//!       add: [All] # <- here
//! ```
//! ```yaml fixed
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       add:
//!       - NET_ADMIN
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     capabilities:
//!       add: []
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities: {drop: [ALL]}
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities: {drop: [SYS_MODULE], add: [SYS_CHROOT]}
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, c.?securityContext.?capabilities.?add.orValue([]).exists(name,
//!     name.upperAscii().matches('^(CAP_)?(ALL|SYS_MODULE)$')))
//!   .map(c, 'container "' + c.name + '" adds SYS_MODULE and may load kernel modules: remove it')
//! ```

use crate::prelude::*;
use crate::support::capabilities;

pub const CONTROL: Control = Control {
    id: "pod/capability-sys-module",
    title: "SYS_MODULE added",
    severity: Critical,
    frameworks: &[pss("baseline/capabilities_baseline"), cis("5.2.9"), mitre("T1611"), owasp("K01")],
    aliases: &["trivy:KSV-0120"],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Container(Needs::Key(&["add"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    for (item, capability) in capabilities::added(container) {
        if matches!(capabilities::normal(capability).as_str(), "SYS_MODULE" | "ALL") {
            let message =
                format!("{} adds {capability} and may load kernel modules: remove it", container.title());
            found.at(&item, message).unsafe_fix(remove(&item));
        }
    }
}

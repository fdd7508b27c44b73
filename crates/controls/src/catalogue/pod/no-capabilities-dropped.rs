//! A container drops no capability at all.
//!
//! ## What it checks
//! `securityContext.capabilities.drop` of every container: it has to have an entry. One that begins with `CAP_`
//! drops nothing where containerd runs, which puts `CAP_` before every name. Pods for Windows have no capabilities.
//!
//! ## Why it matters
//! Whoever wrote the manifest has not thought about what the program may do: it has all that the runtime
//! gives.
//!
//! ## How to fix
//! Drop `ALL`, and add back what is needed. `pod/capabilities-drop-all` is the stricter form of this.
//!
//! ## How others differ
//! Trivy and KICS pass an empty list, which drops nothing. They take `CAP_ALL` for an entry too.
//!
//! ```yaml bad
//! containers:
//! - name: app # <- here
//!   image: registry.example.com/app:1.4
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [] # <- here
//! - name: prefixed
//!   image: registry.example.com/prefixed:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [CAP_MKNOD] # <- here
//! ```
//! ```yaml fixed
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       drop:
//!       - ALL
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [ALL]
//! - name: prefixed
//!   image: registry.example.com/prefixed:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [CAP_MKNOD, ALL]
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
//! # Little, and yet something.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities:
//!       drop: [MKNOD]
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, !variables.isWindows &&
//!     !c.?securityContext.?capabilities.?drop.orValue([]).exists(name, name != '' && !name.upperAscii().startsWith('CAP_')))
//!   .map(c, 'container "' + c.name + '" drops no capability: add ALL to capabilities.drop')
//! ```

use crate::prelude::*;
use crate::support::capabilities;

pub const CONTROL: Control = Control {
    id: "pod/no-capabilities-dropped",
    title: "No capability dropped",
    severity: Low,
    frameworks: &[pss("restricted/capabilities_restricted"), cis("5.2.9"), owasp("K01")],
    aliases: &["trivy:KSV-0004", "kubesec:CapDropAny", "kics:No-Drop-Capabilities-for-Containers"],
    profiles: &[],
    fix: Some(Unsafe),
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let drop = container.security("capabilities.drop");
    if capabilities::dropped(container).next().is_none() && !container.pod().is_windows() {
        let message = format!("{} drops no capability: add ALL to capabilities.drop", container.title());
        found.at(&drop, message).unsafe_fix(append(&drop, "ALL"));
    }
}

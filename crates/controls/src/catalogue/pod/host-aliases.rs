//! A pod overrides names in its hosts file.
//!
//! ## What it checks
//! `hostAliases` of every pod: absent or empty passes.
//!
//! ## Why it matters
//! Names that are set past DNS escape its rules and its logs: a name can be pointed at another machine, and
//! nobody who looks at DNS will see it.
//!
//! ## How to fix
//! Put the name into DNS, or use a Service of type `ExternalName` or without a selector.
//!
//! ## How others differ
//! Trivy fails an empty list.
//!
//! ```yaml bad
//! hostAliases: # <- here
//! - ip: 192.0.2.10
//!   hostnames: [db.example.com]
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! hostAliases: []
//! hostname: db
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//!
//! ```cel
//! variables.spec.?hostAliases.orValue([]).size() > 0 ?
//!   ["the pod overrides names past DNS: remove hostAliases"] : []
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "pod/host-aliases",
    title: "Names overridden in the hosts file",
    severity: Low,
    frameworks: &[],
    aliases: &["trivy:KSV-0007", "kubesec:HostAliases"],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Key(&["hostAliases"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let aliases = pod.get("hostAliases");
    if !aliases.is_empty() {
        found.at(&aliases, "the pod overrides names past DNS: remove hostAliases");
    }
}

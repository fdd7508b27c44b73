//! A container's group id may be that of a group of the node.
//!
//! ## What it checks
//! The `runAsGroup` that each container has or inherits: 10000 and above pass. Pods with `hostUsers: false` (as of
//! 1.35) pass, since their ids are others on the node; so do pods for Windows.
//!
//! ## Why it matters
//! Where no group is named, the process gets the one of the image, which is most often 0: files of the
//! node and of shared volumes that root's group may read are then open to it.
//!
//! ## How to fix
//! Set `runAsGroup` to 10000 or more, and give that group the files of the image.
//!
//! ## How others differ
//! Trivy fails 10000 itself, and doesn't know `hostUsers`.
//!
//! ```yaml bad
//! securityContext:
//!   runAsGroup: 0 # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     runAsGroup: 9999 # <- here
//! ```
//! ```yaml bad
//! containers:
//! - name: app # <- here
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml good
//! securityContext:
//!   runAsGroup: 10000
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! hostUsers: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```

use crate::prelude::*;
use crate::support::security_context;

pub const CONTROL: Control = Control {
    id: "pod/low-group-id",
    title: "Low group id",
    severity: Low,
    frameworks: &[owasp("K01")],
    aliases: &["trivy:KSV-0021", "kube-score:container-security-context-user-group-id", "kubesec:RunAsGroup"],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

/// Where ids begin that distributions give to nobody.
const FIRST: i64 = 10_000;

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    if security_context::has_user_namespace(pod, found.parameters()) || pod.is_windows() {
        return;
    }
    for (container, group) in security_context::inherited_numbers(pod, "runAsGroup") {
        match group.as_i64() {
            Some(id) if id >= FIRST => {}
            Some(id) => {
                found.at(&group, format!("{} runs with group {id}: use {FIRST} or above", container.title()));
            }
            None => {
                let message =
                    format!("{} names no group: set runAsGroup to {FIRST} or above", container.title());
                found.at(&group, message);
            }
        }
    }
}

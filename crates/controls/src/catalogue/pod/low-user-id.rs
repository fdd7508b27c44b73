//! A container's user id may be that of a user of the node.
//!
//! ## What it checks
//! The `runAsUser` that each container has or inherits: 10000 and above pass. Pods with `hostUsers: false` (as of 1.35)
//! pass, since their ids are others on the node; so do pods for Windows.
//!
//! ## Why it matters
//! Without a user namespace, ids are the same inside and outside. A process that escapes, or that writes to
//! a shared volume, acts with the rights of the node's user of that number.
//!
//! ## How to fix
//! Set `runAsUser` to 10000 or more, and give that user the files of the image.
//!
//! ## How others differ
//! Trivy fails 10000 itself. Checkov reads app containers only.
//!
//! ```yaml bad
//! securityContext:
//!   runAsUser: 1000 # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! - name: helper
//!   image: registry.example.com/helper:1.4
//! - name: low
//!   image: registry.example.com/low:1.4
//!   securityContext:
//!     runAsUser: 9999 # <- here
//! ```
//! ```yaml bad
//! initContainers:
//! - name: setup # <- here
//!   image: registry.example.com/setup:1.4
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext: # <- here
//!     runAsNonRoot: true
//! ```
//! ```yaml good
//! securityContext:
//!   runAsUser: 10000
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! hostUsers: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     runAsUser: 1000
//! ```
//!
//! ```cel
//! variables.isWindows || variables.kubernetesMinor >= 35 && !variables.spec.?hostUsers.orValue(true) ? [] :
//! variables.containers
//!   .filter(c, c.?securityContext.?runAsUser.or(variables.spec.?securityContext.?runAsUser).orValue(0) < 10000)
//!   .map(c, 'container "' + c.name + '" has no user from 10000 on: set runAsUser')
//! ```

use crate::prelude::*;
use crate::support::security_context;

pub const CONTROL: Control = Control {
    id: "pod/low-user-id",
    title: "Low user id",
    severity: Low,
    frameworks: &[owasp("K01")],
    aliases: &[
        "checkov:CKV_K8S_40",
        "trivy:KSV-0020",
        "kube-score:container-security-context-user-group-id",
        "kubesec:RunAsUser",
        "kics:Container-Running-With-Low-UID",
    ],
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
    for (container, user) in security_context::inherited_numbers(pod, "runAsUser") {
        match user.as_i64() {
            Some(id) if id >= FIRST => {}
            Some(id) => {
                found.at(&user, format!("{} runs as user {id}: use {FIRST} or above", container.title()));
            }
            None => {
                let message =
                    format!("{} names no user: set runAsUser to {FIRST} or above", container.title());
                found.at(&user, message);
            }
        }
    }
}

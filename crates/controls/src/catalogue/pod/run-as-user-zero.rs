//! The manifest asks for user 0.
//!
//! ## What it checks
//! `securityContext.runAsUser: 0` on the pod or on any container. A pod with `hostUsers: false` passes, as the Pod
//! Security Standards have it since 1.35 (not with an older `kubernetes-version`): its user 0 is nobody on the node.
//!
//! ## Why it matters
//! User 0 is root to the kernel, whatever the image says.
//!
//! ## How to fix
//! Name a user above 0 that may read what the image needs, or leave the field out and let the image decide,
//! with `runAsNonRoot: true`.
//!
//! ## How others differ
//! kube-linter fails user 0 next to `runAsNonRoot: true` too, which `pod/run-as-root` passes, and counts no user of the
//! pod that every container replaces.
//!
//! ```yaml bad
//! securityContext:
//!   runAsUser: 0 # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     runAsUser: 1000
//! ephemeralContainers:
//! - name: debug
//!   image: registry.example.com/debug:1.4
//!   securityContext:
//!     runAsUser: 0x0 # <- here
//! ```
//! ```yaml bad parameters={"kubernetes-version":"1.34"}
//! hostUsers: false
//! securityContext:
//!   runAsUser: 0 # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml good
//! securityContext:
//!   runAsUser: 1000
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # A string is no user to the API server, and the others aren't users.
//! securityContext:
//!   runAsGroup: 0
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     runAsUser: "0"
//! ```
//! ```yaml near-miss
//! hostUsers: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     runAsUser: 0
//! ```
//!
//! ```cel
//! variables.kubernetesMinor >= 35 && !variables.spec.?hostUsers.orValue(true) ? [] :
//! (variables.spec.?securityContext.?runAsUser.orValue(1) == 0 ? ["the pod asks for user 0, which is root: set runAsUser above 0"] : []) +
//! variables.containers
//!   .filter(c, c.?securityContext.?runAsUser.orValue(1) == 0)
//!   .map(c, 'container "' + c.name + '" asks for user 0, which is root: set runAsUser above 0')
//! ```

use crate::prelude::*;
use crate::support::security_context;

pub const CONTROL: Control = Control {
    id: "pod/run-as-user-zero",
    title: "Runs as user 0",
    severity: Medium,
    frameworks: &[
        pss("restricted/runAsUser"),
        cis("5.2.7"),
        nsa("pod-security/non-root"),
        mitre("T1611"),
        owasp("K01"),
    ],
    aliases: &["trivy:KSV-0105", "kube-linter:run-as-non-root"],
    profiles: &[Restricted, Recommended],
    fix: None,
    check: Check::Pod(Needs::Key(&["runAsUser"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    if security_context::has_user_namespace(pod, found.parameters()) {
        return;
    }
    for (place, user) in security_context::written(pod, "runAsUser") {
        if user.as_i64() == Some(0) {
            found.at(&user, format!("{place} asks for user 0, which is root: set runAsUser above 0"));
        }
    }
}

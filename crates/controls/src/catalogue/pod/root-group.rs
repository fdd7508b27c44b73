//! The manifest asks for root's group.
//!
//! ## What it checks
//! 0 as `runAsGroup` of the pod or of any container, as `fsGroup`, or among `supplementalGroups`.
//!
//! ## Why it matters
//! Much on a node and on shared volumes belongs to group 0 and may be read or written by it. A process with
//! that group reaches those files without being root.
//!
//! ## How to fix
//! Name a group of the workload's own.
//!
//! ```yaml bad
//! securityContext:
//!   runAsGroup: 0 # <- here
//!   fsGroup: 0 # <- here
//!   supplementalGroups:
//!   - 4000
//!   - 0 # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     runAsGroup: 0 # <- here
//! ```
//! ```yaml good
//! securityContext:
//!   runAsGroup: 3000
//!   fsGroup: 2000
//!   supplementalGroups: [4000]
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # Nothing asked, and user 0 is another matter.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     runAsUser: 0
//! ```
//!
//! ```cel
//! (variables.spec.?securityContext.?runAsGroup.orValue(1) == 0 || variables.spec.?securityContext.?fsGroup.orValue(1) == 0 ||
//!  variables.spec.?securityContext.?supplementalGroups.orValue([]).exists(group, group == 0) ? ["the pod asks for group 0, which is root's: set other groups"] : []) +
//! variables.containers
//!   .filter(c, c.?securityContext.?runAsGroup.orValue(1) == 0)
//!   .map(c, 'container "' + c.name + '" asks for group 0, which is root\'s: set another runAsGroup')
//! ```

use crate::prelude::*;
use crate::support::security_context;

pub const CONTROL: Control = Control {
    id: "pod/root-group",
    title: "Runs with root's group",
    severity: Low,
    frameworks: &[nsa("pod-security/root-group"), owasp("K01")],
    aliases: &["kubescape:C-0013", "trivy:KSV-0116", "kube-linter:run-as-non-root"],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Key(&["runAsGroup", "fsGroup", "supplementalGroups"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for (place, group) in security_context::written(pod, "runAsGroup") {
        if group.as_i64() == Some(0) {
            found.at(&group, format!("{place} asks for group 0, which is root's: set another runAsGroup"));
        }
    }
    let fs_group = pod.security("fsGroup");
    if fs_group.as_i64() == Some(0) {
        found.at(&fs_group, "volumes belong to group 0, which is root's: set another fsGroup");
    }
    for group in pod.security("supplementalGroups").items() {
        if group.as_i64() == Some(0) {
            found.at(&group, "the pod asks for group 0, which is root's: remove it from supplementalGroups");
        }
    }
}

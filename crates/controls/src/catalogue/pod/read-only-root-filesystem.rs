//! A container can write to its own image's files.
//!
//! ## What it checks
//! `securityContext.readOnlyRootFilesystem: true` on every container: init, app and ephemeral ones. The
//! field exists on containers only, and not for Windows.
//!
//! ## Why it matters
//! Who gets into a container with a writable root can put tools and back doors there, and change the
//! program that runs.
//!
//! ## How to fix
//! Set `readOnlyRootFilesystem: true`, and mount an `emptyDir` where the program writes, `/tmp` most often.
//!
//! ## How others differ
//! Polaris accepts a field on the pod that doesn't exist there. Only kube-linter and Kubescape look at
//! ephemeral containers, and Kubescape in bare pods only.
//!
//! ```yaml bad
//! containers:
//! - name: app # <- here
//!   image: registry.example.com/app:1.4
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     readOnlyRootFilesystem: false # <- here
//! ```
//! ```yaml fixed
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     readOnlyRootFilesystem: true
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     readOnlyRootFilesystem: true
//! ```
//! ```yaml bad
//! # The pod's security context has no such field.
//! securityContext:
//!   readOnlyRootFilesystem: true
//! initContainers:
//! - name: setup
//!   image: registry.example.com/setup:1.4
//!   securityContext: # <- here
//!     runAsNonRoot: true
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     readOnlyRootFilesystem: yes
//!   volumeMounts:
//!   - {name: tmp, mountPath: /tmp}
//! volumes:
//! - name: tmp
//!   emptyDir: {}
//! ```
//! ```yaml near-miss
//! os:
//!   name: windows
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, !variables.isWindows && !c.?securityContext.?readOnlyRootFilesystem.orValue(false))
//!   .map(c, 'container "' + c.name + '" can write to its root: set readOnlyRootFilesystem to true')
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "pod/read-only-root-filesystem",
    title: "Writable root file system",
    severity: Low,
    frameworks: &[nsa("pod-security/immutable-filesystem"), owasp("K01")],
    aliases: &[
        "checkov:CKV_K8S_22",
        "kubescape:C-0017",
        "trivy:KSV-0014",
        "kube-linter:no-read-only-root-fs",
        "polaris:notReadOnlyRootFilesystem",
        "kube-score:container-security-context-readonlyrootfilesystem",
        "kubesec:ReadOnlyRootFilesystem",
        "kics:Root-Container-Not-Mounted-Read-only",
    ],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let read_only = container.security("readOnlyRootFilesystem");
    if !read_only.is_true() && !container.pod().is_windows() {
        let message =
            format!("{} can write to its root: set readOnlyRootFilesystem to true", container.title());
        found.at(&read_only, message).unsafe_fix(set(&read_only, true));
    }
}

//! An annotation asks to run without seccomp.
//!
//! ## What it checks
//! The annotations `seccomp.security.alpha.kubernetes.io/pod` and
//! `container.seccomp.security.alpha.kubernetes.io/<container>` of every pod with the value `unconfined`.
//!
//! ## Why it matters
//! Before Kubernetes 1.27 it switches off the filter of system calls. Since then it does nothing, but says
//! what was meant, and an older node or a copy elsewhere takes it at its word.
//!
//! ## How to fix
//! Remove the annotation, and set `securityContext.seccompProfile.type` to `RuntimeDefault`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   annotations:
//!     seccomp.security.alpha.kubernetes.io/pod: unconfined # <- here
//!     container.seccomp.security.alpha.kubernetes.io/app: unconfined # <- here
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//! spec:
//!   securityContext:
//!     seccompProfile:
//!       type: RuntimeDefault
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # A profile, and AppArmor's annotation.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   annotations:
//!     seccomp.security.alpha.kubernetes.io/pod: runtime/default
//!     container.apparmor.security.beta.kubernetes.io/app: unconfined
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "pod/seccomp-annotation-unconfined",
    title: "seccomp switched off by annotation",
    severity: Medium,
    frameworks: &[owasp("K01")],
    aliases: &["trivy:KSV-0104"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Key(&["annotations"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for (key, value) in pod.annotations().entries() {
        let is_profile = key == "seccomp.security.alpha.kubernetes.io/pod"
            || key.starts_with("container.seccomp.security.alpha.kubernetes.io/");
        if is_profile && value.is("unconfined") {
            found.at(&value, "the annotation asks to run without seccomp: remove it, and set seccompProfile");
        }
    }
}

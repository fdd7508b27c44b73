//! A seccomp profile that is set by annotation isn't in force.
//!
//! ## What it checks
//! The annotations `seccomp.security.alpha.kubernetes.io/pod` and
//! `container.seccomp.security.alpha.kubernetes.io/<container>` of every pod, with any value but `unconfined`
//! (which is `pod/seccomp-annotation-unconfined`). Not with a `kubernetes-version` below 1.27, where they count.
//!
//! ## Why it matters
//! They were the way to set seccomp before Kubernetes 1.19. Since 1.27 the API server doesn't turn them into
//! fields any more: what looks confined runs unconfined.
//!
//! ## How to fix
//! Set `securityContext.seccompProfile` and remove the annotation. `runtime/default` and `docker/default` are
//! `type: RuntimeDefault`, `localhost/x` is `type: Localhost` with `localhostProfile: x`.
//!
//! ## How others differ
//! Checkov and Trivy still take the pod's annotation for a profile. KICS and kube-score read another one,
//! `seccomp.security.alpha.kubernetes.io/defaultProfileName`, which PodSecurityPolicies had and pods never.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   annotations:
//!     seccomp.security.alpha.kubernetes.io/pod: runtime/default # <- here
//!     container.seccomp.security.alpha.kubernetes.io/app: localhost/app.json # <- here
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
//!   annotations:
//!     example.com/owner: shop
//! spec:
//!   securityContext:
//!     seccompProfile:
//!       type: RuntimeDefault
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss parameters={"kubernetes-version":"1.26"}
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   annotations:
//!     seccomp.security.alpha.kubernetes.io/pod: runtime/default
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # On the Deployment itself it never meant anything, and a PodSecurityPolicy has names alike.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: app
//!   annotations:
//!     seccomp.security.alpha.kubernetes.io/pod: runtime/default
//! spec:
//!   template:
//!     metadata:
//!       annotations:
//!         seccomp.security.alpha.kubernetes.io/allowedProfileNames: runtime/default
//!     spec:
//!       containers:
//!       - name: app
//!         image: registry.example.com/app:1.4
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "pod/seccomp-annotation",
    title: "Seccomp annotation without effect",
    severity: Medium,
    frameworks: &[cis("5.6.2"), nsa("pod-security/seccomp"), mitre("T1068"), owasp("K01")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Key(&["annotations"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    if found.parameters().kubernetes_minor() < 27 {
        return;
    }
    for (key, value) in pod.annotations().entries() {
        let is_profile = key == "seccomp.security.alpha.kubernetes.io/pod"
            || key.starts_with("container.seccomp.security.alpha.kubernetes.io/");
        if is_profile && value.exists() && !value.is("unconfined") {
            found.at(
                &value,
                "the seccomp annotation has no effect since Kubernetes 1.27: set securityContext.seccompProfile",
            );
        }
    }
}

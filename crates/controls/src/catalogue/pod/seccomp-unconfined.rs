//! Seccomp is switched off.
//!
//! ## What it checks
//! `seccompProfile.type` wherever it is written, on the pod and on every container: `RuntimeDefault` and
//! `Localhost` pass, `Unconfined` and whatever isn't a type don't. A pod that says nothing is the matter of
//! `pod/seccomp-profile`.
//!
//! ## Why it matters
//! `Unconfined` opens every system call of the kernel to the container, and overrides a kubelet that would
//! filter by default.
//!
//! ## How to fix
//! Set the type to `RuntimeDefault`. A program that needs a call more gets a profile of its own with
//! `Localhost`. Take the old annotation `unconfined` away first: the API server refuses a field that contradicts it.
//!
//! ## How others differ
//! Trivy fails pods without a profile as well.
//!
//! ```yaml bad
//! securityContext:
//!   seccompProfile:
//!     type: Unconfined # <- here
//! initContainers:
//! - name: setup
//!   image: registry.example.com/setup:1.4
//!   securityContext:
//!     seccompProfile: {type: unconfined} # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     seccompProfile: # <- here
//!       localhostProfile: profiles/app.json
//! ```
//! ```yaml fixed
//! securityContext:
//!   seccompProfile:
//!     type: RuntimeDefault
//! initContainers:
//! - name: setup
//!   image: registry.example.com/setup:1.4
//!   securityContext:
//!     seccompProfile: {type: RuntimeDefault}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     seccompProfile:
//!       localhostProfile: profiles/app.json
//!       type: RuntimeDefault
//! ```
//! ```yaml bad
//! # The API server refuses RuntimeDefault next to an annotation that says otherwise: only the pod's has one.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   annotations:
//!     seccomp.security.alpha.kubernetes.io/pod: unconfined
//!     container.seccomp.security.alpha.kubernetes.io/app: docker/default
//! spec:
//!   securityContext:
//!     seccompProfile: {type: Unconfined} # <- here
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!     securityContext:
//!       seccompProfile: {type: Unconfined} # <- here
//! ```
//! ```yaml fixed
//! # The API server refuses RuntimeDefault next to an annotation that says otherwise: only the pod's has one.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   annotations:
//!     seccomp.security.alpha.kubernetes.io/pod: unconfined
//!     container.seccomp.security.alpha.kubernetes.io/app: docker/default
//! spec:
//!   securityContext:
//!     seccompProfile: {type: Unconfined}
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!     securityContext:
//!       seccompProfile: {type: RuntimeDefault}
//! ```
//! ```yaml good
//! securityContext:
//!   seccompProfile:
//!     type: RuntimeDefault
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     seccompProfile: {type: Localhost, localhostProfile: profiles/app.json}
//! ```
//! ```yaml near-miss
//! # Nothing said, and null says nothing.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     seccompProfile: null
//! ```
//!
//! ```cel
//! (!(variables.spec.?securityContext.?seccompProfile.?type.orValue("Localhost") in ["RuntimeDefault", "Localhost"]) ? ["the pod runs without seccomp: set seccompProfile.type to RuntimeDefault"] : []) +
//! variables.containers
//!   .filter(c, !(c.?securityContext.?seccompProfile.?type.orValue("Localhost") in ["RuntimeDefault", "Localhost"]))
//!   .map(c, 'container "' + c.name + '" runs without seccomp: set seccompProfile.type to RuntimeDefault')
//! ```

use crate::prelude::*;
use crate::support::seccomp;

pub const CONTROL: Control = Control {
    id: "pod/seccomp-unconfined",
    title: "Seccomp switched off",
    severity: Medium,
    frameworks: &[
        pss("baseline/seccompProfile_baseline"),
        cis("5.6.2"),
        nsa("pod-security/seccomp"),
        mitre("T1068"),
        owasp("K01"),
    ],
    aliases: &["trivy:KSV-0104", "kubesec:SeccompUnconfined"],
    profiles: &[Baseline, Recommended],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Key(&["seccompProfile"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for (place, kind, container) in seccomp::written(pod) {
        if seccomp::is_filter(&kind) {
            continue;
        }
        let message = format!("{place} runs without seccomp: set seccompProfile.type to RuntimeDefault");
        let draft = found.at(&kind, message);
        if seccomp::takes_default(pod, container.as_ref()) {
            draft.unsafe_fix(set(&kind, "RuntimeDefault"));
        }
    }
}

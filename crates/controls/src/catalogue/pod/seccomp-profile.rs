//! System calls of a container are not filtered.
//!
//! ## What it checks
//! `seccompProfile.type`, on the pod and on each container: `RuntimeDefault` and `Localhost` pass. A container
//! without a profile of its own has the pod's. A bad type on the pod is found also where every container has a
//! good one. Pods for Windows (`spec.os.name: windows`) pass. Where a pod's own settings can't be written (Knative's
//! services, a SidecarSet), each container is to have one.
//!
//! ## Why it matters
//! A kernel has some four hundred system calls; a program needs a few dozen. The runtime's default profile
//! takes away those that kernel exploits begin with, and hardly any program notices. Kubernetes starts
//! containers without it unless the kubelet runs with `seccompDefault`, which a manifest can't see.
//!
//! ## How to fix
//! Set `securityContext.seccompProfile.type: RuntimeDefault` on the pod. Take the old annotation away first where it
//! says something else: the API server refuses a field that contradicts it.
//!
//! ## How others differ
//! Checkov and Kubescape fail `Localhost`. kube-score passes any profile, `Unconfined` too. Checkov and Trivy pass the
//! old annotation of a pod, which does nothing since Kubernetes 1.27 (`pod/seccomp-annotation`), KICS and kube-score
//! one that pods never had, `…/defaultProfileName`.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: app
//! spec:
//!   template:
//!     spec: # <- here
//!       containers:
//!       - name: app
//!         image: registry.example.com/app:1.4
//!       - name: helper
//!         image: registry.example.com/helper:1.4
//!         securityContext:
//!           seccompProfile:
//!             type: RuntimeDefault
//! ```
//! ```yaml fixed
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: app
//! spec:
//!   template:
//!     spec:
//!       containers:
//!       - name: app
//!         image: registry.example.com/app:1.4
//!       - name: helper
//!         image: registry.example.com/helper:1.4
//!         securityContext:
//!           seccompProfile:
//!             type: RuntimeDefault
//!       securityContext:
//!         seccompProfile:
//!           type: RuntimeDefault
//! ```
//! ```yaml bad
//! securityContext:
//!   seccompProfile:
//!     type: Unconfined # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     seccompProfile:
//!       type: RuntimeDefault
//! ephemeralContainers:
//! - name: debug
//!   image: registry.example.com/debug:1.4
//!   securityContext:
//!     seccompProfile:
//!       type: runtimedefault # <- here
//! ```
//! ```yaml fixed
//! securityContext:
//!   seccompProfile:
//!     type: RuntimeDefault
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     seccompProfile:
//!       type: RuntimeDefault
//! ephemeralContainers:
//! - name: debug
//!   image: registry.example.com/debug:1.4
//!   securityContext:
//!     seccompProfile:
//!       type: RuntimeDefault
//! ```
//! ```yaml bad
//! # The API server refuses RuntimeDefault next to this annotation.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   annotations:
//!     seccomp.security.alpha.kubernetes.io/pod: localhost/profiles/app.json
//! spec: # <- here
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml fixed
//! # The API server refuses RuntimeDefault next to this annotation.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   annotations:
//!     seccomp.security.alpha.kubernetes.io/pod: localhost/profiles/app.json
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml bad
//! # Knative takes no profile of the pod.
//! apiVersion: serving.knative.dev/v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   template:
//!     spec:
//!       containers:
//!       - image: registry.example.com/web:1.4 # <- here
//! ```
//! ```yaml fixed
//! # Knative takes no profile of the pod.
//! apiVersion: serving.knative.dev/v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   template:
//!     spec:
//!       containers:
//!       - image: registry.example.com/web:1.4
//!         securityContext:
//!           seccompProfile:
//!             type: RuntimeDefault
//! ```
//! ```yaml good
//! securityContext:
//!   seccompProfile:
//!     type: RuntimeDefault
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     seccompProfile:
//!       type: Localhost
//!       localhostProfile: profiles/app.json
//! ```
//! ```yaml near-miss
//! os: {name: windows}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//!
//! ```cel
//! variables.isWindows ? [] :
//! (!(variables.spec.?securityContext.?seccompProfile.?type.orValue("Localhost") in ["RuntimeDefault", "Localhost"]) ? ["the pod has no seccomp filter: set seccompProfile.type to RuntimeDefault"] : []) +
//! variables.containers
//!   .filter(c, !(c.?securityContext.?seccompProfile.?type.orValue("Localhost") in ["RuntimeDefault", "Localhost"]) ||
//!     (!c.?securityContext.?seccompProfile.hasValue() && !variables.spec.?securityContext.?seccompProfile.hasValue()))
//!   .map(c, 'container "' + c.name + '" has no seccomp filter: set seccompProfile.type of the pod to RuntimeDefault')
//! ```

use crate::prelude::*;
use crate::support::seccomp;

pub const CONTROL: Control = Control {
    id: "pod/seccomp-profile",
    title: "No seccomp profile",
    severity: Medium,
    frameworks: &[
        pss("restricted/seccompProfile_restricted"),
        cis("5.6.2"),
        nsa("pod-security/seccomp"),
        mitre("T1068"),
        owasp("K01"),
    ],
    aliases: &[
        "checkov:CKV_K8S_31",
        "kubescape:C-0210",
        "trivy:KSV-0030",
        "kube-score:container-seccomp-profile",
        "kubesec:SeccompAny",
        "kics:Seccomp-Profile-Is-Not-Configured",
    ],
    profiles: &[Restricted, Recommended],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    if pod.is_windows() {
        return;
    }
    for (place, kind, container) in seccomp::written(pod) {
        if seccomp::is_filter(&kind) {
            continue;
        }
        let message = format!("{place} has no seccomp filter: set seccompProfile.type to RuntimeDefault");
        let draft = found.at(&kind, message);
        if seccomp::takes_default(pod, container.as_ref()) {
            draft.unsafe_fix(set(&kind, "RuntimeDefault"));
        }
    }
    let on_pod = pod.security("seccompProfile");
    if on_pod.exists() {
        return;
    }
    let mut lacking = pod.containers().filter(|container| !container.security("seccompProfile").exists());
    if pod.is_partial() {
        for container in lacking {
            let kind = container.security("seccompProfile.type");
            let message = format!(
                "{} has no seccomp profile: set seccompProfile.type to RuntimeDefault",
                container.title()
            );
            found.at(&kind, message).unsafe_fix(set(&kind, "RuntimeDefault"));
        }
    } else if let Some(container) = lacking.next() {
        let message = format!(
            "{} has no seccomp profile: set the pod's seccompProfile.type to RuntimeDefault",
            container.title()
        );
        let draft = found.at(&on_pod, message);
        if seccomp::takes_default(pod, None) {
            draft.unsafe_fix(set(&on_pod.get("type"), "RuntimeDefault"));
        }
    }
}

//! Nothing makes the kubelet refuse to start the container as root.
//!
//! ## What it checks
//! `securityContext.runAsNonRoot`: every `false`, on the pod or on a container, and every container that has
//! none itself below a pod that doesn't say `true`. A pod with `hostUsers: false` passes, as the Pod Security
//! Standards have it since 1.35 (not with an older `kubernetes-version`).
//!
//! ## Why it matters
//! `runAsUser` is a number that anybody can change; `runAsNonRoot: true` is a promise that the kubelet keeps,
//! also for an image whose user changes to root later.
//!
//! ## How to fix
//! Set `runAsNonRoot: true` on the pod, and remove what contradicts it on containers. Next to `runAsUser: 0`, or to
//! `runAsUserName: ContainerAdministrator` on Windows, the kubelet never starts the container: name another user too.
//!
//! ## How others differ
//! The others pass a `false` on the pod where every container says `true`; the Pod Security Standards don't.
//! Trivy passes a `false` on a container below a pod that says `true`.
//!
//! ```yaml bad
//! containers:
//! - name: app # <- here
//!   image: registry.example.com/app:1.4
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext: # <- here
//!     runAsUser: 1000
//! ephemeralContainers:
//! - name: debug
//!   image: registry.example.com/debug:1.4
//!   securityContext:
//!     runAsNonRoot: false # <- here
//! ```
//! ```yaml fixed
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     runAsNonRoot: true
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     runAsUser: 1000
//!     runAsNonRoot: true
//! ephemeralContainers:
//! - name: debug
//!   image: registry.example.com/debug:1.4
//!   securityContext:
//!     runAsNonRoot: true
//! ```
//! ```yaml bad
//! securityContext:
//!   runAsNonRoot: no # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     runAsNonRoot: true
//! - name: helper
//!   image: registry.example.com/helper:1.4
//! ```
//! ```yaml bad
//! # With user 0 the container would never start: there is no fix but another user.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//! spec:
//!   securityContext:
//!     runAsUser: 0
//!   containers:
//!   - name: app # <- here
//!     image: registry.example.com/app:1.4
//!   - name: helper
//!     image: registry.example.com/helper:1.4
//!     securityContext:
//!       runAsUser: 1000
//!       runAsNonRoot: false # <- here
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: site
//! spec:
//!   os: {name: windows}
//!   securityContext:
//!     runAsNonRoot: false # <- here
//!   containers:
//!   - name: site
//!     image: registry.example.com/site:1.4
//!     securityContext:
//!       windowsOptions: {runAsUserName: containeradministrator}
//! ```
//! ```yaml fixed
//! # With user 0 the container would never start: there is no fix but another user.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//! spec:
//!   securityContext:
//!     runAsUser: 0
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!   - name: helper
//!     image: registry.example.com/helper:1.4
//!     securityContext:
//!       runAsUser: 1000
//!       runAsNonRoot: true
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: site
//! spec:
//!   os: {name: windows}
//!   securityContext:
//!     runAsNonRoot: false
//!   containers:
//!   - name: site
//!     image: registry.example.com/site:1.4
//!     securityContext:
//!       windowsOptions: {runAsUserName: containeradministrator}
//! ```
//! ```yaml bad parameters={"kubernetes-version":"1.34"}
//! hostUsers: false
//! securityContext:
//!   runAsNonRoot: false # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     runAsNonRoot: true
//! ```
//! ```yaml good
//! securityContext:
//!   runAsNonRoot: true
//! initContainers:
//! - name: setup
//!   image: registry.example.com/setup:1.4
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # Root in a user namespace is nobody on the node.
//! hostUsers: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     runAsNonRoot: false
//! ```
//!
//! ```cel
//! variables.kubernetesMinor >= 35 && !variables.spec.?hostUsers.orValue(true) ? [] :
//! (!variables.spec.?securityContext.?runAsNonRoot.orValue(true) ? ["the pod lets its containers run as root: set runAsNonRoot to true"] : []) +
//! variables.containers
//!   .filter(c, !c.?securityContext.?runAsNonRoot.orValue(variables.spec.?securityContext.?runAsNonRoot.hasValue()))
//!   .map(c, 'container "' + c.name + '" may start as root: set runAsNonRoot to true')
//! ```

use crate::prelude::*;
use crate::support::security_context;

pub const CONTROL: Control = Control {
    id: "pod/run-as-non-root",
    title: "runAsNonRoot not required",
    severity: Medium,
    frameworks: &[
        pss("restricted/runAsNonRoot"),
        cis("5.2.7"),
        nsa("pod-security/non-root"),
        mitre("T1611"),
        owasp("K01"),
    ],
    aliases: &["trivy:KSV-0012", "kubesec:RunAsNonRoot"],
    profiles: &[Restricted],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    if security_context::has_user_namespace(pod, found.parameters()) {
        return;
    }
    let on_pod = pod.security("runAsNonRoot");
    if on_pod.is_false() {
        let draft = found.at(&on_pod, "the pod lets its containers run as root: set runAsNonRoot to true");
        if security_context::starts_as_non_root(pod, &on_pod) {
            draft.unsafe_fix(set(&on_pod, true));
        }
    }
    for container in pod.containers() {
        let own = container.security("runAsNonRoot");
        // What inherits from the pod's `false` is mended there.
        let inherits = !own.exists() && on_pod.as_bool().is_some();
        if !own.is_true() && !inherits {
            let message = format!("{} may start as root: set runAsNonRoot to true", container.title());
            let draft = found.at(&own, message);
            if security_context::starts_as_non_root(pod, &own) {
                draft.unsafe_fix(set(&own, true));
            }
        }
    }
}

//! A container names no AppArmor profile.
//!
//! ## What it checks
//! Every container needs an AppArmor profile: its own `securityContext.appArmorProfile`, the pod's, or the
//! older annotation `container.apparmor.security.beta.kubernetes.io/<container>`. Which profile it is, is the
//! matter of `pod/apparmor-unconfined`. Pods for Windows pass.
//!
//! ## Why it matters
//! A profile limits what files, mounts and capabilities a container reaches even as root. Runtimes apply
//! their default one where the node has AppArmor; named in the manifest, the pod doesn't start on a node
//! that has none.
//!
//! ## How to fix
//! Set `securityContext.appArmorProfile.type: RuntimeDefault` on the pod, where all nodes have AppArmor. Nodes
//! with SELinux have no need of it. Where an annotation says anything but `runtime/default`, write its profile to the
//! container's own field first: the API server refuses a field that contradicts it.
//!
//! ## How others differ
//! KICS and Trivy look at the annotation alone, which the API server still turns into the field.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   annotations:
//!     container.apparmor.security.beta.kubernetes.io/helper: runtime/default
//! spec:
//!   securityContext: # <- here
//!     runAsNonRoot: true
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!   - name: helper
//!     image: registry.example.com/helper:1.4
//! ```
//! ```yaml fixed
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   annotations:
//!     container.apparmor.security.beta.kubernetes.io/helper: runtime/default
//! spec:
//!   securityContext:
//!     runAsNonRoot: true
//!     appArmorProfile:
//!       type: RuntimeDefault
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!   - name: helper
//!     image: registry.example.com/helper:1.4
//! ```
//! ```yaml bad
//! # The API server refuses RuntimeDefault for a container that this annotation gives another profile.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   annotations:
//!     container.apparmor.security.beta.kubernetes.io/helper: localhost/helper
//! spec: # <- here
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!   - name: helper
//!     image: registry.example.com/helper:1.4
//! ```
//! ```yaml fixed
//! # The API server refuses RuntimeDefault for a container that this annotation gives another profile.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   annotations:
//!     container.apparmor.security.beta.kubernetes.io/helper: localhost/helper
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!   - name: helper
//!     image: registry.example.com/helper:1.4
//! ```
//! ```yaml good
//! securityContext:
//!   appArmorProfile:
//!     type: RuntimeDefault
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # These join other pods, and can't say it for them.
//! apiVersion: apps.kruise.io/v1alpha1
//! kind: SidecarSet
//! metadata: {name: logs}
//! spec:
//!   selector: {matchLabels: {app: shop}}
//!   containers:
//!   - name: logs
//!     image: registry.example.com/logs:1.4
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   annotations:
//!     container.apparmor.security.beta.kubernetes.io/helper: localhost/helper
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!     securityContext:
//!       appArmorProfile: {type: Localhost, localhostProfile: app}
//!   - name: helper
//!     image: registry.example.com/helper:1.4
//! ```

use crate::prelude::*;
use crate::support::apparmor;

pub const CONTROL: Control = Control {
    id: "pod/apparmor-profile",
    title: "No AppArmor profile",
    severity: Low,
    frameworks: &[nsa("pod-security/apparmor"), mitre("T1611"), owasp("K01")],
    aliases: &["kubesec:ApparmorAny", "kics:Missing-AppArmor-Profile"],
    profiles: &[],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let on_pod = pod.security("appArmorProfile");
    if on_pod.exists() || pod.is_windows() || pod.is_partial() {
        return;
    }
    let lacks = |container: &Container<'_, 'd>| {
        !container.security("appArmorProfile").exists()
            && apparmor::annotation(pod, container.name()).is_none()
    };
    if let Some(container) = pod.containers().find(lacks) {
        let message = format!(
            "{} names no AppArmor profile: set the pod's appArmorProfile.type to RuntimeDefault",
            container.title()
        );
        let draft = found.at(&on_pod, message);
        // The API server holds the pod's field against the annotation of every container without a field of its own.
        let contradicts = |container: &Container<'_, 'd>| {
            !container.security("appArmorProfile").exists()
                && apparmor::annotations(pod)
                    .any(|(name, value)| name == container.name() && !value.is("runtime/default"))
        };
        if !pod.containers().any(|container| contradicts(&container)) {
            draft.unsafe_fix(set(&on_pod.get("type"), "RuntimeDefault"));
        }
    }
}

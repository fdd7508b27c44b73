//! Nothing confines a container beyond its namespaces.
//!
//! ## What it checks
//! Each container needs at least one of: a seccomp profile or an AppArmor profile that isn't `Unconfined`,
//! its own or the pod's; SELinux options; a dropped capability, unless `ALL` is added. `CAP_NET_RAW` drops nothing
//! where containerd runs, which puts `CAP_` before every name. Pods for Windows pass.
//!
//! ## Why it matters
//! Without any of the four, the kernel's whole surface and a dozen capabilities are open to whoever gets
//! into the container.
//!
//! ## How to fix
//! Start with `seccompProfile: {type: RuntimeDefault}` and `capabilities: {drop: [ALL]}`. Take an old annotation of
//! seccomp away first where it says something else: the API server refuses a field that contradicts it.
//!
//! ## How others differ
//! Kubescape counts seccomp alone, even `Unconfined`, and Polaris doesn't know the AppArmor field.
//!
//! ```yaml bad
//! containers:
//! - name: app # <- here
//!   image: registry.example.com/app:1.4
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext: # <- here
//!     runAsNonRoot: true
//!     seccompProfile: {type: Unconfined}
//!     capabilities: {drop: [ALL], add: [ALL]}
//! ```
//! ```yaml fixed
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     seccompProfile:
//!       type: RuntimeDefault
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     runAsNonRoot: true
//!     seccompProfile: {type: RuntimeDefault}
//!     capabilities: {drop: [ALL], add: [ALL]}
//! ```
//! ```yaml bad
//! # The API server refuses RuntimeDefault next to this annotation.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   annotations:
//!     container.seccomp.security.alpha.kubernetes.io/app: unconfined
//! spec:
//!   containers:
//!   - name: app # <- here
//!     image: registry.example.com/app:1.4
//!   - name: helper
//!     image: registry.example.com/helper:1.4
//!     securityContext: # <- here
//!       capabilities:
//!         drop: [CAP_NET_RAW]
//! ```
//! ```yaml fixed
//! # The API server refuses RuntimeDefault next to this annotation.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   annotations:
//!     container.seccomp.security.alpha.kubernetes.io/app: unconfined
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!   - name: helper
//!     image: registry.example.com/helper:1.4
//!     securityContext:
//!       capabilities:
//!         drop: [CAP_NET_RAW]
//!       seccompProfile:
//!         type: RuntimeDefault
//! ```
//! ```yaml good
//! securityContext:
//!   seccompProfile: {type: RuntimeDefault}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     capabilities: {drop: [NET_RAW]}
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     seLinuxOptions: {level: "s0:c123,c456"}
//! - name: third
//!   image: registry.example.com/third:1.4
//!   securityContext:
//!     appArmorProfile: {type: RuntimeDefault}
//! ```

use crate::prelude::*;
use crate::support::{apparmor, capabilities, seccomp};

pub const CONTROL: Control = Control {
    id: "pod/no-hardening",
    title: "Container without any confinement",
    severity: Medium,
    frameworks: &[cis("5.6.3"), aks("4.6.2"), nsa("pod-security/seccomp"), mitre("T1611"), owasp("K01")],
    aliases: &["kubescape:C-0055", "polaris:linuxHardening"],
    profiles: &[],
    fix: Some(Unsafe),
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let pod = container.pod();
    let is_confining = |field: Field<'d>| !matches!(field.get("type").text(), "" | "Unconfined");
    let drops = capabilities::dropped(container).next().is_some();
    let adds_all =
        capabilities::added(container).any(|(_, capability)| capabilities::normal(capability) == "ALL");
    let is_hardened = pod.is_windows()
        || is_confining(container.inherited("seccompProfile"))
        || is_confining(container.inherited("appArmorProfile"))
        || apparmor::annotation(pod, container.name()).is_some_and(|profile| profile != "unconfined")
        || !container.inherited("seLinuxOptions").is_empty()
        || (drops && !adds_all);
    if !is_hardened {
        let message = format!(
            "{} has no seccomp, AppArmor, SELinux or dropped capability: set seccompProfile.type to RuntimeDefault",
            container.title()
        );
        let context = container.get("securityContext");
        let draft = found.at(&context, message);
        if seccomp::takes_default(pod, Some(container)) {
            draft.unsafe_fix(set(&context.get("seccompProfile.type"), "RuntimeDefault"));
        }
    }
}

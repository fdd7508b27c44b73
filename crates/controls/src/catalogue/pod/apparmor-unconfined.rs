//! AppArmor is switched off.
//!
//! ## What it checks
//! `appArmorProfile.type` wherever it is written, on the pod and on every container: `RuntimeDefault` and
//! `Localhost` pass. And every annotation `container.apparmor.security.beta.kubernetes.io/<container>` of the
//! pod: nothing, `runtime/default` and `localhost/…` pass.
//!
//! ## Why it matters
//! The runtime's default profile keeps a container from mounting file systems and from writing to the
//! kernel's switches. `Unconfined` takes that away.
//!
//! ## How to fix
//! Set the type to `RuntimeDefault`, or write a profile for what the program needs.
//!
//! ## How others differ
//! Trivy fails profiles of `localhost/` and doesn't look at the field. KICS reads the annotation alone, and fails
//! containers that have none: that is `pod/apparmor-profile`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   annotations:
//!     container.apparmor.security.beta.kubernetes.io/app: unconfined # <- here
//! spec:
//!   securityContext:
//!     appArmorProfile:
//!       type: Unconfined # <- here
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!     securityContext:
//!       appArmorProfile: {type: Unconfined} # <- here
//! ```
//! ```yaml fixed
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   annotations:
//!     container.apparmor.security.beta.kubernetes.io/app: runtime/default
//! spec:
//!   securityContext:
//!     appArmorProfile:
//!       type: RuntimeDefault
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!     securityContext:
//!       appArmorProfile: {type: RuntimeDefault}
//! ```
//! ```yaml good
//! securityContext:
//!   appArmorProfile: {type: RuntimeDefault}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     appArmorProfile: {type: Localhost, localhostProfile: app}
//! ```
//! ```yaml near-miss
//! apiVersion: apps/v1
//! kind: DaemonSet
//! metadata:
//!   name: app
//!   annotations:
//!     container.apparmor.security.beta.kubernetes.io/app: unconfined
//! spec:
//!   template:
//!     metadata:
//!       annotations:
//!         container.apparmor.security.beta.kubernetes.io/app: localhost/app
//!         container.apparmor.security.beta.kubernetes.io/helper: ""
//!     spec:
//!       containers:
//!       - name: app
//!         image: registry.example.com/app:1.4
//! ```
//!
//! ```cel
//! (!(variables.spec.?securityContext.?appArmorProfile.?type.orValue("Localhost") in ["RuntimeDefault", "Localhost"]) ? ["the pod runs without AppArmor: set appArmorProfile.type to RuntimeDefault"] : []) +
//! variables.containers
//!   .filter(c, !(c.?securityContext.?appArmorProfile.?type.orValue("Localhost") in ["RuntimeDefault", "Localhost"]))
//!   .map(c, 'container "' + c.name + '" runs without AppArmor: set appArmorProfile.type to RuntimeDefault') +
//! variables.annotations
//!   .filter(key, key.startsWith("container.apparmor.security.beta.kubernetes.io/") && !(
//!     variables.annotations[key] in ["", "runtime/default"] ||
//!     variables.annotations[key].startsWith("localhost/")))
//!   .map(key, 'the annotation ' + key + ' switches AppArmor off: set it to runtime/default')
//! ```

use crate::prelude::*;
use crate::support::{apparmor, security_context};

pub const CONTROL: Control = Control {
    id: "pod/apparmor-unconfined",
    title: "AppArmor switched off",
    severity: Medium,
    frameworks: &[
        pss("baseline/appArmorProfile"),
        nsa("pod-security/apparmor"),
        mitre("T1611"),
        owasp("K01"),
    ],
    aliases: &["trivy:KSV-0002", "kubesec:ApparmorUnconfined", "kics:Missing-AppArmor-Profile"],
    profiles: &[Baseline, Recommended],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for (place, profile) in security_context::written(pod, "appArmorProfile") {
        let kind = profile.get("type");
        if !matches!(kind.text(), "RuntimeDefault" | "Localhost") {
            let message =
                format!("{place} runs without AppArmor: set appArmorProfile.type to RuntimeDefault");
            found.at(&kind, message).unsafe_fix(set(&kind, "RuntimeDefault"));
        }
    }
    for (container, profile) in apparmor::annotations(pod) {
        let name = profile.text();
        if !(name.is_empty() || name == "runtime/default" || name.starts_with("localhost/")) {
            let message = format!(
                "container {container:?} runs without AppArmor: set the annotation to runtime/default"
            );
            found.at(&profile, message).unsafe_fix(set(&profile, "runtime/default"));
        }
    }
}

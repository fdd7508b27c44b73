//! SELinux options that loosen a container's confinement.
//!
//! ## What it checks
//! `seLinuxOptions` of the pod and of every container: `type` may be empty, `container_t`, `container_init_t`,
//! `container_kvm_t` or (since 1.31) `container_engine_t`; `user` and `role` may not be set. `level` is free.
//!
//! ## Why it matters
//! The type decides what a process may touch on the node: `spc_t` and the types of system services are as
//! good as unconfined. A user or role of its own leads to other types.
//!
//! ## How to fix
//! Remove `type`, `user` and `role`: the runtime then sets `container_t`.
//!
//! ## How others differ
//! Trivy fails an empty type and `container_engine_t`, which the standards allow since 1.31, and doesn't look
//! at ephemeral containers.
//!
//! ```yaml bad
//! securityContext:
//!   seLinuxOptions:
//!     level: "s0:c123,c456"
//!     type: spc_t # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     seLinuxOptions:
//!       level: "s0:c123,c456"
//!       user: system_u # <- here
//!       role: system_r # <- here
//! ```
//! ```yaml fixed
//! securityContext:
//!   seLinuxOptions:
//!     level: "s0:c123,c456"
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     seLinuxOptions:
//!       level: "s0:c123,c456"
//! ```
//! ```yaml bad parameters={"kubernetes-version":"1.30"}
//! securityContext:
//!   seLinuxOptions:
//!     type: container_engine_t # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml good
//! securityContext:
//!   seLinuxOptions:
//!     level: "s0:c123,c456"
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     seLinuxOptions: {type: container_t}
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     seLinuxOptions: {type: "", user: "", role: null}
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     seLinuxOptions: {type: container_engine_t}
//! ```
//!
//! ```cel
//! (!(variables.spec.?securityContext.?seLinuxOptions.?type.orValue("") in (
//!   ["", "container_t", "container_init_t", "container_kvm_t"] +
//!   (variables.kubernetesMinor >= 31 ? ["container_engine_t"] : []))) || variables.spec.?securityContext.?seLinuxOptions.?user.orValue("") != "" || variables.spec.?securityContext.?seLinuxOptions.?role.orValue("") != "" ? ["the pod sets SELinux options beyond baseline: remove them"] : []) +
//! variables.containers
//!   .filter(c, !(c.?securityContext.?seLinuxOptions.?type.orValue("") in (
//!   ["", "container_t", "container_init_t", "container_kvm_t"] +
//!   (variables.kubernetesMinor >= 31 ? ["container_engine_t"] : []))) || c.?securityContext.?seLinuxOptions.?user.orValue("") != "" || c.?securityContext.?seLinuxOptions.?role.orValue("") != "")
//!   .map(c, 'container "' + c.name + '" sets SELinux options beyond baseline: remove them')
//! ```

use plimsoll_podsecurity::allowed;

use crate::prelude::*;
use crate::support::security_context;

pub const CONTROL: Control = Control {
    id: "pod/selinux-options",
    title: "SELinux options beyond baseline",
    severity: Medium,
    frameworks: &[pss("baseline/seLinuxOptions"), nsa("pod-security/selinux"), mitre("T1611"), owasp("K01")],
    aliases: &["trivy:KSV-0025"],
    profiles: &[Baseline, Recommended],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Key(&["seLinuxOptions"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let minor = u64::from(found.parameters().kubernetes_minor());
    for (place, options) in security_context::written(pod, "seLinuxOptions") {
        let kind = options.get("type");
        if allowed::se_linux_type(kind.text()).is_none_or(|since| since > minor) {
            let message = format!("{place} sets the SELinux type {:?}: remove it", kind.text());
            found.at(&kind, message).unsafe_fix(remove(&kind));
        }
        for (name, field) in [("user", options.get("user")), ("role", options.get("role"))] {
            if !field.text().is_empty() {
                let message = format!("{place} sets an SELinux {name}: remove it");
                found.at(&field, message).unsafe_fix(remove(&field));
            }
        }
    }
}

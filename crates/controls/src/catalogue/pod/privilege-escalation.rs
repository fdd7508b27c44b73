//! A process may gain more privileges than the one that started it.
//!
//! ## What it checks
//! `securityContext.allowPrivilegeEscalation` of every container: init, app and ephemeral ones. Only an
//! explicit `false` passes, since the default is true. Pods for Windows (`spec.os.name: windows`) are left
//! out, as the Pod Security Standards do.
//!
//! ## Why it matters
//! `false` sets the kernel's `no_new_privs`: setuid programs and file capabilities then give nothing.
//! Without it, a process that runs as a plain user can become root in its container through any setuid
//! binary of the image, and every kernel or runtime flaw that needs root comes within reach.
//!
//! ## How to fix
//! Set `allowPrivilegeEscalation: false`. What calls `sudo` or `su` stops working. A privileged container,
//! and one that adds `CAP_SYS_ADMIN`, has to give that up first: the API server refuses the two together,
//! as `manifest/invalid-value` says of what is written so.
//!
//! ## How others differ
//! kube-linter passes containers that leave the field out. Checkov, Trivy, Polaris and KICS don't look at
//! ephemeral containers, and Kubescape looks at app containers only.
//!
//! ```yaml bad
//! initContainers:
//! - name: setup
//!   image: registry.example.com/setup:1.4
//!   securityContext: # <- here
//!     runAsNonRoot: true
//! containers:
//! - name: app # <- here
//!   image: registry.example.com/app:1.4
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     allowPrivilegeEscalation: on # <- here
//! ```
//! ```yaml fixed
//! initContainers:
//! - name: setup
//!   image: registry.example.com/setup:1.4
//!   securityContext:
//!     runAsNonRoot: true
//!     allowPrivilegeEscalation: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     allowPrivilegeEscalation: false
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     allowPrivilegeEscalation: false
//! ```
//! ```yaml bad
//! # The pod has no such field, null is absent, and a privileged container always may.
//! securityContext:
//!   allowPrivilegeEscalation: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     allowPrivilegeEscalation: null # <- here
//! ephemeralContainers:
//! - name: debug
//!   image: registry.example.com/debug:1.4
//!   securityContext: # <- here
//!     privileged: true
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     allowPrivilegeEscalation: no
//! ```
//! ```yaml near-miss
//! os: {name: windows}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, !variables.isWindows && c.?securityContext.?allowPrivilegeEscalation.orValue(true))
//!   .map(c, 'container "' + c.name + '" may gain privileges: set allowPrivilegeEscalation to false')
//! ```

use crate::prelude::*;
use crate::support::security_context;

pub const CONTROL: Control = Control {
    id: "pod/privilege-escalation",
    title: "Privilege escalation allowed",
    severity: Medium,
    frameworks: &[
        pss("restricted/allowPrivilegeEscalation"),
        cis("5.2.6"),
        aks("4.2.5"),
        eks("4.2.5"),
        nsa("pod-security/privilege-escalation"),
        mitre("T1068"),
        owasp("K01"),
    ],
    aliases: &[
        "checkov:CKV_K8S_20",
        "kubescape:C-0016",
        "trivy:KSV-0001",
        "kube-linter:privilege-escalation-container",
        "polaris:privilegeEscalationAllowed",
        "kubesec:AllowPrivilegeEscalation",
        "kics:Privilege-Escalation-Allowed",
    ],
    profiles: &[Restricted, Recommended],
    fix: Some(Unsafe),
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let allowed = container.security("allowPrivilegeEscalation");
    if allowed.is_false() || container.pod().is_windows() {
        return;
    }
    let message = format!("{} may gain privileges: set allowPrivilegeEscalation to false", container.title());
    let draft = found.at(&allowed, message);
    if security_context::needs_escalation(container).is_none() {
        draft.unsafe_fix(set(&allowed, false));
    }
}

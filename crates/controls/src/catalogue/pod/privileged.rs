//! A privileged container owns its node.
//!
//! ## What it checks
//! `securityContext.privileged` of every container: init, app and ephemeral ones. Only `true` counts,
//! in every spelling that the API server reads as true (`yes`, `on`, `y`).
//!
//! ## Why it matters
//! A privileged container has every capability, sees every device of the node and runs without
//! seccomp, AppArmor or SELinux confinement. Who gets into it can load a kernel module or mount the
//! node's disk, and from there read every secret and every other workload of the node.
//!
//! ## How to fix
//! Set `privileged: false`, or leave it out. Where a workload needs one power, grant that capability
//! alone, or the one device by a device plugin. A mount with `mountPropagation: Bidirectional` goes first: the
//! API server allows it to privileged containers alone.
//!
//! ## How others differ
//! Checkov, Trivy, Polaris and KICS don't look at ephemeral containers. Checkov takes any value that
//! Python calls true, the string `"false"` too. Kubescape's C-0057 fails containers that add
//! `SYS_ADMIN` as well: here that is `pod/capability-sys-admin`.
//!
//! ```yaml bad
//! initContainers:
//! - name: tune
//!   image: registry.example.com/tune:1.4
//!   securityContext:
//!     privileged: yes # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext: {privileged: true} # <- here
//! ephemeralContainers:
//! - name: debug
//!   image: registry.example.com/debug:1.4
//!   securityContext:
//!     privileged: on # <- here
//! ```
//! ```yaml fixed
//! initContainers:
//! - name: tune
//!   image: registry.example.com/tune:1.4
//!   securityContext:
//!     privileged: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext: {privileged: false}
//! ephemeralContainers:
//! - name: debug
//!   image: registry.example.com/debug:1.4
//!   securityContext:
//!     privileged: false
//! ```
//! ```yaml bad
//! # The API server refuses the mount without the privilege.
//! containers:
//! - name: driver
//!   image: registry.example.com/driver:1.4
//!   securityContext:
//!     privileged: true # <- here
//!   volumeMounts:
//!   - {name: pods, mountPath: /var/lib/kubelet/pods, mountPropagation: Bidirectional}
//! ```
//! ```yaml fixed
//! # The API server refuses the mount without the privilege.
//! containers:
//! - name: driver
//!   image: registry.example.com/driver:1.4
//!   securityContext:
//!     privileged: true
//!   volumeMounts:
//!   - {name: pods, mountPath: /var/lib/kubelet/pods, mountPropagation: Bidirectional}
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext:
//!     privileged: false
//! ```
//! ```yaml near-miss
//! # Strings are no booleans: the API server refuses this pod, it doesn't run it privileged.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     privileged: "true"
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, c.?securityContext.?privileged.orValue(false))
//!   .map(c, 'container "' + c.name + '" runs privileged: set privileged to false')
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "pod/privileged",
    title: "Privileged container",
    severity: Critical,
    frameworks: &[
        pss("baseline/privileged"),
        cis("5.2.2"),
        aks("4.2.1"),
        eks("4.2.1"),
        nsa("pod-security/privileged"),
        mitre("T1611"),
        microsoft("MS-TA9018"),
        owasp("K01"),
    ],
    aliases: &[
        "checkov:CKV_K8S_16",
        "kubescape:C-0057",
        "trivy:KSV-0017",
        "kube-linter:privileged-container",
        "polaris:runAsPrivileged",
        "kube-score:container-security-context-privileged",
        "kubesec:Privileged",
        "kics:Container-Is-Privileged",
    ],
    profiles: &[Baseline, Recommended],
    fix: Some(Unsafe),
    check: Check::Container(Needs::Key(&["privileged"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let privileged = container.security("privileged");
    if !privileged.is_true() {
        return;
    }
    let draft =
        found.at(&privileged, format!("{} runs privileged: set privileged to false", container.title()));
    // The API server refuses such a mount of a container that isn't privileged.
    let needs_it = container.mounts().any(|mount| mount.get("mountPropagation").is("Bidirectional"));
    if !needs_it {
        draft.unsafe_fix(set(&privileged, false));
    }
}

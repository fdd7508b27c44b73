//! A pod that shares the node's process namespace sees every process of the node.
//!
//! ## What it checks
//! `hostPID` of every pod.
//!
//! ## Why it matters
//! With the node's process ids a container can read other workloads' environment and arguments
//! through `/proc`, send signals to them, and, with `SYS_PTRACE` or as root in a privileged
//! container, enter them or the node itself.
//!
//! ## How to fix
//! Remove `hostPID`. Node agents that need it belong in a namespace of their own.
//!
//! ```yaml bad
//! hostPID: true # <- here
//! containers:
//! - name: agent
//!   image: registry.example.com/agent:1.4
//! ```
//! ```yaml fixed
//! containers:
//! - name: agent
//!   image: registry.example.com/agent:1.4
//! ```
//! ```yaml good
//! hostPID: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # Shared between the pod's own containers only.
//! shareProcessNamespace: true
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//!
//! ```cel
//! variables.spec.?hostPID.orValue(false) ?
//!   ["the pod shares the node's process namespace: remove hostPID"] : []
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "pod/host-pid",
    title: "Node's process namespace shared",
    severity: High,
    frameworks: &[
        pss("baseline/hostNamespaces"),
        cis("5.2.3"),
        aks("4.2.2"),
        eks("4.2.2"),
        nsa("pod-security/host-namespaces"),
        mitre("T1611"),
        owasp("K01"),
    ],
    aliases: &[
        "checkov:CKV_K8S_17",
        "kubescape:C-0038",
        "kubescape:C-0275",
        "trivy:KSV-0010",
        "kube-linter:host-pid",
        "polaris:hostPIDSet",
        "kubesec:HostPID",
        "kics:Shared-Host-PID-Namespace",
    ],
    profiles: &[Baseline, Recommended],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Key(&["hostPID"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let host_pid = pod.get("hostPID");
    if host_pid.is_true() {
        found
            .at(&host_pid, "the pod shares the node's process namespace: remove hostPID")
            .unsafe_fix(remove(&host_pid));
    }
}

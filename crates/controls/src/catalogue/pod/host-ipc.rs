//! A pod that shares the node's IPC namespace reads other processes' shared memory.
//!
//! ## What it checks
//! `hostIPC` of every pod.
//!
//! ## Why it matters
//! Shared memory, semaphores and message queues of the node's own processes, and of every other pod that
//! shares them, can be read and written.
//!
//! ## How to fix
//! Remove `hostIPC`. Containers of one pod share their IPC without it.
//!
//! ```yaml bad
//! hostIPC: yes # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml fixed
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml good
//! hostIPC: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # A string is refused by the API server, and the container has no such field.
//! hostIPC: "true"
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   hostIPC: true
//! ```
//!
//! ```cel
//! variables.spec.?hostIPC.orValue(false) ?
//!   ["the pod shares the node's IPC namespace: remove hostIPC"] : []
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "pod/host-ipc",
    title: "Node's IPC namespace shared",
    severity: High,
    frameworks: &[
        pss("baseline/hostNamespaces"),
        cis("5.2.4"),
        aks("4.2.3"),
        eks("4.2.3"),
        nsa("pod-security/host-namespaces"),
        mitre("T1611"),
        owasp("K01"),
    ],
    aliases: &[
        "checkov:CKV_K8S_18",
        "kubescape:C-0038",
        "kubescape:C-0276",
        "trivy:KSV-0008",
        "kube-linter:host-ipc",
        "polaris:hostIPCSet",
        "kubesec:HostIPC",
        "kics:Shared-Host-IPC-Namespace",
    ],
    profiles: &[Baseline, Recommended],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Key(&["hostIPC"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let host_ipc = pod.get("hostIPC");
    if host_ipc.is_true() {
        found
            .at(&host_ipc, "the pod shares the node's IPC namespace: remove hostIPC")
            .unsafe_fix(remove(&host_ipc));
    }
}

//! A PodSecurityPolicy that lets pods share the memory of the node's processes.
//!
//! ## What it checks
//! `spec.hostIPC` of every PodSecurityPolicy: `true` counts; absent is false.
//!
//! ## Why it matters
//! Shared memory of other processes is readable and writable. PodSecurityPolicy was removed in Kubernetes 1.25; a
//! cluster before that still enforces it, and in a newer one the object is refused.
//!
//! ## How to fix
//! Label the namespaces with a Pod Security level (`pod-security.kubernetes.io/enforce`), and until then tighten the
//! policy.
//!
//! ## How others differ
//! Kubescape passes every policy as soon as one of the scan is strict.
//!
//! ```yaml bad
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: wide}
//! spec:
//!   hostIPC: true # <- here
//! ```
//! ```yaml good
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: tight}
//! spec:
//!   hostIPC: false
//! ```
//! ```yaml near-miss
//! # Absent is false.
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: default}
//! spec: {}
//! ```

use crate::prelude::*;
use crate::support::psp;

pub const CONTROL: Control = Control {
    id: "psp/host-ipc",
    title: "PodSecurityPolicy admits hostIPC",
    severity: High,
    frameworks: &[mitre("T1611"), owasp("K01")],
    aliases: &["checkov:CKV_K8S_3", "kubescape:C-0215", "kics:PSP-Allows-Sharing-Host-IPC"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(psp::KINDS, check),
};

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    psp::check_switch(policy, "hostIPC", found);
}

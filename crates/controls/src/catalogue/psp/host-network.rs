//! A PodSecurityPolicy that lets pods into the node's network.
//!
//! ## What it checks
//! `spec.hostNetwork` of every PodSecurityPolicy: `true` counts; absent is false.
//!
//! ## Why it matters
//! Such pods hear the node's traffic, pass network policies by, and reach the metadata service. PodSecurityPolicy was
//! removed in Kubernetes 1.25; a cluster before that still enforces it, and in a newer one the object is refused.
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
//!   hostNetwork: true # <- here
//! ```
//! ```yaml good
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: tight}
//! spec:
//!   hostNetwork: false
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
    id: "psp/host-network",
    title: "PodSecurityPolicy admits hostNetwork",
    severity: High,
    frameworks: &[mitre("T1611"), owasp("K01")],
    aliases: &[
        "checkov:CKV_K8S_4",
        "kubescape:C-0216",
        "kics:PSP-Allows-Containers-To-Share-The-Host-Network-Namespace",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(psp::KINDS, check),
};

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    psp::check_switch(policy, "hostNetwork", found);
}

//! A PodSecurityPolicy that lets a process gain more than it started with.
//!
//! ## What it checks
//! `spec.allowPrivilegeEscalation` of every PodSecurityPolicy: anything but `false` counts, since absent is true.
//!
//! ## Why it matters
//! Set-user-id programs in an image make a process root. PodSecurityPolicy was removed in Kubernetes 1.25; a cluster
//! before that still enforces it, and in a newer one the object is refused.
//!
//! ## How to fix
//! Label the namespaces with a Pod Security level (`pod-security.kubernetes.io/enforce`), and until then tighten the
//! policy.
//!
//! ## How others differ
//! Kubescape fails only an explicit `true`, and passes every policy as soon as one of the scan is strict.
//!
//! ```yaml bad
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: wide}
//! spec: # <- here
//!   privileged: false
//! ```
//! ```yaml good
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: tight}
//! spec:
//!   allowPrivilegeEscalation: false
//! ```
//! ```yaml near-miss
//! # `no` is false.
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: tight}
//! spec: {allowPrivilegeEscalation: no}
//! ```

use crate::prelude::*;
use crate::support::psp;

pub const CONTROL: Control = Control {
    id: "psp/privilege-escalation",
    title: "PodSecurityPolicy admits privilege escalation",
    severity: Medium,
    frameworks: &[owasp("K01")],
    aliases: &["checkov:CKV_K8S_5", "kubescape:C-0217", "kics:PSP-Allows-Privilege-Escalation"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(psp::KINDS, check),
};

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let field = policy.get("spec.allowPrivilegeEscalation");
    if !field.is_false() {
        found.at(&field, "the policy admits privilege escalation: set allowPrivilegeEscalation to false");
    }
}

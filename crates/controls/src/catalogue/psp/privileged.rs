//! A PodSecurityPolicy that admits privileged containers guards nothing.
//!
//! ## What it checks
//! `spec.privileged` of every PodSecurityPolicy: `true` counts; absent is false.
//!
//! ## Why it matters
//! Who may use the policy owns the nodes. PodSecurityPolicy was removed in Kubernetes 1.25; a cluster before that still
//! enforces it, and in a newer one the object is refused.
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
//!   privileged: true # <- here
//! ```
//! ```yaml good
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: tight}
//! spec:
//!   privileged: false
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
    id: "psp/privileged",
    title: "PodSecurityPolicy admits privileged pods",
    severity: High,
    frameworks: &[mitre("T1611"), microsoft("MS-TA9018"), owasp("K01")],
    aliases: &["checkov:CKV_K8S_2", "kubescape:C-0213", "kics:PSP-x10", "kics:PSP-Set-To-Privileged"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(psp::KINDS, check),
};

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    psp::check_switch(policy, "privileged", found);
}

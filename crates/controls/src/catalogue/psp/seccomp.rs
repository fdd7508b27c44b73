//! A PodSecurityPolicy that lets containers run without seccomp.
//!
//! ## What it checks
//! The annotation `seccomp.security.alpha.kubernetes.io/allowedProfileNames` of every PodSecurityPolicy:
//! `runtime/default`, `docker/default` and `localhost/…` alone.
//!
//! ## Why it matters
//! Every system call of the kernel is open to the container. PodSecurityPolicy was removed in Kubernetes 1.25; a
//! cluster before that still enforces it, and in a newer one the object is refused.
//!
//! ## How to fix
//! Label the namespaces with a Pod Security level (`pod-security.kubernetes.io/enforce`), and until then tighten the
//! policy.
//!
//! ## How others differ
//! Checkov looks for `runtime/default` or `docker/default` in another annotation, `defaultProfileName`: the profile of
//! a pod that asks for none, while this one says what a pod may ask for.
//!
//! ```yaml bad
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: # <- here
//!   name: wide
//! spec: {}
//! ```
//! ```yaml good
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata:
//!   name: tight
//!   annotations: {seccomp.security.alpha.kubernetes.io/allowedProfileNames: runtime/default}
//! spec: {}
//! ```
//! ```yaml near-miss
//! # Several, each confined.
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata:
//!   name: tight
//!   annotations:
//!     seccomp.security.alpha.kubernetes.io/allowedProfileNames: docker/default,runtime/default,localhost/web
//! spec: {}
//! ```

use crate::prelude::*;
use crate::support::psp;

pub const CONTROL: Control = Control {
    id: "psp/seccomp",
    title: "PodSecurityPolicy without seccomp",
    severity: Low,
    frameworks: &[owasp("K01")],
    aliases: &["checkov:CKV_K8S_32"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(psp::KINDS, check),
};

const ALLOWED: &str = "seccomp.security.alpha.kubernetes.io/allowedProfileNames";

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let allowed = policy.annotation(ALLOWED);
    let is_confined = |profile: &str| {
        matches!(profile, "runtime/default" | "docker/default") || profile.starts_with("localhost/")
    };
    if allowed.text().is_empty() || !allowed.text().split(',').all(is_confined) {
        found.at(
            &allowed,
            format!("the policy admits pods without seccomp: annotate it with {ALLOWED}: runtime/default"),
        );
    }
}

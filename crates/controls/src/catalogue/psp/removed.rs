//! PodSecurityPolicy is gone: since Kubernetes 1.25 it guards nothing.
//!
//! ## What it checks
//! Every object of kind PodSecurityPolicy, of `policy/v1beta1` and `extensions/v1beta1`.
//!
//! ## Why it matters
//! A cluster of a supported version refuses the object, and the pods that it was to stop are admitted.
//!
//! ## How to fix
//! Label every namespace with a Pod Security level, and write what the levels can't say (allowed host paths, volume
//! types, registries) as admission policies.
//!
//! ## How others differ
//! Kubescape's C-0068 asks for the opposite, that the API server's `--enable-admission-plugins` names
//! PodSecurityPolicy, and has no counterpart here.
//!
//! ```yaml bad
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy # <- here
//! metadata: {name: restricted}
//! spec: {}
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//!   labels: {pod-security.kubernetes.io/enforce: restricted}
//! ```
//! ```yaml near-miss
//! # Another policy of the same group.
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec: {maxUnavailable: 1}
//! ```

use crate::prelude::*;
use crate::support::psp;

pub const CONTROL: Control = Control {
    id: "psp/removed",
    title: "PodSecurityPolicy is removed",
    severity: Medium,
    frameworks: &[cis("5.2.1"), nsa("pod-security/enforcement"), owasp("K04")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(psp::KINDS, check),
};

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    found.on(
        policy,
        "PodSecurityPolicy was removed in Kubernetes 1.25: use Pod Security levels on namespaces",
    );
}

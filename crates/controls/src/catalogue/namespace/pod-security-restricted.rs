//! A namespace that admits pods beyond the level restricted.
//!
//! ## What it checks
//! The label `pod-security.kubernetes.io/enforce` of every Namespace: `restricted`. `kube-system` is the cluster's own and
//! is not judged. In the profile `all` alone: many workloads aren't ready for the level.
//!
//! ## Why it matters
//! Of the two levels only `restricted` forbids root, privilege escalation and capabilities that are not dropped.
//!
//! ## How to fix
//! Set `warn` and `audit` to `restricted` first, mend what they name, then enforce it.
//!
//! ## How others differ
//! Kubescape asks this under four ids, one for each of those things.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Namespace
//! metadata: # <- here
//!   name: shop
//! ---
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: bank
//!   labels:
//!     pod-security.kubernetes.io/enforce: baseline # <- here
//!     pod-security.kubernetes.io/warn: restricted
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//!   labels:
//!     pod-security.kubernetes.io/enforce: restricted
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: kube-system
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "namespace/pod-security-restricted",
    title: "Namespace below the level restricted",
    severity: Low,
    frameworks: &[nsa("pod-security/enforcement")],
    aliases: &["kubescape:C-0197", "kubescape:C-0198", "kubescape:C-0200", "kubescape:C-0201"],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "Namespace")], check),
};

fn check<'d>(namespace: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let level = namespace.label("pod-security.kubernetes.io/enforce");
    if namespace.name() != "kube-system" && !level.is("restricted") {
        found.at(&level, "pods beyond the level restricted are admitted: enforce restricted");
    }
}

//! A namespace admits pods that the restricted level refuses.
//!
//! ## What it checks
//! The label `pod-security.kubernetes.io/enforce` of every Namespace but `kube-system`: `restricted`. Below it, pods may run as
//! root, gain privileges and keep capabilities. In the profile `all` alone; that some level is enforced at all is
//! `namespace/pod-security-label`.
//!
//! ## Why it matters
//! What `baseline` admits is no host access, but a root process in a container is one kernel bug away from it.
//!
//! ## How to fix
//! Warn at `restricted` first, mend what it shows, then enforce it.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//!   labels:
//!     pod-security.kubernetes.io/enforce: baseline # <- here
//!     pod-security.kubernetes.io/warn: restricted
//! ---
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: bank
//!   labels: # <- here
//!     team: bank
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
    title: "Pod Security below restricted",
    severity: Low,
    frameworks: &[cis("5.2.1"), nsa("pod-security/enforcement"), owasp("K04")],
    aliases: &["kubescape:C-0197", "kubescape:C-0198", "kubescape:C-0200", "kubescape:C-0201"],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "Namespace")], check),
};

fn check<'d>(namespace: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let level = namespace.label("pod-security.kubernetes.io/enforce");
    if namespace.name() != "kube-system" && !level.is("restricted") {
        found.at(
            &level,
            "the restricted level is not enforced: set pod-security.kubernetes.io/enforce to restricted",
        );
    }
}

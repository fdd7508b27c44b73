//! A namespace without a Pod Security level admits any pod.
//!
//! ## What it checks
//! The label `pod-security.kubernetes.io/enforce` of every Namespace: `baseline` or `restricted`.
//! A level that isn't known counts as restricted to the API server, which refuses such a label when
//! the namespace is made; it is found here too.
//!
//! ## Why it matters
//! Pod Security Admission is built into every cluster and does nothing until a namespace says which
//! level holds there. Without it, who may create a pod may create a privileged one.
//!
//! ## How to fix
//! Label the namespace `pod-security.kubernetes.io/enforce: restricted`, or `baseline` where workloads
//! aren't ready. `kube-system` is the cluster's own and is not judged.
//!
//! ## How others differ
//! Kubescape asks it under nine ids, one for each thing that the level forbids. C-0192 takes any label that begins
//! with the name for one, `enforce: privileged` and `enforce-version` too, and passes every namespace where the scan
//! holds a webhook with a rule whose `scope` is written and isn't `Cluster`.
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
//!     pod-security.kubernetes.io/enforce: privileged # <- here
//! ---
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: post
//!   labels:
//!     pod-security.kubernetes.io/enforce: Restricted # <- here
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
    id: "namespace/pod-security-label",
    title: "Namespace without a Pod Security level",
    severity: Medium,
    frameworks: &[cis("5.2.1"), nsa("pod-security/enforcement"), owasp("K04")],
    aliases: &[
        "kubescape:C-0192",
        "kubescape:C-0193",
        "kubescape:C-0194",
        "kubescape:C-0195",
        "kubescape:C-0196",
        "kubescape:C-0199",
        "kubescape:C-0202",
        "kubescape:C-0203",
        "kubescape:C-0204",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "Namespace")], check),
};

fn check<'d>(namespace: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if namespace.name() == "kube-system" {
        return;
    }
    let level = namespace.label("pod-security.kubernetes.io/enforce");
    match level.text() {
        "baseline" | "restricted" => {}
        "" => {
            found.at(
                &level,
                "no Pod Security level is enforced: add the label pod-security.kubernetes.io/enforce",
            );
        }
        "privileged" => {
            found.at(&level, "the level privileged admits any pod: enforce baseline or restricted");
        }
        other => {
            found.at(&level, format!("{other:?} is no Pod Security level: enforce baseline or restricted"));
        }
    }
}

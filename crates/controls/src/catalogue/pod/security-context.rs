//! A pod says nothing about its security.
//!
//! ## What it checks
//! `securityContext` of every pod's spec: it has to be there and hold a setting.
//!
//! ## Why it matters
//! The pod's security context is the one place to set the user, the group and the seccomp profile for all of
//! its containers, those that are injected or attached later too.
//!
//! ## How to fix
//! Start from `runAsNonRoot: true` and `seccompProfile: {type: RuntimeDefault}`.
//!
//! ## How others differ
//! Checkov leaves out PodTemplate, KICS all kinds but Pod.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//! spec: # <- here
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!     securityContext:
//!       runAsNonRoot: true
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: app
//! spec:
//!   template:
//!     spec:
//!       securityContext: {} # <- here
//!       containers:
//!       - name: app
//!         image: registry.example.com/app:1.4
//! ```
//! ```yaml good
//! securityContext:
//!   runAsNonRoot: true
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # These join other pods, and can't say it for them.
//! apiVersion: apps.kruise.io/v1alpha1
//! kind: SidecarSet
//! metadata: {name: logs}
//! spec:
//!   selector: {matchLabels: {app: shop}}
//!   containers:
//!   - name: logs
//!     image: registry.example.com/logs:1.4
//! ```
//! ```yaml near-miss
//! # Windows has settings too.
//! securityContext:
//!   windowsOptions:
//!     runAsUserName: ContainerUser
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "pod/security-context",
    title: "Pod without security context",
    severity: Low,
    frameworks: &[cis("5.6.3"), aks("4.6.2"), owasp("K01")],
    aliases: &[
        "checkov:CKV_K8S_29",
        "kubescape:C-0211",
        "trivy:KSV-0118",
        "kics:Pod-or-Container-Without-Security-Context",
    ],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let context = pod.get("securityContext");
    if !pod.is_partial() && !context.entries().any(|(_, setting)| setting.exists()) {
        found.at(&context, "the pod has no security settings: add a securityContext");
    }
}

//! A container says nothing about its security.
//!
//! ## What it checks
//! `securityContext` of every container: it has to be there and hold a setting. What the pod sets isn't
//! counted here, since half of the settings exist on containers alone.
//!
//! ## Why it matters
//! Privilege escalation, capabilities and the root file system are set nowhere else: without a security
//! context they are at their loosest.
//!
//! ## How to fix
//! Start from `allowPrivilegeEscalation: false`, `readOnlyRootFilesystem: true`, `runAsNonRoot: true` and
//! `capabilities: {drop: [ALL]}`.
//!
//! ## How others differ
//! Trivy counts what the container inherits from its pod. Kubescape's C-0211 is a bundle of fifteen checks. Most are
//! controls of their own here; that `seLinuxOptions`, `fsGroup`, `fsGroupChangePolicy` and the names in
//! `windowsOptions` are written, whatever they say, isn't asked.
//!
//! ```yaml bad
//! containers:
//! - name: app # <- here
//!   image: registry.example.com/app:1.4
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   securityContext: {} # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     allowPrivilegeEscalation: false
//! ```
//! ```yaml near-miss
//! # A loose setting is a setting.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     readOnlyRootFilesystem: false
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "pod/container-security-context",
    title: "Container without security context",
    severity: Low,
    frameworks: &[cis("5.6.3"), aks("4.6.2"), owasp("K01")],
    aliases: &[
        "checkov:CKV_K8S_30",
        "kubescape:C-0211",
        "trivy:KSV-0118",
        "kics:Pod-or-Container-Without-Security-Context",
    ],
    profiles: &[],
    fix: None,
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let context = container.get("securityContext");
    if !context.entries().any(|(_, setting)| setting.exists()) {
        found.at(&context, format!("{} has no security settings: add a securityContext", container.title()));
    }
}

//! A PodSecurityPolicy that admits unsafe sysctls.
//!
//! ## What it checks
//! `spec.allowedUnsafeSysctls` of every PodSecurityPolicy: every entry counts, `*` among them.
//!
//! ## Why it matters
//! They change the kernel for other pods of the node, or for the node. PodSecurityPolicy was removed in Kubernetes 1.25; a cluster before that still enforces it.
//!
//! ## How to fix
//! Remove the entry, and label the namespaces with a Pod Security level.
//!
//! ```yaml bad
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: wide}
//! spec:
//!   allowedUnsafeSysctls:
//!   - kernel.msg* # <- here
//! ```
//! ```yaml good
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: tight}
//! spec:
//!   allowedUnsafeSysctls: []
//! ```
//! ```yaml near-miss
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: other}
//! spec:
//!   forbiddenSysctls: ["*"]
//! ```

use crate::prelude::*;
use crate::support::psp;

pub const CONTROL: Control = Control {
    id: "psp/unsafe-sysctls",
    title: "PodSecurityPolicy admits unsafe sysctls",
    severity: Medium,
    frameworks: &[mitre("T1611"), owasp("K01")],
    aliases: &["kics:Cluster-Allows-Unsafe-Sysctls"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(psp::KINDS, check),
};

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for item in policy.get("spec.allowedUnsafeSysctls").items() {
        if !item.text().is_empty() {
            found.at(&item, "the policy admits unsafe sysctls: remove the entry");
        }
    }
}

//! A PodSecurityPolicy that admits an unmasked /proc.
//!
//! ## What it checks
//! `spec.allowedProcMountTypes` of every PodSecurityPolicy: `Unmasked` counts.
//!
//! ## Why it matters
//! An unmasked `/proc` shows and lets change what the runtime hides of the kernel. PodSecurityPolicy was removed in Kubernetes 1.25; a cluster before that still enforces it.
//!
//! ## How to fix
//! Remove the entry, and label the namespaces with a Pod Security level.
//!
//! ```yaml bad
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: wide}
//! spec:
//!   allowedProcMountTypes:
//!   - Unmasked # <- here
//! ```
//! ```yaml good
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: tight}
//! spec:
//!   allowedProcMountTypes: [Default]
//! ```
//! ```yaml near-miss
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: other}
//! spec:
//!   allowedProcMountTypes: [DefaultProcMount]
//! ```

use crate::prelude::*;
use crate::support::psp;

pub const CONTROL: Control = Control {
    id: "psp/proc-mount",
    title: "PodSecurityPolicy admits an unmasked /proc",
    severity: Medium,
    frameworks: &[mitre("T1611"), owasp("K01")],
    aliases: &["kics:Container-Runs-Unmasked"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(psp::KINDS, check),
};

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for item in policy.get("spec.allowedProcMountTypes").items() {
        if item.is("Unmasked") {
            found.at(&item, "the policy admits an unmasked /proc: remove Unmasked");
        }
    }
}

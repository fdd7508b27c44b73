//! OpenShift constraints that admit privileged containers.
//!
//! ## What it checks
//! `allowPrivilegedContainer` of every SecurityContextConstraints: `true` counts.
//!
//! ## Why it matters
//! Every user, group and service account that may use these constraints may own the node.
//!
//! ## How to fix
//! Set `allowPrivilegedContainer: false`, or use `restricted-v2`.
//!
//! ```yaml bad
//! apiVersion: security.openshift.io/v1
//! kind: SecurityContextConstraints
//! metadata: {name: agents}
//! allowPrivilegedContainer: true # <- here
//! ```
//! ```yaml fixed
//! apiVersion: security.openshift.io/v1
//! kind: SecurityContextConstraints
//! metadata: {name: agents}
//! allowPrivilegedContainer: false
//! ```
//! ```yaml good
//! apiVersion: security.openshift.io/v1
//! kind: SecurityContextConstraints
//! metadata: {name: agents}
//! allowPrivilegedContainer: false
//! ```
//! ```yaml near-miss
//! # Absent is false.
//! apiVersion: security.openshift.io/v1
//! kind: SecurityContextConstraints
//! metadata: {name: agents}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "admission/scc-privileged",
    title: "SecurityContextConstraints allow privileged",
    severity: High,
    frameworks: &[mitre("T1611"), microsoft("MS-TA9018"), owasp("K01")],
    aliases: &["kube-linter:scc-deny-privileged-container"],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Object(
        &[
            GroupKind::new("security.openshift.io", "SecurityContextConstraints"),
            GroupKind::new("", "SecurityContextConstraints"),
        ],
        check,
    ),
};

fn check<'d>(constraints: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let field = constraints.get("allowPrivilegedContainer");
    if field.is_true() {
        found
            .at(&field, "the constraints admit privileged containers: set allowPrivilegedContainer to false")
            .unsafe_fix(set(&field, false));
    }
}

//! A PodSecurityPolicy that opens the node's file system.
//!
//! ## What it checks
//! Every PodSecurityPolicy whose `spec.volumes` has `hostPath` or `*`: `allowedHostPaths` must be there, and every
//! entry `readOnly: true`. Without the list every path is allowed.
//!
//! ## Why it matters
//! A writable path of the node is code execution on it. PodSecurityPolicy was removed in Kubernetes 1.25; a cluster
//! before that still enforces it, and in a newer one the object is refused.
//!
//! ## How to fix
//! Label the namespaces with a Pod Security level (`pod-security.kubernetes.io/enforce`), and until then tighten the
//! policy.
//!
//! ## How others differ
//! KICS wants `allowedHostPaths` of policies that allow no hostPath volumes too.
//!
//! ```yaml bad
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: wide}
//! spec:
//!   volumes: # <- here
//!   - "*"
//! ```
//! ```yaml good
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: tight}
//! spec:
//!   volumes: [configMap, secret]
//! ```
//! ```yaml near-miss
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: tight}
//! spec:
//!   volumes: [hostPath]
//!   allowedHostPaths: [{pathPrefix: /var/log/app, readOnly: true}]
//! ```

use crate::prelude::*;
use crate::support::psp;

pub const CONTROL: Control = Control {
    id: "psp/host-path",
    title: "PodSecurityPolicy admits any hostPath",
    severity: High,
    frameworks: &[mitre("T1611"), microsoft("MS-TA9013"), owasp("K01")],
    aliases: &["kics:PSP-With-Unrestricted-Access-to-Host-Path"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(psp::KINDS, check),
};

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let volumes = policy.get("spec.volumes");
    let allowed = policy.get("spec.allowedHostPaths");
    if !volumes.contains("*") && !volumes.contains("hostPath") {
        return;
    }
    if allowed.is_empty() {
        found.at(
            &volumes,
            "the policy admits every path of the node: take hostPath out, or list allowedHostPaths",
        );
    }
    for path in allowed.items().filter(|path| !path.get("readOnly").is_true()) {
        let message = format!(
            "the policy admits {:?} of the node writable: set readOnly to true",
            path.get("pathPrefix").text()
        );
        found.at(&path.get("readOnly"), message);
    }
}

//! A PodSecurityPolicy that leaves containers NET_RAW and the rest of the default capabilities.
//!
//! ## What it checks
//! `spec.requiredDropCapabilities` of every PodSecurityPolicy: `ALL` or `NET_RAW` must be among them.
//!
//! ## Why it matters
//! With NET_RAW a container forges packets: it answers for other pods and for DNS. PodSecurityPolicy was removed in
//! Kubernetes 1.25; a cluster before that still enforces it, and in a newer one the object is refused.
//!
//! ## How to fix
//! Label the namespaces with a Pod Security level (`pod-security.kubernetes.io/enforce`), and until then tighten the
//! policy.
//!
//! ## How others differ
//! Kubescape takes any item for enough, and passes every policy as soon as one of the scan has one. To one of Checkov's
//! two checks any capability in the list will do.
//!
//! ```yaml bad
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: wide}
//! spec:
//!   requiredDropCapabilities: # <- here
//!   - KILL
//! ```
//! ```yaml good
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: tight}
//! spec:
//!   requiredDropCapabilities: [ALL]
//! ```
//! ```yaml near-miss
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: tight}
//! spec: {requiredDropCapabilities: [NET_RAW, SYS_CHROOT]}
//! ```

use crate::prelude::*;
use crate::support::psp;

pub const CONTROL: Control = Control {
    id: "psp/capabilities-not-dropped",
    title: "PodSecurityPolicy drops too few capabilities",
    severity: Medium,
    frameworks: &[owasp("K01")],
    aliases: &[
        "checkov:CKV_K8S_7",
        "checkov:CKV_K8S_36",
        "kubescape:C-0220",
        "kics:NET_RAW-Capabilities-Disabled-for-PSP",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(psp::KINDS, check),
};

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let dropped = policy.get("spec.requiredDropCapabilities");
    if !dropped.contains("ALL") && !dropped.contains("NET_RAW") {
        found.at(&dropped, "the policy leaves NET_RAW to containers: require ALL to be dropped");
    }
}

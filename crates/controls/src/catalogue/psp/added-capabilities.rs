//! A PodSecurityPolicy that lets containers add capabilities.
//!
//! ## What it checks
//! `spec.allowedCapabilities` and `spec.defaultAddCapabilities` of every PodSecurityPolicy: every item but
//! `NET_BIND_SERVICE`.
//!
//! ## Why it matters
//! `SYS_ADMIN` among them is root on the node; `*` allows all. PodSecurityPolicy was removed in Kubernetes 1.25; a
//! cluster before that still enforces it, and in a newer one the object is refused.
//!
//! ## How to fix
//! Label the namespaces with a Pod Security level (`pod-security.kubernetes.io/enforce`), and until then tighten the
//! policy.
//!
//! ## How others differ
//! Kubescape and KICS look at `allowedCapabilities` alone, whatever it allows, and Kubescape passes every policy as
//! soon as one of the scan allows none.
//!
//! ```yaml bad
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: wide}
//! spec:
//!   allowedCapabilities:
//!   - "*" # <- here
//!   defaultAddCapabilities:
//!   - NET_ADMIN # <- here
//! ```
//! ```yaml good
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: tight}
//! spec:
//!   allowedCapabilities: []
//! ```
//! ```yaml near-miss
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: tight}
//! spec: {allowedCapabilities: [NET_BIND_SERVICE]}
//! ```

use crate::prelude::*;
use crate::support::psp;

pub const CONTROL: Control = Control {
    id: "psp/added-capabilities",
    title: "PodSecurityPolicy lets capabilities be added",
    severity: Medium,
    frameworks: &[mitre("T1611"), owasp("K01")],
    aliases: &["checkov:CKV_K8S_24", "kubescape:C-0219", "kics:PSP-With-Added-Capabilities"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(psp::KINDS, check),
};

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for list in ["allowedCapabilities", "defaultAddCapabilities"] {
        for item in policy.get("spec").key(list).items().filter(|item| !item.is("NET_BIND_SERVICE")) {
            found.at(&item, format!("the policy lets containers have {}: take it out", item.text()));
        }
    }
}

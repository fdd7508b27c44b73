//! A PodSecurityPolicy that lets containers run as root.
//!
//! ## What it checks
//! `spec.runAsUser` of every PodSecurityPolicy: `MustRunAsNonRoot` passes, and `MustRunAs` with ranges that all begin
//! above 0.
//!
//! ## Why it matters
//! Root in a container is root in the kernel: a hole in either leads to the node. PodSecurityPolicy was removed in
//! Kubernetes 1.25; a cluster before that still enforces it, and in a newer one the object is refused.
//!
//! ## How to fix
//! Label the namespaces with a Pod Security level (`pod-security.kubernetes.io/enforce`), and until then tighten the
//! policy.
//!
//! ## How others differ
//! Kubescape passes every policy as soon as one of the scan is strict.
//!
//! ```yaml bad
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: wide}
//! spec:
//!   runAsUser:
//!     rule: MustRunAs
//!     ranges:
//!     - min: 0 # <- here
//!       max: 10
//! ```
//! ```yaml good
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: tight}
//! spec:
//!   runAsUser: {rule: MustRunAs, ranges: [{min: 1000, max: 2000}]}
//! ```
//! ```yaml near-miss
//! apiVersion: policy/v1beta1
//! kind: PodSecurityPolicy
//! metadata: {name: tight}
//! spec: {runAsUser: {rule: MustRunAsNonRoot}}
//! ```

use crate::prelude::*;
use crate::support::psp;

pub const CONTROL: Control = Control {
    id: "psp/root-user",
    title: "PodSecurityPolicy admits root",
    severity: Medium,
    frameworks: &[owasp("K01")],
    aliases: &["checkov:CKV_K8S_6", "kubescape:C-0218"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(psp::KINDS, check),
};

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let rule = policy.get("spec.runAsUser.rule");
    let ranges = policy.get("spec.runAsUser.ranges");
    let advice = "the policy admits root: use MustRunAsNonRoot";
    match rule.text() {
        "MustRunAsNonRoot" => {}
        "MustRunAs" if !ranges.is_empty() => {
            for least in ranges.items().map(|range| range.get("min")) {
                if least.as_i64().is_none_or(|least| least <= 0) {
                    found.at(&least, advice);
                }
            }
        }
        _ => {
            found.at(&rule, advice);
        }
    }
}

//! Cilium is told not to enforce policies.
//!
//! ## What it checks
//! The ConfigMap `cilium-config`: `enable-policy: never`, and `policy-audit-mode: "true"` (or what else
//! Cilium reads so: `"1"`, `"t"`, `"True"`).
//!
//! ## Why it matters
//! Every NetworkPolicy and CiliumNetworkPolicy of the cluster is stored and none is enforced. Audit mode
//! logs what it would have dropped, and lets it through.
//!
//! ## How to fix
//! Set `enable-policy` to `default` (or `always`, which closes pods without a policy too), and
//! `policy-audit-mode` to `"false"`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: cilium-config
//!   namespace: kube-system
//! data:
//!   enable-policy: never # <- here
//!   policy-audit-mode: "True" # <- here
//! ```
//! ```yaml fixed
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: cilium-config
//!   namespace: kube-system
//! data:
//!   enable-policy: default
//!   policy-audit-mode: "false"
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: cilium-config
//!   namespace: kube-system
//! data:
//!   enable-policy: default
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: agent-config
//! data:
//!   enable-policy: never
//! ```

use crate::prelude::*;
use crate::support::go;

pub const CONTROL: Control = Control {
    id: "network/cilium-policy-not-enforced",
    title: "Cilium doesn't enforce policies",
    severity: High,
    frameworks: &[aks("5.4.4"), eks("5.4.4"), nsa("network/policies"), microsoft("MS-TA9034"), owasp("K05")],
    aliases: &[],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Object(&[GroupKind::new("", "ConfigMap")], check),
};

fn check<'d>(map: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if map.name() != "cilium-config" {
        return;
    }
    let policy = map.get("data.enable-policy");
    if policy.text().eq_ignore_ascii_case("never") {
        found
            .at(&policy, "Cilium enforces no policy at all: set enable-policy to default")
            .unsafe_fix(set(&policy, "default"));
    }
    let audit = map.get("data.policy-audit-mode");
    if go::parse_bool(audit.text()) == Some(true) {
        found
            .at(&audit, "Cilium lets through what policies forbid and only logs it: set policy-audit-mode to \"false\"")
            .unsafe_fix(set(&audit, "false"));
    }
}

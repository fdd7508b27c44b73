//! A DestinationRule that turns TLS off sends clear text from inside the mesh.
//!
//! ## What it checks
//! `tls.mode: DISABLE` in Istio's DestinationRules: in the traffic policy, its ports, and those of each subset.
//!
//! ## Why it matters
//! The client's side decides whether it encrypts. With DISABLE it doesn't, whatever the other end can do, and
//! the call carries no identity that a policy could look at.
//!
//! ## How to fix
//! Remove the setting, so that Istio encrypts by itself where the other end can, or use ISTIO_MUTUAL. Where the
//! other end is outside of the mesh: SIMPLE or MUTUAL.
//!
//! ```yaml bad
//! apiVersion: networking.istio.io/v1
//! kind: DestinationRule
//! metadata:
//!   name: db
//! spec:
//!   host: db
//!   trafficPolicy:
//!     tls:
//!       mode: DISABLE # <- here
//!     portLevelSettings:
//!     - port: {number: 5432}
//!       tls:
//!         mode: DISABLE # <- here
//!   subsets:
//!   - name: old
//!     trafficPolicy:
//!       tls:
//!         mode: DISABLE # <- here
//! ```
//! ```yaml fixed
//! apiVersion: networking.istio.io/v1
//! kind: DestinationRule
//! metadata:
//!   name: db
//! spec:
//!   host: db
//!   trafficPolicy:
//!     tls:
//!       mode: ISTIO_MUTUAL
//!     portLevelSettings:
//!     - port: {number: 5432}
//!       tls:
//!         mode: ISTIO_MUTUAL
//!   subsets:
//!   - name: old
//!     trafficPolicy:
//!       tls:
//!         mode: ISTIO_MUTUAL
//! ```
//! ```yaml good
//! apiVersion: networking.istio.io/v1
//! kind: DestinationRule
//! metadata:
//!   name: db
//! spec:
//!   host: db
//!   trafficPolicy:
//!     tls:
//!       mode: ISTIO_MUTUAL
//! ```
//! ```yaml near-miss
//! # Nothing is set: Istio encrypts where the other end can.
//! apiVersion: networking.istio.io/v1
//! kind: DestinationRule
//! metadata:
//!   name: db
//! spec:
//!   host: db
//!   trafficPolicy:
//!     connectionPool: {tcp: {maxConnections: 10}}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "mesh/destination-rule-no-tls",
    title: "Istio client that sends clear text",
    severity: Medium,
    frameworks: &[nsa("network/encryption"), owasp("K05")],
    aliases: &[],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Object(&[GroupKind::new("networking.istio.io", "DestinationRule")], check),
};

fn check<'d>(rule: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let policies = std::iter::once(rule.get("spec.trafficPolicy"))
        .chain(rule.get("spec.subsets").items().map(|subset| subset.get("trafficPolicy")));
    for policy in policies {
        for settings in std::iter::once(policy).chain(policy.get("portLevelSettings").items()) {
            let mode = settings.get("tls.mode");
            if mode.is("DISABLE") {
                found
                    .at(&mode, "calls go out in clear text: use ISTIO_MUTUAL, or SIMPLE for what is outside of the mesh")
                    .unsafe_fix(set(&mode, "ISTIO_MUTUAL"));
            }
        }
    }
}

//! TLS without verification encrypts for whoever answers.
//!
//! ## What it checks
//! `tls.insecureSkipVerify: true` in Istio's DestinationRules: in the traffic policy, its ports, and those of
//! each subset; with the modes `SIMPLE` and `MUTUAL`, since the others don't read it.
//!
//! ## Why it matters
//! The proxy takes any certificate. Who stands between, or answers DNS, shows his own and reads everything.
//!
//! ## How to fix
//! Remove the setting, and name the authority of the other end in `caCertificates` or `credentialName` and its
//! names in `subjectAltNames`.
//!
//! ```yaml bad
//! apiVersion: networking.istio.io/v1
//! kind: DestinationRule
//! metadata:
//!   name: payment
//! spec:
//!   host: payment.example.com
//!   trafficPolicy:
//!     tls:
//!       mode: SIMPLE
//!       insecureSkipVerify: true # <- here
//! ```
//! ```yaml fixed
//! apiVersion: networking.istio.io/v1
//! kind: DestinationRule
//! metadata:
//!   name: payment
//! spec:
//!   host: payment.example.com
//!   trafficPolicy:
//!     tls:
//!       mode: SIMPLE
//!       insecureSkipVerify: false
//! ```
//! ```yaml good
//! apiVersion: networking.istio.io/v1
//! kind: DestinationRule
//! metadata:
//!   name: payment
//! spec:
//!   host: payment.example.com
//!   trafficPolicy:
//!     tls:
//!       mode: SIMPLE
//!       caCertificates: /etc/payment/ca.pem
//! ```
//! ```yaml near-miss
//! # A string is no boolean: the API server refuses it.
//! apiVersion: networking.istio.io/v1
//! kind: DestinationRule
//! metadata:
//!   name: payment
//! spec:
//!   host: payment.example.com
//!   trafficPolicy:
//!     tls:
//!       mode: SIMPLE
//!       insecureSkipVerify: "true"
//! ---
//! # Without TLS, and between sidecars, nobody reads the setting.
//! apiVersion: networking.istio.io/v1
//! kind: DestinationRule
//! metadata:
//!   name: plain
//! spec:
//!   host: plain.example.com
//!   trafficPolicy:
//!     tls:
//!       mode: DISABLE
//!       insecureSkipVerify: true
//! ---
//! apiVersion: networking.istio.io/v1
//! kind: DestinationRule
//! metadata:
//!   name: orders
//! spec:
//!   host: orders.shop.svc.cluster.local
//!   trafficPolicy:
//!     tls:
//!       mode: ISTIO_MUTUAL
//!       insecureSkipVerify: true
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "mesh/destination-rule-skips-verification",
    title: "Istio client that takes any certificate",
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
            let skips = settings.get("tls.insecureSkipVerify");
            if skips.is_true() && matches!(settings.get("tls.mode").text(), "SIMPLE" | "MUTUAL") {
                found
                    .at(
                        &skips,
                        "any certificate is taken: set insecureSkipVerify to false and name the authority",
                    )
                    .unsafe_fix(set(&skips, false));
            }
        }
    }
}

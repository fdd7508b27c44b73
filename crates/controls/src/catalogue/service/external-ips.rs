//! External addresses let a Service take over traffic that was meant for somebody else.
//!
//! ## What it checks
//! `spec.externalIPs` of Services.
//!
//! ## Why it matters
//! Every node sends what goes to such an address to the Service's pods, whoever the address belongs to:
//! who may create Services intercepts connections to the internet, to other Services and to DNS
//! (CVE-2020-8554). Kubernetes can't mend it: the API works as designed.
//!
//! ## How to fix
//! Use a load balancer that owns its addresses (a cloud's, MetalLB), and refuse the field by the admission
//! plugin DenyServiceExternalIPs or a policy.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   externalIPs: [203.0.113.7] # <- here
//!   ports:
//!   - port: 443
//! ---
//! # No fix: the policy has to go with them.
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: local
//! spec:
//!   externalIPs: [203.0.113.7] # <- here
//!   externalTrafficPolicy: Local
//! ```
//! ```yaml fixed
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   ports:
//!   - port: 443
//! ---
//! # No fix: the policy has to go with them.
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: local
//! spec:
//!   externalIPs: [203.0.113.7]
//!   externalTrafficPolicy: Local
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   ports:
//!   - port: 443
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   externalIPs: []
//!   clusterIPs: [10.0.0.9]
//!   ports:
//!   - port: 443
//! ```
//!
//! ```cel
//! object.spec.?externalIPs.orValue([]).size() > 0 ?
//!   ["the Service takes traffic of addresses that it need not own: remove externalIPs"] : []
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "service/external-ips",
    title: "Service with external addresses",
    severity: High,
    frameworks: &[microsoft("MS-TA9005")],
    aliases: &["trivy:KSV-0108"],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Object(&[GroupKind::new("", "Service")], check),
};

fn check<'d>(service: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let addresses = service.get("spec.externalIPs");
    if !addresses.is_empty() {
        let finding = found.at(
            &addresses,
            "the Service takes traffic of addresses that it need not own: remove externalIPs",
        );
        // The API server refuses a policy for traffic from outside on a Service that takes none.
        let is_inside = matches!(service.get("spec.type").text(), "" | "ClusterIP");
        if !is_inside || !service.get("spec.externalTrafficPolicy").exists() {
            finding.unsafe_fix(remove(&addresses));
        }
    }
}

//! An allow list that holds every address allows everybody.
//!
//! ## What it checks
//! The annotations `whitelist-source-range`, `allowlist-source-range` and `inbound-cidrs` of Ingresses:
//! whether their ranges together hold every IPv4 or every IPv6 address.
//!
//! ## Why it matters
//! Somebody meant to keep people out, and the list doesn't.
//!
//! ## How to fix
//! List the networks of those who may connect, or remove the annotation where everybody may.
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: admin
//!   annotations:
//!     nginx.ingress.kubernetes.io/whitelist-source-range: 203.0.113.0/24,0.0.0.0/0 # <- here
//! ```
//! ```yaml good
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: admin
//!   annotations:
//!     nginx.ingress.kubernetes.io/whitelist-source-range: 203.0.113.0/24, 198.51.100.7/32
//! ```
//! ```yaml near-miss
//! # Half of all addresses is not all of them.
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: admin
//!   annotations:
//!     alb.ingress.kubernetes.io/inbound-cidrs: 128.0.0.0/1
//! ```

use crate::prelude::*;
use crate::support::cidr::{Cidr, cover_everything};
use crate::support::ingress;

pub const CONTROL: Control = Control {
    id: "ingress/open-source-range",
    title: "Ingress allow list that holds every address",
    severity: Low,
    frameworks: &[mitre("T1133")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: ingress::every(check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for (name, value) in ingress::named_annotations(object) {
        if !matches!(name, "whitelist-source-range" | "allowlist-source-range" | "inbound-cidrs") {
            continue;
        }
        if cover_everything(value.text().split(',').filter_map(Cidr::parse)) {
            found.at(
                &value,
                format!("{name} holds every address: list the networks of those who may connect"),
            );
        }
    }
}

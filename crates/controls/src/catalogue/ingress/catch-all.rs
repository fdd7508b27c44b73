//! An Ingress for every host answers for names that nobody meant it to.
//!
//! ## What it checks
//! Rules without a host or with the host `*`, wildcard hosts (`*.example.com`), and default backends.
//!
//! ## Why it matters
//! The workload answers requests for any name, those of scanners too, and for names that point at the
//! load balancer by mistake or malice: host checks, cookies and caches of the application are then about
//! a name of the attacker's. Another team's new host falls to it until its own Ingress is there.
//!
//! ## How to fix
//! Name the hosts. Leave the default backend to the controller's own, which answers 404.
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//! spec:
//!   defaultBackend: # <- here
//!     service: {name: web, port: {number: 80}}
//!   rules:
//!   - http: # <- here
//!       paths: []
//!   - host: "*.example.com" # <- here
//! ```
//! ```yaml good
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//! spec:
//!   rules:
//!   - host: shop.example.com
//! ```
//! ```yaml near-miss
//! # The certificate may be for a wildcard.
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//! spec:
//!   tls:
//!   - hosts: ["*.example.com"]
//!   rules:
//!   - host: shop.example.com
//! ```

use crate::prelude::*;
use crate::support::ingress;

pub const CONTROL: Control = Control {
    id: "ingress/catch-all",
    title: "Ingress for every host",
    severity: Low,
    frameworks: &[],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: ingress::every(check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for path in ["spec.defaultBackend", "spec.backend"] {
        let backend = object.get(path);
        if !backend.is_empty() {
            found.at(
                &backend,
                "the default backend answers for every host without a rule: name the hosts in rules",
            );
        }
    }
    for rule in object.get("spec.rules").items().filter(Field::is_mapping) {
        let host = rule.get("host");
        if host.text().is_empty() {
            found.at(&host, "the rule answers for every host: name one");
        } else if host.text().starts_with('*') {
            found.at(&host, format!("{} stands for every name below: name the hosts", host.text()));
        }
    }
}

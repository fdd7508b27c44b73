//! A Service of type ExternalName sends the cluster's clients wherever a name leads.
//!
//! ## What it checks
//! Services of type ExternalName: names outside the cluster, and within it those of another namespace. Names
//! within it are those that end in `.svc` or `.svc.cluster.local`.
//!
//! ## Why it matters
//! The name is an alias in DNS, nothing more. No policy by label holds for it, the certificate is for
//! another host, and an ingress controller that follows it serves what lies in another namespace, or
//! calls whatever address the name's owner sets (CVE-2020-8554 is about its sibling, `externalIPs`).
//!
//! ## How to fix
//! Let the client use the real name, limited by an egress policy, or register the endpoints in an
//! EndpointSlice.
//!
//! ## How others differ
//! Trivy finds `externalName` on any type of Service; the API server uses it on this type alone.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: db
//! spec:
//!   type: ExternalName
//!   externalName: db.example.com # <- here
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: theirs
//!   namespace: shop
//! spec:
//!   type: ExternalName
//!   externalName: db.bank.svc.cluster.local # <- here
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: db
//! spec:
//!   ports:
//!   - port: 5432
//! ```
//! ```yaml near-miss
//! # A Service of the same namespace; and without the type the name has no effect.
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: alias
//!   namespace: shop
//! spec:
//!   type: ExternalName
//!   externalName: db.shop.svc.cluster.local
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: db
//! spec:
//!   externalName: db.example.com
//! ```
//!
//! ```cel
//! object.spec.?type.orValue("") == "ExternalName" && object.spec.?externalName.orValue("") != ""
//! && ![".svc", ".svc.cluster.local", ".svc.cluster.local."].exists(domain,
//!   object.spec.externalName.endsWith("." + object.metadata.?namespace.orValue("default") + domain)) ?
//!   ["clients are sent to a name that no policy by label holds for: remove externalName"] : []
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "service/external-name",
    title: "Service of type ExternalName",
    severity: Low,
    frameworks: &[],
    aliases: &["trivy:KSV-0108"],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "Service")], check),
};

fn check<'d>(service: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let name = service.get("spec.externalName");
    let is_used = service.get("spec.type").is("ExternalName") && !name.text().is_empty();
    if is_used && !is_within(name.text(), found.inventory().namespace_of(service)) {
        found.at(&name, format!("clients are sent to {}, which no policy by label holds for", name.text()));
    }
}

/// Names of the cluster's own DNS, in the domain that nearly all clusters have.
const DOMAINS: [&str; 3] = [".svc", ".svc.cluster.local", ".svc.cluster.local."];

/// Whether a name is one of the cluster's, in a namespace.
fn is_within(name: &str, namespace: &str) -> bool {
    DOMAINS.iter().any(|domain| {
        let rest = name.strip_suffix(domain).and_then(|rest| rest.strip_suffix(namespace));
        rest.is_some_and(|rest| rest.ends_with('.'))
    })
}

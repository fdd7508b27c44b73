//! A Service of type ExternalName sends the cluster's clients wherever a name leads.
//!
//! ## What it checks
//! Services of type ExternalName: names outside the cluster, and within it those of another namespace.
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
//! # Without the type the name has no effect.
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: db
//! spec:
//!   externalName: db.example.com
//! ```
//!
//! ```cel
//! object.spec.?type.orValue("") == "ExternalName" && object.spec.?externalName.orValue("") != "" ?
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
    if service.get("spec.type").is("ExternalName") && !name.text().is_empty() {
        found.at(&name, format!("clients are sent to {}, which no policy by label holds for", name.text()));
    }
}

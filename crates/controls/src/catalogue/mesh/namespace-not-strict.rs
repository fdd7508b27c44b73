//! A namespace of the mesh for which nobody asked for encryption takes clear text.
//!
//! ## What it checks
//! Namespaces that Istio injects or that are in the ambient mesh (labels `istio-injection: enabled`,
//! `istio.io/rev`, `istio.io/dataplane-mode: ambient`), where the scan holds PeerAuthentications and none of
//! them sets a mode for the namespace or for the mesh. Where no PeerAuthentication was read at all they
//! may lie elsewhere, and nothing is said.
//!
//! ## Why it matters
//! Without a mode Istio is PERMISSIVE: calls without a certificate are served, so the mesh encrypts only for
//! those who want it.
//!
//! ## How to fix
//! Add a PeerAuthentication with `mtls.mode: STRICT` to the namespace, or to the root namespace for all.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//!   labels: # <- here
//!     istio-injection: enabled
//! ---
//! apiVersion: security.istio.io/v1
//! kind: PeerAuthentication
//! metadata:
//!   name: default
//!   namespace: bank
//! spec:
//!   mtls: {mode: STRICT}
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//!   labels:
//!     istio.io/rev: stable
//! ---
//! apiVersion: security.istio.io/v1
//! kind: PeerAuthentication
//! metadata:
//!   name: default
//!   namespace: istio-system
//! spec:
//!   mtls: {mode: STRICT}
//! ```
//! ```yaml near-miss
//! # Not in the mesh; and no policy was read that could have said so.
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//!   labels:
//!     istio-injection: disabled
//! ```

use crate::prelude::*;
use crate::support::istio::{self, Mode};

pub const CONTROL: Control = Control {
    id: "mesh/namespace-not-strict",
    title: "Namespace of the mesh without strict encryption",
    severity: Medium,
    frameworks: &[nsa("network/encryption"), owasp("K05")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "Namespace")], check),
};

fn check<'d>(namespace: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let is_in_mesh = istio::injects(namespace) || namespace.label("istio.io/dataplane-mode").is("ambient");
    let inventory = found.inventory();
    if is_in_mesh
        && inventory.has(istio::SECURITY, "PeerAuthentication")
        && istio::effective(inventory, namespace.name()) == Mode::Unset
    {
        found.at(
            &namespace.labels(),
            "no PeerAuthentication sets a mode here, and PERMISSIVE is the default: add one with STRICT",
        );
    }
}

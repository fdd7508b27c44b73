//! A mesh that also takes clear text encrypts only for those who ask for it.
//!
//! ## What it checks
//! Istio's PeerAuthentications: `mtls.mode` and each port of `portLevelMtls` that is PERMISSIVE or DISABLE. A
//! mode that is UNSET or absent is inherited: by a workload's policy from its namespace's, by that from the
//! mesh's (root namespace `istio-system`, or AKS's `aks-istio-system`), and is PERMISSIVE where none of
//! these was read; a policy that only sets ports is not judged for the mode it leaves out.
//! Ports hold only beside a selector, and newer versions refuse them elsewhere: they are found all the
//! same, as what somebody meant to open.
//!
//! ## Why it matters
//! PERMISSIVE serves every caller that sends no certificate, so policies by identity hold for nobody who
//! leaves the identity out, and who listens on the network reads what isn't encrypted.
//!
//! ## How to fix
//! Set `mode: STRICT` once all callers have a sidecar or are in the ambient mesh. A port that must take clear
//! text is better served by a workload of its own.
//!
//! ```yaml bad
//! apiVersion: security.istio.io/v1
//! kind: PeerAuthentication
//! metadata:
//!   name: default
//!   namespace: shop
//! spec:
//!   mtls:
//!     mode: PERMISSIVE # <- here
//! ---
//! apiVersion: security.istio.io/v1
//! kind: PeerAuthentication
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   selector:
//!     matchLabels: {app: web}
//!   mtls:
//!     mode: STRICT
//!   portLevelMtls:
//!     8080:
//!       mode: DISABLE # <- here
//!     8443:
//!       mode: UNSET
//! ---
//! apiVersion: security.istio.io/v1beta1
//! kind: PeerAuthentication
//! metadata:
//!   name: default
//!   namespace: istio-system
//! spec: # <- here
//!   selector: {}
//! ```
//! ```yaml bad
//! apiVersion: security.istio.io/v1
//! kind: PeerAuthentication
//! metadata:
//!   name: default
//!   namespace: shop
//! spec:
//!   mtls:
//!     mode: DISABLE # <- here
//! ```
//! ```yaml fixed
//! apiVersion: security.istio.io/v1
//! kind: PeerAuthentication
//! metadata:
//!   name: default
//!   namespace: shop
//! spec:
//!   mtls:
//!     mode: STRICT
//! ```
//! ```yaml good
//! apiVersion: security.istio.io/v1
//! kind: PeerAuthentication
//! metadata:
//!   name: default
//!   namespace: istio-system
//! spec:
//!   mtls:
//!     mode: STRICT
//! ```
//! ```yaml near-miss
//! # Inherited from the mesh, through the namespace; and ports alone.
//! apiVersion: security.istio.io/v1
//! kind: PeerAuthentication
//! metadata:
//!   name: default
//!   namespace: istio-system
//! spec:
//!   mtls:
//!     mode: STRICT
//! ---
//! apiVersion: security.istio.io/v1
//! kind: PeerAuthentication
//! metadata:
//!   name: default
//!   namespace: shop
//! spec:
//!   mtls:
//!     mode: UNSET
//! ---
//! apiVersion: security.istio.io/v1
//! kind: PeerAuthentication
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   selector:
//!     matchLabels: {app: web}
//! ---
//! apiVersion: security.istio.io/v1
//! kind: PeerAuthentication
//! metadata:
//!   name: api
//!   namespace: bank
//! spec:
//!   selector:
//!     matchLabels: {app: api}
//!   portLevelMtls:
//!     8080: {mode: STRICT}
//! ```

use crate::prelude::*;
use crate::support::istio::{self, Mode};

pub const CONTROL: Control = Control {
    id: "mesh/peer-authentication-not-strict",
    title: "Istio takes clear text",
    severity: Medium,
    frameworks: &[nsa("network/encryption"), owasp("K05")],
    aliases: &[],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Object(&[GroupKind::new(istio::SECURITY, "PeerAuthentication")], check),
};

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let mode = policy.get("spec.mtls.mode");
    let ports = policy.get("spec.portLevelMtls");
    match istio::mode(&mode) {
        Mode::Strict => {}
        Mode::Plain => {
            found
                .at(&mode, format!("{} takes clear text: set the mode to STRICT", mode.text()))
                .unsafe_fix(set(&mode, "STRICT"));
        }
        Mode::Unset => {
            if ports.is_empty() && istio::inherited(policy, found.inventory()) == Mode::Unset {
                found
                    .at(&mode, "no mode is set, and PERMISSIVE is the default: set the mode to STRICT")
                    .unsafe_fix(set(&mode, "STRICT"));
            }
        }
    }
    for (port, settings) in ports.entries() {
        let mode = settings.get("mode");
        if istio::mode(&mode) == Mode::Plain {
            found
                .at(&mode, format!("port {port} takes clear text: set the mode to STRICT"))
                .unsafe_fix(set(&mode, "STRICT"));
        }
    }
}

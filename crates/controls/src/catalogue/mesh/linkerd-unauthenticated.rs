//! Linkerd that serves everybody checks nobody.
//!
//! ## What it checks
//! The annotation `config.linkerd.io/default-inbound-policy` of namespaces and pods with `all-unauthenticated`,
//! `cluster-unauthenticated` or `audit`; the same as `accessPolicy` of a Server (policy.linkerd.io); and
//! ServerAuthorizations with `client.unauthenticated: true`, or with `client.meshTLS.unauthenticatedTLS: true`,
//! which asks for TLS and for no identity.
//!
//! ## Why it matters
//! Callers outside of the mesh are served in clear text and without an identity, beside those who are in it.
//!
//! ## How to fix
//! Use `all-authenticated`, or `deny` with an AuthorizationPolicy for each caller. Probes of the kubelet have
//! policies of their own.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//!   annotations:
//!     linkerd.io/inject: enabled
//!     config.linkerd.io/default-inbound-policy: all-unauthenticated # <- here
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//! spec:
//!   template:
//!     metadata:
//!       annotations:
//!         config.linkerd.io/default-inbound-policy: cluster-unauthenticated # <- here
//!     spec:
//!       containers:
//!       - name: web
//!         image: registry.example.com/web:1.4
//! ---
//! apiVersion: policy.linkerd.io/v1beta3
//! kind: Server
//! metadata:
//!   name: web
//! spec:
//!   accessPolicy: audit # <- here
//! ---
//! apiVersion: policy.linkerd.io/v1beta1
//! kind: ServerAuthorization
//! metadata:
//!   name: web
//! spec:
//!   client:
//!     unauthenticated: true # <- here
//! ---
//! apiVersion: policy.linkerd.io/v1beta1
//! kind: ServerAuthorization
//! metadata:
//!   name: web-tls
//! spec:
//!   client:
//!     meshTLS:
//!       unauthenticatedTLS: true # <- here
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//!   annotations:
//!     linkerd.io/inject: enabled
//!     config.linkerd.io/default-inbound-policy: all-authenticated
//! ```
//! ```yaml near-miss
//! # Only metrics and health of the proxy; and a server that denies by default.
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//!   annotations:
//!     config.linkerd.io/default-inbound-policy: deny
//! ---
//! apiVersion: policy.linkerd.io/v1beta3
//! kind: Server
//! metadata:
//!   name: web
//! spec:
//!   port: http
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "mesh/linkerd-unauthenticated",
    title: "Linkerd serves callers without an identity",
    severity: Medium,
    frameworks: &[nsa("network/encryption"), owasp("K05")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Inventory(
        &[
            GroupKind::new("", "Namespace"),
            GroupKind::new("", "Pod"),
            GroupKind::new("policy.linkerd.io", "Server"),
            GroupKind::new("policy.linkerd.io", "ServerAuthorization"),
        ],
        check,
    ),
};

const ANNOTATION: &str = "config.linkerd.io/default-inbound-policy";

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    let namespaces = inventory.of_kind("", "Namespace").map(|namespace| namespace.annotation(ANNOTATION));
    let pods = inventory.pods().iter().map(|pod| pod.annotation(ANNOTATION));
    let servers =
        inventory.of_kind("policy.linkerd.io", "Server").map(|server| server.get("spec.accessPolicy"));
    for policy in namespaces.chain(pods).chain(servers) {
        if matches!(policy.text(), "all-unauthenticated" | "cluster-unauthenticated" | "audit") {
            found.at(
                &policy,
                format!(
                    "{} serves callers without an identity: use all-authenticated or deny",
                    policy.text()
                ),
            );
        }
    }
    for authorization in inventory.of_kind("policy.linkerd.io", "ServerAuthorization") {
        for path in ["spec.client.unauthenticated", "spec.client.meshTLS.unauthenticatedTLS"] {
            let unauthenticated = authorization.get(path);
            if unauthenticated.is_true() {
                found.at(&unauthenticated, "callers without an identity are served: name those who may call");
            }
        }
    }
}

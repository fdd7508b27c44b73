//! A certificate that nobody trusts teaches people to click the warning away.
//!
//! ## What it checks
//! Where the certificate of an Ingress or Gateway comes from: the cert-manager issuer that its annotations ask
//! for, or that of the Certificate that writes its Secret. Found are issuers that are self-signed, and
//! ACME staging environments; an issuer that wasn't read, by a name that says so (`letsencrypt-staging`,
//! `selfsigned`). With the parameter `trusted-issuers` (`name`, or `Kind/name`) all others are found.
//! Self-signed certificates that serve something else, a webhook or an authority of one's own, are not meant.
//!
//! ## Why it matters
//! Browsers and clients refuse the certificate, or somebody turns the verification off. Then whoever stands
//! between shows his own.
//!
//! ## How to fix
//! Use an issuer whose root the clients know.
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     cert-manager.io/cluster-issuer: public # <- here
//! ---
//! apiVersion: cert-manager.io/v1
//! kind: ClusterIssuer
//! metadata:
//!   name: public
//! spec:
//!   acme:
//!     server: https://acme-staging-v02.api.letsencrypt.org/directory
//! ---
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: Gateway
//! metadata:
//!   name: edge
//! spec:
//!   listeners:
//!   - name: https
//!     protocol: HTTPS
//!     port: 443
//!     tls:
//!       certificateRefs:
//!       - name: edge-tls # <- here
//! ---
//! apiVersion: cert-manager.io/v1
//! kind: Certificate
//! metadata:
//!   name: edge
//! spec:
//!   secretName: edge-tls
//!   issuerRef:
//!     name: own
//! ---
//! apiVersion: cert-manager.io/v1
//! kind: Issuer
//! metadata:
//!   name: own
//! spec:
//!   selfSigned: {}
//! ```
//! ```yaml bad parameters={"trusted-issuers":["ClusterIssuer/company"]}
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     cert-manager.io/cluster-issuer: letsencrypt # <- here
//! ```
//! ```yaml good
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     cert-manager.io/cluster-issuer: public
//! ---
//! apiVersion: cert-manager.io/v1
//! kind: ClusterIssuer
//! metadata:
//!   name: public
//! spec:
//!   acme:
//!     server: https://acme-v02.api.letsencrypt.org/directory
//! ```
//! ```yaml near-miss
//! # A webhook's certificate, the root of an own authority, and an issuer of a staging environment.
//! apiVersion: cert-manager.io/v1
//! kind: Issuer
//! metadata:
//!   name: own
//! spec:
//!   selfSigned: {}
//! ---
//! apiVersion: cert-manager.io/v1
//! kind: Certificate
//! metadata:
//!   name: webhook
//! spec:
//!   secretName: webhook-tls
//!   issuerRef:
//!     name: own
//! ---
//! apiVersion: cert-manager.io/v1
//! kind: Certificate
//! metadata:
//!   name: root
//! spec:
//!   isCA: true
//!   secretName: root-tls
//!   issuerRef:
//!     name: own
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     cert-manager.io/issuer: company-staging
//! spec:
//!   tls:
//!   - secretName: shop-tls
//! ```

use crate::prelude::*;
use crate::support::{issuer, route};

pub const CONTROL: Control = Control {
    id: "ingress/untrusted-issuer",
    title: "Certificate of an issuer that isn't trusted",
    severity: Medium,
    frameworks: &[aks("5.4.5"), eks("5.4.5"), nsa("network/encryption")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(
        &[
            GroupKind::new("networking.k8s.io", "Ingress"),
            GroupKind::new("extensions", "Ingress"),
            GroupKind::new(route::GROUP, "Gateway"),
        ],
        check,
    ),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let namespace = inventory.namespace_of(object);
    let trusted = found.parameters().trusted_issuers.clone();
    if let Some(asked) = issuer::asked_for(object) {
        if let Some(doubt) = issuer::doubt(inventory, namespace, &asked, &trusted) {
            found.at(&asked.field, message(asked.name, doubt));
        }
        return;
    }
    let of_ingress = object.get("spec.tls").items().map(|entry| (entry.get("secretName"), namespace));
    let of_gateway = object
        .get("spec.listeners")
        .items()
        .flat_map(|listener| listener.get("tls.certificateRefs").items())
        .filter(|reference| matches!(reference.get("kind").text(), "" | "Secret"))
        .map(|reference| {
            let other = reference.get("namespace").text();
            (reference.get("name"), if other.is_empty() { namespace } else { other })
        });
    for (secret, namespace) in of_ingress.chain(of_gateway) {
        let Some(from) = issuer::of_secret(inventory, namespace, secret.text()) else { continue };
        if let Some(doubt) = issuer::doubt(inventory, namespace, &from, &trusted) {
            found.at(&secret, message(from.name, doubt)).also(&from.field, "the certificate's issuer");
        }
    }
}

fn message(name: &str, doubt: issuer::Doubt) -> String {
    format!("the issuer {name} {}: use one that clients trust", doubt.reason())
}

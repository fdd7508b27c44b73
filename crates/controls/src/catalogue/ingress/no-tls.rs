//! An Ingress without TLS serves in clear text.
//!
//! ## What it checks
//! `spec.tls` of every Ingress, and that each host of a rule stands in one of its entries (a wildcard
//! covers one label). An entry without hosts covers every host. Ingresses that have their certificate by
//! annotation are left out: AWS load balancers that listen on HTTPS (by `listen-ports`, or without it by
//! `certificate-arn`), Google's pre-shared and managed certificates, Azure's Application Gateway, Traefik's
//! routers with TLS (`router.tls`, or a resolver, options or domains below it), OpenShift's `termination`,
//! nginx and both of HAProxy's controllers that pass TLS through. So is a minion of
//! NGINX's mergeable Ingresses: its master has the certificate.
//!
//! ## Why it matters
//! Sessions, passwords and tokens cross every network between the user and the cluster readable and
//! changeable.
//!
//! ## How to fix
//! Add a `tls` entry with the hosts and the Secret that holds the certificate; cert-manager makes
//! and renews it.
//!
//! ## How others differ
//! Tools that only look whether `tls` is there miss the host that was added later, and find Ingresses
//! that have their certificate by annotation.
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//! spec: # <- here
//!   rules:
//!   - host: shop.example.com
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop-api
//! spec:
//!   tls:
//!   - hosts: ["*.example.com"]
//!     secretName: shop-tls
//!   rules:
//!   - host: a.b.example.com # <- here
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: http-alone
//!   annotations:
//!     alb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:eu-west-1:111122223333:certificate/shop
//!     alb.ingress.kubernetes.io/listen-ports: '[{"HTTP": 80}]'
//! spec: # <- here
//!   rules:
//!   - host: shop.example.com
//! ---
//! # What is below the key doesn't switch on what the key switches off.
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: traefik-off
//!   annotations:
//!     traefik.ingress.kubernetes.io/router.tls: "false"
//!     traefik.ingress.kubernetes.io/router.tls.certresolver: letsencrypt
//! spec: # <- here
//!   rules:
//!   - host: shop.example.com
//! ```
//! ```yaml good
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//! spec:
//!   tls:
//!   - hosts: ["*.example.com"]
//!     secretName: shop-tls
//!   rules:
//!   - host: shop.example.com
//! ```
//! ```yaml near-miss
//! # Without hosts the certificate is offered for every host.
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//! spec:
//!   tls:
//!   - secretName: shop-tls
//!   rules:
//!   - host: shop.example.com
//! ```
//! ```yaml near-miss
//! # The certificate is chosen by annotation.
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: aws
//!   annotations:
//!     alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS": 443}]'
//! spec:
//!   rules:
//!   - host: shop.example.com
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: google
//!   annotations:
//!     networking.gke.io/managed-certificates: shop
//! spec:
//!   rules:
//!   - host: shop.example.com
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: minion
//!   annotations:
//!     nginx.org/mergeable-ingress-type: minion
//! spec:
//!   rules:
//!   - host: shop.example.com
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: route
//!   annotations:
//!     route.openshift.io/termination: edge
//! spec:
//!   rules:
//!   - host: shop.example.com
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: passed-through
//!   annotations:
//!     haproxy.org/ssl-passthrough: "True"
//! spec:
//!   rules:
//!   - host: shop.example.com
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: passed-through-too
//!   annotations:
//!     haproxy-ingress.github.io/ssl-passthrough: "true"
//! spec:
//!   rules:
//!   - host: shop.example.com
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: traefik
//!   annotations:
//!     traefik.ingress.kubernetes.io/router.tls.certresolver: letsencrypt
//! spec:
//!   rules:
//!   - host: shop.example.com
//! ```

use std::collections::HashSet;

use crate::prelude::*;
use crate::support::go;
use crate::support::ingress::every;

pub const CONTROL: Control = Control {
    id: "ingress/no-tls",
    title: "Ingress without TLS",
    severity: Medium,
    frameworks: &[aks("5.4.5"), eks("5.4.5"), nsa("network/encryption")],
    aliases: &["kubescape:C-0263", "polaris:tlsSettingsMissing"],
    profiles: &[Recommended],
    fix: None,
    check: every(check),
};

const TRAEFIK_TLS: &str = "traefik.ingress.kubernetes.io/router.tls";

fn check<'d>(ingress: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if has_tls_by_annotation(ingress) {
        return;
    }
    let tls = ingress.get("spec.tls");
    if tls.is_empty() {
        found.at(&tls, "the Ingress has no TLS: add spec.tls with its hosts and a certificate");
        return;
    }
    if tls.items().any(|entry| entry.get("hosts").is_empty()) {
        return;
    }
    let hosts = |entry: Field<'d>| entry.get("hosts").strings().map(str::to_ascii_lowercase);
    let covered: HashSet<String> = tls.items().flat_map(hosts).collect();
    for rule in ingress.get("spec.rules").items() {
        let host = rule.get("host");
        if !host.text().is_empty() && !is_covered(host.text(), &covered) {
            found.at(&host, format!("the host {} has no TLS: add it to spec.tls", host.text()));
        }
    }
}

/// Whether a host is among others, which are in small letters. A wildcard stands for exactly one label.
fn is_covered(host: &str, hosts: &HashSet<String>) -> bool {
    let host = host.to_ascii_lowercase();
    let wildcard = host.split_once('.').filter(|(label, _)| !label.is_empty());
    hosts.contains(&host) || wildcard.is_some_and(|(_, domain)| hosts.contains(&format!("*.{domain}")))
}

fn has_tls_by_annotation(ingress: &Object<'_>) -> bool {
    let is_written = |key| !ingress.annotation(key).text().is_empty();
    let is_true = |key| go::parse_bool(ingress.annotation(key).text()) == Some(true);
    let ports = ingress.annotation("alb.ingress.kubernetes.io/listen-ports").text();
    ports.contains("\"HTTPS\"")
        || (ports.is_empty() && is_written("alb.ingress.kubernetes.io/certificate-arn"))
        || is_written("ingress.gcp.kubernetes.io/pre-shared-cert")
        || is_written("networking.gke.io/managed-certificates")
        || is_written("appgw.ingress.kubernetes.io/appgw-ssl-certificate")
        || is_written("route.openshift.io/termination")
        || has_tls_by_traefik(ingress)
        || is_true("nginx.ingress.kubernetes.io/ssl-passthrough")
        || is_true("haproxy.org/ssl-passthrough")
        || is_true("haproxy-ingress.github.io/ssl-passthrough")
        || ingress.annotation("nginx.org/mergeable-ingress-type").is("minion")
}

/// Traefik takes `true` and nothing at all as on, anything else as off, and what is written below the key
/// as on where the key itself isn't written.
fn has_tls_by_traefik(ingress: &Object<'_>) -> bool {
    let tls = ingress.annotation(TRAEFIK_TLS);
    if tls.exists() {
        return tls.text().is_empty() || tls.text().eq_ignore_ascii_case("true");
    }
    ingress
        .annotations()
        .entries()
        .any(|(key, _)| key.strip_prefix(TRAEFIK_TLS).is_some_and(|below| below.starts_with('.')))
}

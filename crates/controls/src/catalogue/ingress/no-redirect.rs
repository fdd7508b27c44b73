//! HTTP that isn't redirected serves the page in clear text beside the encrypted one.
//!
//! ## What it checks
//! Ingresses that turn the redirect off: `ssl-redirect: "false"` of ingress-nginx, HAProxy and others, where
//! `force-ssl-redirect` doesn't turn it on again. And those with TLS on controllers that redirect only when
//! told to: Azure's Application Gateway (class `azure/application-gateway` or
//! `azure-application-gateway`; a certificate by the annotation `appgw-ssl-certificate` counts), and AWS load
//! balancers that listen on HTTP and HTTPS by `listen-ports`. Values are read as the controllers do: `"0"`,
//! `"f"` and `"False"` are false too.
//!
//! ## Why it matters
//! A first visit, an old link or an attacker on the way leads to the unencrypted port, and the session's
//! cookie with it.
//!
//! ## How to fix
//! Let the controller redirect (`ssl-redirect: "true"`), and send Strict-Transport-Security.
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     nginx.ingress.kubernetes.io/ssl-redirect: "false" # <- here
//! ```
//! ```yaml fixed
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     nginx.ingress.kubernetes.io/ssl-redirect: "true"
//! ```
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: azure
//!   annotations: # <- here
//!     kubernetes.io/ingress.class: azure/application-gateway
//! spec:
//!   tls:
//!   - secretName: azure-tls
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: aws
//!   annotations:
//!     alb.ingress.kubernetes.io/listen-ports: '[{"HTTP": 80}, {"HTTPS": 443}]' # <- here
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: azure-annotated
//!   annotations: # <- here
//!     appgw.ingress.kubernetes.io/appgw-ssl-certificate: shop
//! spec:
//!   ingressClassName: azure-application-gateway
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: go
//!   annotations:
//!     nginx.ingress.kubernetes.io/ssl-redirect: "F" # <- here
//! ```
//! ```yaml good
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     nginx.ingress.kubernetes.io/ssl-redirect: "true"
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: aws
//!   annotations:
//!     alb.ingress.kubernetes.io/listen-ports: '[{"HTTP": 80}, {"HTTPS": 443}]'
//!     alb.ingress.kubernetes.io/ssl-redirect: "443"
//! ```
//! ```yaml near-miss
//! # The other annotation redirects by itself; the second controller redirects by default.
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     nginx.ingress.kubernetes.io/ssl-redirect: "false"
//!     nginx.ingress.kubernetes.io/force-ssl-redirect: "True"
//! ---
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: api
//! spec:
//!   ingressClassName: nginx
//!   tls:
//!   - secretName: api-tls
//! ```

use crate::prelude::*;
use crate::support::{go, ingress};

pub const CONTROL: Control = Control {
    id: "ingress/no-redirect",
    title: "HTTP without a redirect",
    severity: Medium,
    frameworks: &[aks("5.4.5"), eks("5.4.5"), nsa("network/encryption")],
    aliases: &[],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: ingress::every(check),
};

const AZURE_CLASSES: [&str; 2] = ["azure/application-gateway", "azure-application-gateway"];

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let forced = ingress::named_annotations(object)
        .any(|(name, value)| name == "force-ssl-redirect" && go::parse_bool(value.text()) == Some(true));
    let off = ingress::named_annotations(object).find(|(name, value)| {
        *name == "ssl-redirect" && go::parse_bool(value.text()) == Some(false) && !forced
    });
    if let Some((_, redirect)) = off {
        found
            .at(&redirect, "HTTP is served beside HTTPS: set ssl-redirect to \"true\"")
            .unsafe_fix(set(&redirect, "true"));
        return;
    }
    let class = [object.get("spec.ingressClassName"), object.annotation("kubernetes.io/ingress.class")];
    let azure = object.annotation("appgw.ingress.kubernetes.io/ssl-redirect");
    if class.iter().any(|class| AZURE_CLASSES.contains(&class.text()))
        && (!object.get("spec.tls").is_empty()
            || !object.annotation("appgw.ingress.kubernetes.io/appgw-ssl-certificate").text().is_empty())
        && go::parse_bool(azure.text()) != Some(true)
    {
        found
            .at(
                &azure,
                "the Application Gateway doesn't redirect HTTP by itself: set ssl-redirect to \"true\"",
            )
            .unsafe_fix(set(&azure, "true"));
    }
    let ports = object.annotation("alb.ingress.kubernetes.io/listen-ports");
    let listens_on_both = ports.text().contains("\"HTTP\"") && ports.text().contains("\"HTTPS\"");
    let redirects = !object.annotation("alb.ingress.kubernetes.io/ssl-redirect").text().is_empty()
        || ingress::named_annotations(object)
            .any(|(name, value)| name.starts_with("actions.") && value.text().contains("redirect"));
    if listens_on_both && !redirects {
        found.at(&ports, "the load balancer listens on HTTP without a redirect: set alb.ingress.kubernetes.io/ssl-redirect");
    }
}

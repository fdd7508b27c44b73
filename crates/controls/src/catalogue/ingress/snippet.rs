//! A snippet puts text of the Ingress's author into the configuration that all hosts share.
//!
//! ## What it checks
//! Annotations whose name contains `snippet`, of any prefix: `configuration-snippet`, `server-snippet`,
//! `auth-snippet`, `stream-snippet` and `modsecurity-snippet` of ingress-nginx, `location-snippets` and
//! `server-snippets` of the NGINX controller.
//!
//! ## Why it matters
//! The controller's web server runs with a service account that reads the Secrets of every namespace. Who
//! may write an Ingress and a snippet reads its token, and with it those Secrets (CVE-2021-25742).
//!
//! ## How to fix
//! Use the annotation or the policy object that is made for the purpose, and keep
//! `allow-snippet-annotations: "false"` in the controller's ConfigMap (the default since 1.9).
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     nginx.ingress.kubernetes.io/configuration-snippet: more_set_headers "X-Frame-Options DENY"; # <- here
//!     nginx.org/server-snippets: server_tokens off; # <- here
//! ```
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     nginx.ingress.kubernetes.io/ssl-redirect: "true"
//!     nginx.ingress.kubernetes.io/server-snippet: return 200 "up"; # <- here
//! ```
//! ```yaml fixed
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     nginx.ingress.kubernetes.io/ssl-redirect: "true"
//! ```
//! ```yaml good
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     nginx.ingress.kubernetes.io/custom-headers: shop/headers
//! ```
//! ```yaml near-miss
//! # Empty, and on another kind.
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     nginx.ingress.kubernetes.io/server-snippet: ""
//! ---
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: notes
//!   annotations:
//!     example.com/snippet: text
//! ```

use crate::prelude::*;
use crate::support::ingress;

pub const CONTROL: Control = Control {
    id: "ingress/snippet",
    title: "Ingress with a snippet",
    severity: High,
    frameworks: &[mitre("T1552.007"), microsoft("MS-TA9025")],
    aliases: &["checkov:CKV_K8S_153"],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: ingress::every(check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for (name, value) in ingress::snippets(object) {
        found
            .at_key(&value, format!("{name} writes into the configuration of every host: remove it"))
            .unsafe_fix(remove(&value));
    }
}

//! A snippet with `alias` serves files of the controller's container.
//!
//! ## What it checks
//! Snippet annotations (see `ingress/snippet`) with the directives `alias` or `root`, read as nginx reads
//! its configuration: a directive is the first word of a statement, in quotes or not, and `#` begins a
//! comment only where a word could begin.
//!
//! ## Why it matters
//! `alias` maps a path of the host to any folder: that of the service account's token, or `/`, and the
//! Secrets of every namespace are one request away (CVE-2021-25742).
//!
//! ## How to fix
//! Remove the snippet, and refuse snippets in the controller's ConfigMap.
//!
//! ## How others differ
//! Checkov finds the letters `alias` anywhere, in `X-Alias-For` too, and doesn't know `root`.
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     nginx.ingress.kubernetes.io/server-snippet: | # <- here
//!       location /files/ {
//!         alias /var/lib/;
//!       }
//!     nginx.ingress.kubernetes.io/configuration-snippet: rewrite ^/a#b /c; "root" /; # <- here
//! ```
//! ```yaml good
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     nginx.ingress.kubernetes.io/server-snippet: server_tokens off;
//! ```
//! ```yaml near-miss
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     nginx.ingress.kubernetes.io/server-alias: www.shop.example.com
//!     nginx.ingress.kubernetes.io/configuration-snippet: |
//!       # alias /etc/;
//!       add_header X-Alias-For
//!         root;
//! ```

use crate::prelude::*;
use crate::support::ingress;

pub const CONTROL: Control = Control {
    id: "ingress/snippet-alias",
    title: "Ingress snippet that serves files",
    severity: Critical,
    frameworks: &[mitre("T1552.007"), microsoft("MS-TA9025")],
    aliases: &["checkov:CKV_K8S_154"],
    profiles: &[Recommended],
    fix: None,
    check: ingress::every(check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for (name, value) in ingress::snippets(object) {
        let has_files =
            ingress::directives(value.text()).iter().any(|name| matches!(name.as_str(), "alias" | "root"));
        if has_files {
            found.at_key(&value, format!("{name} serves files of the controller: remove it"));
        }
    }
}

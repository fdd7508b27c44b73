//! A snippet that runs Lua or names the token of the controller is an attack, or looks like one.
//!
//! ## What it checks
//! Snippet annotations (see `ingress/snippet`) whose text has a Lua directive (`…_by_lua…`, `lua_…`) or names
//! `kubernetes.io`, as the path of the token does.
//!
//! ## Why it matters
//! Lua in the web server reads files and calls the API server with the controller's token, which sees
//! the Secrets of every namespace (CVE-2021-25742).
//!
//! ## How to fix
//! Remove the snippet, and refuse snippets in the controller's ConfigMap.
//!
//! ```yaml bad
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     nginx.ingress.kubernetes.io/configuration-snippet: | # <- here
//!       content_by_lua_block {
//!         ngx.say("hello")
//!       }
//! ```
//! ```yaml good
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     nginx.ingress.kubernetes.io/configuration-snippet: more_set_headers "X-Frame-Options DENY";
//! ```
//! ```yaml near-miss
//! # A word that holds the letters.
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata:
//!   name: shop
//!   annotations:
//!     nginx.ingress.kubernetes.io/configuration-snippet: add_header X-Score evaluated_value;
//! ```

use crate::prelude::*;
use crate::support::ingress;

pub const CONTROL: Control = Control {
    id: "ingress/snippet-lua",
    title: "Ingress snippet that runs Lua",
    severity: Critical,
    frameworks: &[mitre("T1552.007"), microsoft("MS-TA9025")],
    aliases: &["checkov:CKV_K8S_152"],
    profiles: &[Recommended],
    fix: None,
    check: ingress::every(check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for (name, value) in ingress::snippets(object) {
        if runs_lua(value.text()) || value.text().contains("kubernetes.io") {
            found.at_key(&value, format!("{name} runs Lua or names the controller's token: remove it"));
        }
    }
}

/// Whether a word of the text has `lua` as one of its parts between underscores.
fn runs_lua(text: &str) -> bool {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .any(|word| word.len() > "lua".len() && word.split('_').any(|part| part.eq_ignore_ascii_case("lua")))
}

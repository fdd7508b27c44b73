//! A workload names no address to write to.
//!
//! ## What it checks
//! The annotation `email` of every object that makes pods, with an address as its value. In the profile `all` alone; what an organisation itself asks for is
//! `manifest/required-annotations`.
//!
//! ## Why it matters
//! When it breaks, or a secret in it leaks, somebody must be found quickly.
//!
//! ## How to fix
//! Add the annotation.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   annotations: {email: shop} # <- here
//! spec:
//!   template:
//!     spec:
//!       containers: []
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   annotations: {email: shop@example.com}
//! spec:
//!   template:
//!     spec:
//!       containers: []
//! ```
//! ```yaml near-miss
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   annotations: {email: "shop+oncall@example.com"}
//! spec:
//!   template:
//!     spec:
//!       containers: []
//! ---
//! # Makes no pods.
//! apiVersion: v1
//! kind: ConfigMap
//! metadata: {name: web}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "manifest/email-annotation",
    title: "No e-mail annotation",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:required-annotation-email"],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let object = pod.object();
    if !is_address(object.annotation("email").text()) {
        found.at(
            &object.annotations().key("email"),
            "who answers for this is not said: add the annotation email with an address",
        );
    }
}

/// Something before the at sign, and a domain with a dot after it.
fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(user, domain)| {
        !user.is_empty()
            && domain.split('.').count() > 1
            && domain.split('.').all(|part| !part.is_empty())
            && !text.contains([' ', '\t'])
            && !domain.contains('@')
    })
}

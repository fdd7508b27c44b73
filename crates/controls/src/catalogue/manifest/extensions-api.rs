//! An object of the API group extensions, which is gone.
//!
//! ## What it checks
//! The `apiVersion` of every object: `extensions/v1beta1` and whatever began so. In the profile `all` alone, since
//! `manifest/removed-api` says the same of every removed API, with what to write instead.
//!
//! ## Why it matters
//! Kubernetes 1.22 served the last of the group: the API server refuses the object.
//!
//! ## How to fix
//! Use `apps/v1`, `networking.k8s.io/v1` or `policy/v1`, with the fields that the new version asks for.
//!
//! ```yaml bad
//! apiVersion: extensions/v1beta1 # <- here
//! kind: Ingress
//! metadata: {name: web}
//! ```
//! ```yaml good
//! apiVersion: networking.k8s.io/v1
//! kind: Ingress
//! metadata: {name: web}
//! ```
//! ```yaml near-miss
//! # Removed too, from another group; and a group of that name elsewhere.
//! apiVersion: apps/v1beta1
//! kind: Deployment
//! metadata: {name: web}
//! ---
//! apiVersion: extensions.example.com/v1beta1
//! kind: Plugin
//! metadata: {name: web}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "manifest/extensions-api",
    title: "Object of the group extensions",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:no-extensions-v1beta"],
    profiles: &[],
    fix: None,
    check: Check::AnyObject(Needs::Nothing, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if object.group() == "extensions" && object.version().starts_with("v1beta") {
        let field = object.get("apiVersion");
        found.at(&field, "the API group extensions is gone: use the version that took its place");
    }
}

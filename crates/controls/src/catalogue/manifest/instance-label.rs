//! An instance label that names something else.
//!
//! ## What it checks
//! `app.kubernetes.io/instance` of every object that makes pods, where it is written: it should be the object's name,
//! or begin it (`shop` of `shop-web`). In the profile `all` alone.
//!
//! ## Why it matters
//! Selectors and dashboards that go by the instance show this workload under another one.
//!
//! ## How to fix
//! Set the label to the name of the release that the object belongs to.
//!
//! ## How others differ
//! Polaris fails objects without the label, and wants the whole name, which objects of one release can't all have.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   labels:
//!     app.kubernetes.io/instance: api # <- here
//! spec:
//!   template:
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   labels: {app.kubernetes.io/instance: web}
//! spec:
//!   template:
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml near-miss
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: shop-web
//!   labels: {app.kubernetes.io/instance: shop}
//! spec:
//!   template:
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "manifest/instance-label",
    title: "Name and instance label differ",
    severity: Low,
    frameworks: &[],
    aliases: &["polaris:metadataAndInstanceMismatched"],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Key(&["app.kubernetes.io/instance"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let object = pod.object();
    let instance = object.label("app.kubernetes.io/instance");
    let belongs = object
        .name()
        .strip_prefix(instance.text())
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    if instance.exists() && !belongs {
        found.at(
            &instance,
            format!("the label names another instance than {}: set it to its release", object.name()),
        );
    }
}

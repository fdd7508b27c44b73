//! A StatefulSet whose pods have no names of their own.
//!
//! ## What it checks
//! `spec.serviceName` of every StatefulSet; and, where the scan holds Services of its namespace, that the one of that
//! name is there, headless (`clusterIP: None`) and selects the pods.
//!
//! ## Why it matters
//! Members of a database find each other by `pod.service`; without the headless Service these names don't resolve.
//!
//! ## How to fix
//! Add a Service with `clusterIP: None` that selects the pods, and name it.
//!
//! ## How others differ
//! kube-score and KICS fail where no Service is among the files too; here that is unknown and not judged.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: db}
//! spec: # <- here
//!   replicas: 3
//! ---
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: cache}
//! spec:
//!   serviceName: cache # <- here
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata: {name: cache}
//! spec:
//!   selector: {app: cache}
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: db}
//! spec:
//!   serviceName: db
//!   template:
//!     metadata: {labels: {app: db}}
//!     spec: {containers: [{name: db, image: registry.example.com/db:1.4}]}
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata: {name: db}
//! spec:
//!   clusterIP: None
//!   selector: {app: db}
//! ```
//! ```yaml near-miss
//! # The Service isn't part of the scan.
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: db}
//! spec:
//!   serviceName: db
//! ```

use crate::prelude::*;
use crate::support::scope;

pub const CONTROL: Control = Control {
    id: "reliability/headless-service",
    title: "StatefulSet without its headless Service",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-score:statefulset-has-servicename", "kics:StatefulSet-Without-Service-Name"],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("apps", "StatefulSet")], check),
};

fn check<'d>(set: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let name = set.get("spec.serviceName");
    if name.text().is_empty() {
        found.at(&name, "the pods have no names of their own: set serviceName to a headless Service");
        return;
    }
    let namespace = inventory.namespace_of(set);
    let Some(service) = inventory.find("", "Service", namespace, name.text()) else {
        let holds_services =
            inventory.of_kind("", "Service").any(|service| inventory.namespace_of(service) == namespace);
        if holds_services && scope::holds_services_of(inventory, namespace) {
            let message = format!("there is no Service {} in the namespace {namespace}: add it", name.text());
            found.at(&name, message);
        }
        return;
    };
    let selector = LabelSelector::plain(service.get("spec.selector"));
    let labels = Labels(set.get("spec.template.metadata.labels"));
    if !service.get("spec.clusterIP").is("None") || selector.is_empty() || !selector.matches(labels) {
        found.at(&name, format!("the Service {} must be headless and select these pods", name.text()));
    }
}

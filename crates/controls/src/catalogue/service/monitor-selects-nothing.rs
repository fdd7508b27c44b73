//! A ServiceMonitor that matches no Service watches nothing.
//!
//! ## What it checks
//! `spec.selector` of ServiceMonitors (monitoring.coreos.com) against the labels of the Services
//! themselves, in the namespaces that `namespaceSelector` names, or its own. Not judged: `any: true`, and
//! namespaces of which the scan holds nothing.
//!
//! ## Why it matters
//! The alerts that were to come from the workload never will, and their silence looks like health.
//!
//! ## How to fix
//! Use the labels of the Service's metadata (not those of its selector), and name its namespace.
//!
//! ## How others differ
//! kube-linter doesn't read `matchExpressions`. Without a `namespaceSelector` it fails an empty selector, which matches
//! every Service, and takes Services of any namespace.
//!
//! ```yaml bad
//! apiVersion: monitoring.coreos.com/v1
//! kind: ServiceMonitor
//! metadata:
//!   name: web
//! spec:
//!   selector: # <- here
//!     matchLabels:
//!       app: web
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     app: web
//! ```
//! ```yaml good
//! apiVersion: monitoring.coreos.com/v1
//! kind: ServiceMonitor
//! metadata:
//!   name: web
//!   namespace: monitoring
//! spec:
//!   namespaceSelector:
//!     matchNames: [shop]
//!   selector:
//!     matchExpressions:
//!     - key: app
//!       operator: In
//!       values: [web, api]
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//!   namespace: shop
//!   labels:
//!     app: web
//! spec:
//!   selector:
//!     app: web
//! ```
//! ```yaml near-miss
//! # The Service of the API server is in no manifest; the others can't be decided.
//! apiVersion: monitoring.coreos.com/v1
//! kind: ServiceMonitor
//! metadata:
//!   name: api-server
//! spec:
//!   selector:
//!     matchLabels: {component: apiserver}
//! ---
//! apiVersion: monitoring.coreos.com/v1
//! kind: ServiceMonitor
//! metadata:
//!   name: everything
//! spec:
//!   namespaceSelector:
//!     any: true
//!   selector:
//!     matchLabels:
//!       metrics: "true"
//! ---
//! apiVersion: monitoring.coreos.com/v1
//! kind: ServiceMonitor
//! metadata:
//!   name: own
//! spec:
//!   selector: {}
//! ---
//! apiVersion: monitoring.coreos.com/v1
//! kind: ServiceMonitor
//! metadata:
//!   name: elsewhere
//!   namespace: monitoring
//! spec:
//!   namespaceSelector:
//!     matchNames: [bank]
//!   selector:
//!     matchLabels:
//!       app: teller
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: web
//! spec:
//!   selector:
//!     app: web
//! ```

use crate::prelude::*;
use crate::support::scope;
use crate::support::selector::{Known, Match, match_selector};

pub const CONTROL: Control = Control {
    id: "service/monitor-selects-nothing",
    title: "ServiceMonitor matches no Service",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:dangling-servicemonitor"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("monitoring.coreos.com", "ServiceMonitor")], check),
};

fn check<'d>(monitor: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let of = monitor.get("spec.namespaceSelector");
    if of.get("any").is_true() {
        return;
    }
    let named: Vec<&str> = of.get("matchNames").strings().collect();
    let namespaces = if named.is_empty() { vec![inventory.namespace_of(monitor)] } else { named };
    let field = monitor.get("spec.selector");
    let selector = LabelSelector::new(field);
    if selector.is_empty() || !namespaces.iter().all(|name| scope::holds_services_of(inventory, name)) {
        return;
    }
    let matched = namespaces
        .iter()
        .flat_map(|namespace| inventory.of_kind_in("", "Service", namespace))
        .any(|service| selector.matches(Labels(service.labels())));
    // The API server makes its own Service, with these labels.
    let is_api_server = namespaces.contains(&"default")
        && match_selector(selector, |key| match key {
            "component" => Known::Is("apiserver"),
            "provider" => Known::Is("kubernetes"),
            _ => Known::Absent,
        }) == Match::Yes;
    if !matched && !is_api_server {
        found.at(
            &field,
            format!("no Service in {} has these labels: nothing is watched", namespaces.join(", ")),
        );
    }
}

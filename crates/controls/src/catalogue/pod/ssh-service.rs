//! A Service offers SSH to a workload.
//!
//! ## What it checks
//! Every pod that a Service of its namespace selects, where the Service's `port` or the port of the pod that
//! it leads to is 22 or 2222 over TCP. A target port by name is looked up in the pod.
//!
//! ## Why it matters
//! An SSH server in a container is a second way in, with keys and logs of its own, past the cluster's
//! authorization and audit log; behind a Service it is one for every pod of the cluster.
//!
//! ## How to fix
//! Remove the port from the Service and the server from the image; use `kubectl exec`, which the API server
//! authorizes and records. A Git server over SSH is worth a waiver.
//!
//! ## How others differ
//! Kubescape wants the selector to be equal to all of the pod's labels, and doesn't look names up.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: app
//!   namespace: shop
//! spec:
//!   selector:
//!     app: app
//!   ports:
//!   - port: 8022
//!     targetPort: shell
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: app
//!   namespace: shop
//! spec:
//!   template: # <- here
//!     metadata:
//!       labels:
//!         app: app
//!         tier: front
//!     spec:
//!       containers:
//!       - name: app
//!         image: registry.example.com/app:1.4
//!         ports:
//!         - name: shell
//!           containerPort: 2222
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: app
//! spec:
//!   selector:
//!     app: app
//!   ports:
//!   - port: 80
//!     targetPort: 8080
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   labels:
//!     app: app
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # Another namespace, another selector, another protocol, and no selector at all.
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: elsewhere
//!   namespace: other
//! spec:
//!   selector: {app: app}
//!   ports: [{port: 22}]
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: another
//! spec:
//!   selector: {app: app, tier: back}
//!   ports: [{port: 22}]
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: datagrams
//! spec:
//!   selector: {app: app}
//!   ports: [{port: 22, protocol: UDP}]
//! ---
//! apiVersion: v1
//! kind: Service
//! metadata:
//!   name: outside
//! spec:
//!   ports: [{port: 22}]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//!   labels:
//!     app: app
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```

use std::collections::HashSet;

use crate::prelude::*;
use crate::support::port::protocol;

pub const CONTROL: Control = Control {
    id: "pod/ssh-service",
    title: "SSH offered by a Service",
    severity: Low,
    frameworks: &[mitre("T1133"), microsoft("MS-TA9010")],
    aliases: &["kubescape:C-0042"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Inventory(&[GroupKind::new("", "Service")], check),
};

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    // Of all Services that offer it the first is named: one finding for a pod.
    let mut reported = HashSet::new();
    for service in inventory.of_kind("", "Service") {
        let selector = LabelSelector::plain(service.get("spec.selector"));
        let may_lead: Vec<_> = service.get("spec.ports").items().filter(may_lead_to_ssh).collect();
        if may_lead.is_empty() || selector.is_empty() || service.get("spec.type").is("ExternalName") {
            continue;
        }
        for pod in inventory.selected(inventory.namespace_of(service), selector) {
            if let Some(port) = may_lead.iter().find(|port| leads_to_ssh(pod, port))
                && reported.insert(std::ptr::from_ref(pod).addr())
            {
                let message =
                    format!("the Service {:?} offers SSH to the pod: remove the port", service.name());
                found.at(&template(pod), message).also(port, "the Service's port");
            }
        }
    }
}

/// Where the pod begins: its metadata and spec have no common field in a bare pod.
fn template<'d>(pod: &Pod<'d>) -> Field<'d> {
    match pod.spec().anchor().parent() {
        Some(parent) if parent != pod.root() => Field::new(parent),
        _ => pod.spec(),
    }
}

/// Whether a port is one of SSH as it stands, or leads to a port by name.
fn may_lead_to_ssh(port: &Field<'_>) -> bool {
    let target = port.get("targetPort");
    protocol(port) == "TCP" && (is_ssh(&port.get("port")) || is_ssh(&target) || target.as_str().is_some())
}

fn leads_to_ssh(pod: &Pod<'_>, port: &Field<'_>) -> bool {
    let target = port.get("targetPort");
    is_ssh(&port.get("port"))
        || is_ssh(&target)
        || target.as_str().is_some_and(|name| {
            pod.containers()
                .flat_map(|container| container.get("ports").items())
                .find(|port| port.get("name").is(name))
                .is_some_and(|port| is_ssh(&port.get("containerPort")))
        })
}

fn is_ssh(port: &Field<'_>) -> bool {
    matches!(port.as_i64(), Some(22 | 2222))
}

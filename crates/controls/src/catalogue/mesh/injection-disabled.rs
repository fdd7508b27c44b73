//! A workload without the proxy is outside of the mesh that its namespace is in.
//!
//! ## What it checks
//! Pods and pod templates that turn injection off (`sidecar.istio.io/inject: "false"` as label or annotation,
//! `linkerd.io/inject: disabled`, `istio.io/dataplane-mode: none`) in a namespace of the scan that turns it on.
//! Jobs, which often can't end with a proxy beside them, and pods on the host's network, which get none, are
//! left out.
//!
//! ## Why it matters
//! Its calls are in clear text and carry no identity. To let it be served, policies of others are made
//! permissive.
//!
//! ## How to fix
//! Remove the setting. Where the workload can't have a proxy, move it to a namespace of its own.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//!   labels:
//!     istio-injection: enabled
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   template:
//!     metadata:
//!       labels:
//!         sidecar.istio.io/inject: "false" # <- here
//!     spec:
//!       containers:
//!       - name: web
//!         image: registry.example.com/web:1.4
//! ---
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: bank
//!   annotations:
//!     linkerd.io/inject: enabled
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: teller
//!   namespace: bank
//!   annotations:
//!     linkerd.io/inject: disabled # <- here
//! spec:
//!   containers:
//!   - name: teller
//!     image: registry.example.com/teller:1.4
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//!   labels:
//!     istio-injection: enabled
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```
//! ```yaml near-miss
//! # A Job; and a namespace that isn't in the mesh.
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//!   labels:
//!     istio-injection: enabled
//! ---
//! apiVersion: batch/v1
//! kind: Job
//! metadata:
//!   name: migrate
//!   namespace: shop
//! spec:
//!   template:
//!     metadata:
//!       annotations:
//!         sidecar.istio.io/inject: "false"
//!     spec:
//!       restartPolicy: Never
//!       containers:
//!       - name: migrate
//!         image: registry.example.com/migrate:1.4
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: bank
//!   annotations:
//!     sidecar.istio.io/inject: "false"
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "mesh/injection-disabled",
    title: "Workload outside of its namespace's mesh",
    severity: Medium,
    frameworks: &[nsa("network/encryption"), owasp("K05")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Kind(&[GroupKind::new("", "Namespace")]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    if pod.origin() == PodOrigin::Batch || pod.get("hostNetwork").is_true() {
        return;
    }
    let inventory = found.inventory();
    let Some(namespace) = inventory.namespace(inventory.namespace_of(&pod.object())) else { return };
    let istio = namespace.label("istio-injection").is("enabled")
        || !namespace.label("istio.io/rev").text().is_empty();
    let ambient = namespace.label("istio.io/dataplane-mode").is("ambient");
    let linkerd = matches!(namespace.annotation("linkerd.io/inject").text(), "enabled" | "ingress");
    let label = |key| pod.labels().key(key);
    for (in_mesh, field, off) in [
        (istio, label("sidecar.istio.io/inject"), "false"),
        (istio, pod.annotation("sidecar.istio.io/inject"), "false"),
        (ambient, label("istio.io/dataplane-mode"), "none"),
        (linkerd, pod.annotation("linkerd.io/inject"), "disabled"),
    ] {
        if in_mesh && field.is(off) {
            found.at(
                &field,
                "the workload is outside of the mesh: its calls are in clear text. Remove the setting",
            );
        }
    }
}

//! A workload without the proxy is outside of the mesh that its namespace is in.
//!
//! ## What it checks
//! Pods and pod templates that turn injection off (`sidecar.istio.io/inject: "false"` as label or annotation,
//! `linkerd.io/inject: disabled`, `istio.io/dataplane-mode: none`) in a namespace of the scan that turns it on.
//! Istio takes every word but `y`, `yes`, `true` and `on` for a no, and the label rather than the annotation.
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
//!         sidecar.istio.io/inject: "no" # <- here
//!       annotations:
//!         sidecar.istio.io/inject: "false"
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
//! # A Job, a label that wins over an annotation, and namespaces that aren't in the mesh.
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
//!   namespace: shop
//!   labels:
//!     sidecar.istio.io/inject: "true"
//!   annotations:
//!     sidecar.istio.io/inject: "false"
//! spec:
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ---
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: bank
//!   labels:
//!     istio-injection: disabled
//!     istio.io/rev: stable
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
use crate::support::istio;

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
    let istio = istio::injects(namespace);
    let ambient = namespace.label("istio.io/dataplane-mode").is("ambient");
    let linkerd = matches!(namespace.annotation("linkerd.io/inject").text(), "enabled" | "ingress");
    let label = pod.labels().key(INJECT);
    // Where both are written the label counts.
    let inject = if label.exists() { label } else { pod.annotation(INJECT) };
    let mode = pod.labels().key("istio.io/dataplane-mode");
    let by_linkerd = pod.annotation("linkerd.io/inject");
    for (field, is_off) in [
        (inject, istio && turns_off(inject.text())),
        (mode, ambient && mode.is("none")),
        (by_linkerd, linkerd && by_linkerd.is("disabled")),
    ] {
        if is_off {
            found.at(
                &field,
                "the workload is outside of the mesh: its calls are in clear text. Remove the setting",
            );
        }
    }
}

const INJECT: &str = "sidecar.istio.io/inject";

/// Istio injects for these words in any case, leaves it to the namespace for none, and takes any other for no.
fn turns_off(text: &str) -> bool {
    !text.is_empty() && !["y", "yes", "true", "on"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

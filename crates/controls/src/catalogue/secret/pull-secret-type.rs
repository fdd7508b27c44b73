//! A pull secret isn't of a type that the kubelet reads.
//!
//! ## What it checks
//! `imagePullSecrets` of every pod, where the Secret is part of the scan: its type must be
//! `kubernetes.io/dockerconfigjson` or `kubernetes.io/dockercfg`.
//!
//! ## Why it matters
//! The kubelet passes over it and pulls without a login: the pod doesn't start, or gets a public image of the same name.
//!
//! ## How to fix
//! Create it with `kubectl create secret docker-registry`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Secret
//! metadata: {name: registry}
//! type: Opaque
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   imagePullSecrets:
//!   - name: registry # <- here
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Secret
//! metadata: {name: registry}
//! type: kubernetes.io/dockerconfigjson
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   imagePullSecrets:
//!   - name: registry
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! imagePullSecrets:
//! - name: registry
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "secret/pull-secret-type",
    title: "Pull secret of the wrong type",
    severity: Low,
    frameworks: &[],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Kind(&[GroupKind::new("", "Secret")]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let namespace = inventory.namespace_of(&pod.object());
    for item in pod.get("imagePullSecrets").items() {
        let name = item.get("name");
        let Some(secret) = inventory.find("", "Secret", namespace, name.text()) else { continue };
        if !matches!(secret.get("type").text(), "kubernetes.io/dockerconfigjson" | "kubernetes.io/dockercfg")
        {
            found.at(
                &name,
                format!(
                    "Secret {:?} is no login for registries: make it kubernetes.io/dockerconfigjson",
                    name.text()
                ),
            );
        }
    }
}

//! The secrets store driver doesn't bring rotated secrets to running pods.
//!
//! ## What it checks
//! `--enable-secret-rotation` of the container that runs the Secrets Store CSI driver (an image that ends in
//! `secrets-store/driver` or `secrets-store-csi-driver`): absent or `false`.
//!
//! ## Why it matters
//! A credential that was changed because it leaked stays in use, in its old form, until the pods are made anew.
//!
//! ## How to fix
//! Start the driver with `--enable-secret-rotation=true`; in its chart `enableSecretRotation: true`, in AKS's add-on
//! `--enable-secret-rotation`.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: DaemonSet
//! metadata: {name: csi-secrets-store, namespace: kube-system}
//! spec:
//!   selector: {matchLabels: {app: csi}}
//!   template:
//!     metadata: {labels: {app: csi}}
//!     spec:
//!       containers:
//!       - name: secrets-store
//!         image: registry.k8s.io/csi-secrets-store/driver:v1.5.0
//!         args: # <- here
//!         - --nodeid=$(KUBE_NODE_NAME)
//! ```
//! ```yaml fixed
//! apiVersion: apps/v1
//! kind: DaemonSet
//! metadata: {name: csi-secrets-store, namespace: kube-system}
//! spec:
//!   selector: {matchLabels: {app: csi}}
//!   template:
//!     metadata: {labels: {app: csi}}
//!     spec:
//!       containers:
//!       - name: secrets-store
//!         image: registry.k8s.io/csi-secrets-store/driver:v1.5.0
//!         args:
//!         - --nodeid=$(KUBE_NODE_NAME)
//!         - "--enable-secret-rotation=true"
//! ```
//! ```yaml good
//! containers:
//! - name: secrets-store
//!   image: registry.k8s.io/csi-secrets-store/driver:v1.5.0
//!   args: [--enable-secret-rotation=true]
//! ```
//! ```yaml bad
//! # The driver as AKS brings it.
//! containers:
//! - name: secrets-store
//!   image: mcr.microsoft.com/oss/kubernetes-csi/secrets-store/driver:v1.4.5
//!   args: # <- here
//!   - --endpoint=$(CSI_ENDPOINT)
//! - name: other
//!   image: registry.k8s.io/csi-secrets-store/driver:v1.5.0
//!   args:
//!   - --enable-secret-rotation=F # <- here
//! ```
//! ```yaml near-miss
//! containers:
//! - name: liveness
//!   image: registry.k8s.io/sig-storage/livenessprobe:v2.15.0
//!   args: [--csi-address=/csi/csi.sock]
//! ```

use crate::prelude::*;
use crate::support::go;

pub const CONTROL: Control = Control {
    id: "secret/provider-rotation",
    title: "Secrets store driver without rotation",
    severity: Low,
    frameworks: &[owasp("K03")],
    aliases: &[],
    profiles: &[],
    fix: Some(Unsafe),
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let is_driver = container.image().is_some_and(|image| {
        image.repository.ends_with("secrets-store/driver")
            || image.repository.ends_with("secrets-store-csi-driver")
    });
    if !is_driver {
        return;
    }
    let args = container.get("args");
    let flag = args
        .items()
        .chain(container.get("command").items())
        .find(|item| item.text().trim_start_matches('-').split('=').next() == Some("enable-secret-rotation"));
    let message = "rotated secrets don't reach running pods: add --enable-secret-rotation=true";
    match flag {
        Some(flag)
            if flag.text().split_once('=').and_then(|(_, value)| go::parse_bool(value)) == Some(false) =>
        {
            found.at(&flag, message).unsafe_fix(set(&flag, "--enable-secret-rotation=true"));
        }
        Some(_) => {}
        None => {
            found.at(&args, message).unsafe_fix(append(&args, "--enable-secret-rotation=true"));
        }
    }
}

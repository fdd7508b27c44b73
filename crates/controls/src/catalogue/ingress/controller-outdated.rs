//! An ingress-nginx controller with a known hole runs code for any pod that reaches it.
//!
//! ## What it checks
//! Containers with the image of ingress-nginx (`ingress-nginx/controller`, a mirror's
//! `…ingress-nginx-controller`, each with `-chroot` too, or the old `nginx-ingress-controller`, which
//! others' builds keep) and a version before 1.11.5, or 1.12.0. An image named by digest or by another sort
//! of tag can't be judged.
//!
//! ## Why it matters
//! The admission webhook of those versions loads what an unauthenticated request puts into its
//! configuration: CVE-2025-1974, with CVE-2025-1097, 1098 and 24514, gives every pod of the network the
//! controller, and with it the Secrets of all namespaces. Versions before 0.49.1 and 1.0.0 don't know how
//! to refuse snippets either (CVE-2021-25742).
//!
//! ## How to fix
//! Move to a version that is maintained; the project itself was retired in March 2026, so plan the move
//! to a Gateway API implementation or another controller.
//!
//! ## How others differ
//! Kubescape's C-0059 knows the older hole alone.
//!
//! ```yaml bad
//! containers:
//! - name: controller
//!   image: registry.k8s.io/ingress-nginx/controller:v1.11.4 # <- here
//! - name: other
//!   image: registry.k8s.io/ingress-nginx/controller:v1.12.0@sha256:e6b8de175acda6ca913891f0f727bca4527e797d52688cbe9fec9040d6f6b6fa # <- here
//! - name: old
//!   image: quay.io/kubernetes-ingress-controller/nginx-ingress-controller:0.33.0 # <- here
//! - name: chroot
//!   image: registry.k8s.io/ingress-nginx/controller-chroot:v1.11.4 # <- here
//! - name: mirror
//!   image: rancher/mirrored-ingress-nginx-controller:v1.9.4 # <- here
//! - name: build
//!   image: rancher/nginx-ingress-controller:nginx-1.9.4-rancher1 # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: controller
//!   image: registry.k8s.io/ingress-nginx/controller:v1.12.1
//! ```
//! ```yaml near-miss
//! # Mended in the older line, another project, and no version.
//! containers:
//! - name: controller
//!   image: registry.k8s.io/ingress-nginx/controller:v1.11.5
//! - name: nginx-inc
//!   image: docker.io/nginx/nginx-ingress:1.9.0
//! - name: webhook
//!   image: registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.4.0
//! - name: unknown
//!   image: registry.k8s.io/ingress-nginx/controller:stable
//! ```

use crate::prelude::*;
use crate::support::ingress;

pub const CONTROL: Control = Control {
    id: "ingress/controller-outdated",
    title: "Ingress controller with a known hole",
    severity: Critical,
    frameworks: &[nsa("upgrading/patches"), mitre("T1190"), microsoft("MS-TA9004"), owasp("K07")],
    aliases: &["kubescape:C-0059"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let Some(image) = container.image() else { return };
    if !ingress::is_built_from_ingress_nginx(&image) {
        return;
    }
    let Some(version) = image.tag.and_then(version) else { return };
    if version < (1, 11, 5) || version == (1, 12, 0) {
        found.at(
            &container.get("image"),
            "this version of ingress-nginx runs code for any pod that reaches its webhook (CVE-2025-1974): update it",
        );
    }
}

/// `v1.11.4`, with or without the `v` (or `nginx-`, as Rancher has it) and what follows a dash.
fn version(tag: &str) -> Option<(u32, u32, u32)> {
    let tag = tag.strip_prefix("nginx-").unwrap_or(tag);
    let tag = tag.strip_prefix('v').unwrap_or(tag);
    let tag = tag.split_once('-').map_or(tag, |(version, _)| version);
    let mut parts = tag.split('.').map(str::parse);
    match (parts.next()?, parts.next()?, parts.next()?, parts.next()) {
        (Ok(major), Ok(minor), Ok(patch), None) => Some((major, minor, patch)),
        _ => None,
    }
}

//! An image from a registry that is not on the organisation's list.
//!
//! ## What it checks
//! The registry of every container's image, and of every volume's that holds one, against the parameter
//! `allowed-registries`. Empty, the default, allows any. An image that names no registry comes from `docker.io`. A
//! pattern names a host, a host with a path, or `*.domain`, and matches whole labels and path parts, in letters of
//! any size. Docker Hub's other names and the port 443 make no difference.
//!
//! ## Why it matters
//! Only what comes from a registry that is scanned, signed and kept can be trusted and found again.
//!
//! ## How to fix
//! Push or mirror the image to an allowed registry, and name that.
//!
//! ## How others differ
//! Trivy's checks allow every customer's registry at Azure, Amazon or Google; Kubescape fails every image
//! while its list is empty, and compares prefixes.
//!
//! ```yaml bad parameters={"allowed-registries":["registry.example.com/shop"]}
//! containers:
//! - name: app
//!   image: registry.example.com/bank/app:1.4 # <- here
//! - name: helper
//!   image: nginx:1.29 # <- here
//! volumes:
//! - name: model
//!   image: {reference: "registry.example.com/bank/model:2"} # <- here
//! ```
//! ```yaml good parameters={"allowed-registries":["registry.example.com/shop","*.azurecr.io"]}
//! containers:
//! - name: app
//!   image: registry.example.com/shop/app:1.4
//! - name: helper
//!   image: SHOP.azurecr.io:443/helper:2
//! ```
//! ```yaml near-miss
//! # No list, no finding.
//! containers:
//! - name: app
//!   image: nginx:1.29
//! ```
//!
//! ```cel
//! variables.images
//!   .filter(i, !variables.allowedRegistries.exists(registry, i.name.matches(registry)))
//!   .map(i, 'the image of ' + i.of + ' comes from a registry that is not allowed: push it to an allowed one')
//! ```

use plimsoll_kubernetes::ImageReference;

use crate::prelude::*;
use crate::support::{images, registry};

pub const CONTROL: Control = Control {
    id: "image/registry-not-allowed",
    title: "Image from a registry that is not allowed",
    severity: Medium,
    frameworks: &[
        aks("5.1.4"),
        eks("5.1.4"),
        nsa("pod-security/images"),
        mitre("T1204.003"),
        microsoft("MS-TA9002"),
        owasp("K04"),
    ],
    aliases: &[
        "kubescape:C-0078",
        "trivy:KSV-0032",
        "trivy:KSV-0033",
        "trivy:KSV-0035",
        "trivy:KSV-0125",
        "popeye:POP-113",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let allowed = &found.parameters().allowed_registries;
    if allowed.is_empty() {
        return;
    }
    let is_other =
        |image: &ImageReference<'_>| !allowed.iter().any(|pattern| registry::matches(pattern, image));
    for image in images::wanted(pod, is_other) {
        let message = format!(
            "the image of {} comes from {}, which is not allowed: push it to an allowed registry",
            image.of, image.reference.registry
        );
        found.at(&image.field, message);
    }
}

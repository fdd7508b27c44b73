//! An image from a public registry.
//!
//! ## What it checks
//! Images of every container, and of volumes that hold one, from registries where anybody may publish: `docker.io` by
//! any of its names (and names without a registry), `ghcr.io`, `quay.io` and `public.ecr.aws`. Silent where the
//! parameter `allowed-registries` says which registries are trusted: then `image/registry-not-allowed` judges.
//!
//! ## Why it matters
//! Public registries hold look-alikes of every well-known image, limit pulls, and delete what their owner deletes.
//!
//! ## How to fix
//! Mirror the image into a registry of your own, and name that; or list the registries that you trust.
//!
//! ## How others differ
//! Trivy takes `localhost:5000/app` for a public image. Kubescape fails every image while its list is empty.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: nginx:1.29 # <- here
//! - name: helper
//!   image: GHCR.IO:443/example/helper:2 # <- here
//! - name: other
//!   image: registry-1.docker.io/library/nginx:1.29 # <- here
//! volumes:
//! - name: model
//!   image: {reference: "quay.io/example/model:2"} # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: shop.azurecr.io/app:1.4
//! - name: helper
//!   image: localhost:5000/helper:2
//! ```
//! ```yaml near-miss parameters={"allowed-registries":["docker.io/library"]}
//! containers:
//! - name: app
//!   image: nginx:1.29
//! ```
//!
//! ```cel
//! variables.images
//!   .filter(i, variables.allowedRegistries.size() == 0 &&
//!     i.registry in ["docker.io", "ghcr.io", "public.ecr.aws", "quay.io"])
//!   .map(i, 'the image of ' + i.of + ' comes from a registry where anybody may publish: mirror it into one of your own')
//! ```

use crate::prelude::*;
use crate::support::images;

pub const CONTROL: Control = Control {
    id: "image/public-registry",
    title: "Image from a public registry",
    severity: Low,
    frameworks: &[nsa("pod-security/images"), mitre("T1204.003"), microsoft("MS-TA9002"), owasp("K04")],
    aliases: &[
        "kubescape:C-0078",
        "trivy:KSV-0032",
        "trivy:KSV-0033",
        "trivy:KSV-0034",
        "trivy:KSV-0035",
        "trivy:KSV-0125",
    ],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

const PUBLIC: &[&str] = &["docker.io", "ghcr.io", "public.ecr.aws", "quay.io"];

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    if !found.parameters().allowed_registries.is_empty() {
        return;
    }
    let is_public = |host: &str| PUBLIC.iter().any(|public| public.eq_ignore_ascii_case(host));
    for image in images::wanted(pod, |image| is_public(image.registry)) {
        let message = format!(
            "the image of {} comes from {}, where anybody may publish: mirror it into a registry of your own",
            image.of, image.reference.registry
        );
        found.at(&image.field, message);
    }
}

//! An image from a registry that the organisation does not trust.
//!
//! ## What it checks
//! The registry of every container's image, and of every volume's that holds one, against the parameter
//! `denied-registries`. Empty, the default, denies none. An image that names no registry comes from `docker.io`. A
//! pattern names a host, a host with a path, or `*.domain`, and matches whole labels and path parts, in letters of
//! any size. Docker Hub's other names and the port 443 make no difference.
//!
//! ## Why it matters
//! Public registries hold look-alikes of every well-known image, and what was there yesterday may be
//! another maintainer's today.
//!
//! ## How to fix
//! Mirror the image into a registry of your own, and name that.
//!
//! ## How others differ
//! Tools that compare prefixes let `registry.example.com.evil.net` through or miss an image that names no
//! registry.
//!
//! ```yaml bad parameters={"denied-registries":["docker.io","*.public.example.com"]}
//! containers:
//! - name: app
//!   image: nginx:1.29 # <- here
//! - name: helper
//!   image: EU.public.example.com:443/helper:2 # <- here
//! - name: other
//!   image: registry.hub.docker.com/library/nginx:1.29 # <- here
//! volumes:
//! - name: model
//!   image: {reference: "team/model:2"} # <- here
//! ```
//! ```yaml good parameters={"denied-registries":["docker.io"]}
//! containers:
//! - name: app
//!   image: registry.example.com/nginx:1.29
//! ```
//! ```yaml near-miss parameters={"denied-registries":["*.public.example.com","registry.example.com/test"]}
//! containers:
//! - name: app
//!   image: public.example.com/app:1
//! - name: helper
//!   image: registry.example.com/tests/app:1
//! ```
//!
//! ```cel
//! variables.images
//!   .filter(i, variables.deniedRegistries.exists(registry, i.name.matches(registry)))
//!   .map(i, 'the image of ' + i.of + ' comes from a denied registry: use a mirror of your own')
//! ```

use plimsoll_kubernetes::ImageReference;

use crate::prelude::*;
use crate::support::{images, registry};

pub const CONTROL: Control = Control {
    id: "image/denied-registry",
    title: "Image from a denied registry",
    severity: High,
    frameworks: &[nsa("pod-security/images"), mitre("T1204.003"), microsoft("MS-TA9002"), owasp("K04")],
    aliases: &["kubescape:C-0001", "trivy:KSV-0034"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let denied = &found.parameters().denied_registries;
    let pattern_of =
        |image: &ImageReference<'_>| denied.iter().find(|pattern| registry::matches(pattern, image));
    for image in images::wanted(pod, |image| pattern_of(image).is_some()) {
        let Some(pattern) = pattern_of(&image.reference) else { continue };
        let message = format!(
            "the image of {} comes from {pattern}, which is denied: use a mirror of your own",
            image.of
        );
        found.at(&image.field, message);
    }
}

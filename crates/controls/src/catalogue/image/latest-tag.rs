//! An image without a tag, or with `latest`, is whatever was pushed last.
//!
//! ## What it checks
//! The image of every container, and of every volume that holds one: a tag other than `latest`, or a digest, must
//! stand there.
//!
//! ## Why it matters
//! Two pods of one Deployment can run different code, a rollback brings nothing back, and who can
//! push to the repository changes what runs without anyone applying anything.
//!
//! ## How to fix
//! Name the version, better the digest: `registry.example.com/app:1.4@sha256:…`.
//!
//! ## How others differ
//! Tools that split at the last colon take the port of `registry:5000/app` for a tag.
//!
//! ```yaml bad
//! containers:
//! - name: a
//!   image: nginx # <- here
//! - name: b
//!   image: registry.example.com:5000/team/app # <- here
//! - name: c
//!   image: registry.example.com/team/app:latest # <- here
//! volumes:
//! - name: model
//!   image: {reference: registry.example.com/model} # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: a
//!   image: nginx:1.29.3
//! - name: b
//!   image: registry.example.com:5000/team/app:1.4
//! ```
//! ```yaml near-miss
//! # A digest names one image, whatever the tag says; and ko writes the digest of what it builds.
//! containers:
//! - name: built-by-ko
//!   image: ko://example.com/shop/cmd/web
//! - name: a
//!   image: nginx:latest@sha256:4a1c4b21597c1b4415bdbecb28a3296c6b5e23ca4f9feeb599860a1dac6a0108
//! ```
//!
//! ```cel
//! variables.images
//!   .filter(i, i.digest == "" && i.tag in ["", "latest"])
//!   .map(i, 'the image of ' + i.of + ' has no tag, or the tag latest: name a version or a digest')
//! ```

use plimsoll_kubernetes::ImageReference;

use crate::prelude::*;
use crate::support::images;

pub const CONTROL: Control = Control {
    id: "image/latest-tag",
    title: "Image tag missing or latest",
    severity: Medium,
    frameworks: &[nsa("pod-security/images"), mitre("T1525"), microsoft("MS-TA9002")],
    aliases: &[
        "checkov:CKV_K8S_14",
        "trivy:KSV-0013",
        "kube-linter:latest-tag",
        "polaris:tagNotSpecified",
        "kube-score:container-image-tag",
        "popeye:POP-100",
        "popeye:POP-101",
        "kics:Invalid-Image-Tag",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let is_moving =
        |image: &ImageReference<'_>| image.digest.is_none() && image.tag.is_none_or(|tag| tag == "latest");
    for image in images::wanted(pod, is_moving) {
        let wrong = if image.reference.tag.is_none() { "has no tag" } else { "has the tag latest" };
        found.at(&image.field, format!("the image of {} {wrong}: name a version or a digest", image.of));
    }
}

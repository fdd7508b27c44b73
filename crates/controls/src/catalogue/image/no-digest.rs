//! A tag can be moved to another image; a digest cannot.
//!
//! ## What it checks
//! The image of every container, and of every volume that holds one: a digest of a known form (`@sha256:` and 64
//! hexadecimal digits, `@sha512:` and 128) must stand there. One that is cut short pins nothing: no runtime pulls it.
//!
//! ## Why it matters
//! Who can push to the repository changes what runs under the same tag. What was scanned and signed is a
//! digest; only a digest says that it is what runs.
//!
//! ## How to fix
//! Append the digest to the tag: `registry.example.com/app:1.4@sha256:…`. Release tools and kustomize's
//! `images` do so.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4 # <- here
//! - name: cut
//!   image: registry.example.com/app@sha256:4a1c # <- here
//! volumes:
//! - name: model
//!   image: {reference: "registry.example.com/model:2"} # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4@sha256:4a1c4b21597c1b4415bdbecb28a3296c6b5e23ca4f9feeb599860a1dac6a0108
//! ```
//! ```yaml near-miss
//! # A digest without a tag.
//! containers:
//! - name: app
//!   image: registry.example.com:5000/app@sha256:4a1c4b21597c1b4415bdbecb28a3296c6b5e23ca4f9feeb599860a1dac6a0108
//! ```
//!
//! ```cel
//! variables.images
//!   .filter(i, !i.digest.matches('^@((sha256|blake3):[0-9a-f]{64}|sha512:[0-9a-f]{128})$'))
//!   .map(i, 'the image of ' + i.of + (i.digest == "" ?
//!     ' has no digest: append @sha256:…' :
//!     ' has a digest that is none: write @sha256: and 64 hexadecimal digits'))
//! ```

use crate::prelude::*;
use crate::support::images;

pub const CONTROL: Control = Control {
    id: "image/no-digest",
    title: "Image not pinned by digest",
    severity: Low,
    frameworks: &[nsa("pod-security/images"), mitre("T1525"), microsoft("MS-TA9002")],
    aliases: &["checkov:CKV_K8S_43", "kubescape:C-0306", "kics:Image-Without-Digest"],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for image in images::wanted(pod, |image| !image.digest.is_some_and(is_digest)) {
        found.at(&image.field, format!("the image of {} has {}", image.of, trouble(image.reference.digest)));
    }
}

/// What is wrong with what stands in the place of a digest.
fn trouble(digest: Option<&str>) -> &'static str {
    match digest {
        None => "no digest: append @sha256:…",
        Some(_) => "a digest that is none: write @sha256: and 64 hexadecimal digits",
    }
}

/// The registered algorithms of the OCI image specification, in full length.
fn is_digest(digest: &str) -> bool {
    let Some((algorithm, hex)) = digest.split_once(':') else { return false };
    let length = match algorithm {
        "sha256" | "blake3" => 64,
        "sha512" => 128,
        _ => return false,
    };
    hex.len() == length && hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_short_is_no_missing_digest() {
        let wrong =
            plimsoll_kubernetes::ImageReference::parse("app@sha256:123456").and_then(|image| image.digest);
        assert!(!wrong.is_some_and(is_digest));
        assert_ne!(trouble(wrong), trouble(None));
    }
}

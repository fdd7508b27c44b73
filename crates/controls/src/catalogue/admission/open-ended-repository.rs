//! An allowed repository that allows look-alikes.
//!
//! ## What it checks
//! `spec.parameters.repos` of every Gatekeeper constraint of kind `K8sAllowedRepos`: the entries are prefixes, so
//! that each must end in `/`, or name an image up to its tag or digest (`team/app:` is every tag of that image, and
//! nothing else); and a whole registry where anybody may publish (Docker Hub by each of its names, `ghcr.io`,
//! `quay.io`, `public.ecr.aws`, `gcr.io`, `registry.gitlab.com`) is no restriction, with the slash or without. An
//! entry that begins with `*` allows nothing: entries are no patterns.
//!
//! ## Why it matters
//! `registry.example.com` also begins `registry.example.com.evil.net`; `docker.io/team` begins `docker.io/team-evil`.
//!
//! ## How to fix
//! End every entry with a slash, an image's name with its tag or digest.
//!
//! ## How others differ
//! Trivy passes any entry that has a slash or a colon somewhere, and fails those of `docker.io` that have no second
//! slash, `docker.io/team:1.4` too.
//!
//! ```yaml bad
//! apiVersion: constraints.gatekeeper.sh/v1beta1
//! kind: K8sAllowedRepos
//! metadata: {name: repos}
//! spec:
//!   parameters:
//!     repos:
//!     - registry.example.com # <- here
//!     - docker.io/ # <- here
//!     - index.docker.io # <- here
//!     - nginx # <- here
//!     - docker.io/team # <- here
//!     - registry.example.com/shop/
//! ```
//! ```yaml good
//! apiVersion: constraints.gatekeeper.sh/v1beta1
//! kind: K8sAllowedRepos
//! metadata: {name: repos}
//! spec:
//!   parameters:
//!     repos: [registry.example.com/, "registry.example.com:5000/"]
//! ```
//! ```yaml near-miss
//! # One image, with its tag or digest.
//! apiVersion: constraints.gatekeeper.sh/v1beta1
//! kind: K8sAllowedRepos
//! metadata: {name: repos}
//! spec:
//!   parameters:
//!     repos:
//!     - docker.io/team/app@sha256:4a1c4b21597c1b4415bdbecb28a3296c6b5e23ca4f9feeb599860a1dac6a0108
//!     - docker.io/team/app:1.4
//!     - "registry.example.com/app:"
//!     - nginx@sha256:4a1c4b21597c1b4415bdbecb28a3296c6b5e23ca4f9feeb599860a1dac6a0108
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "admission/open-ended-repository",
    title: "Allowed repository that is open at its end",
    severity: High,
    frameworks: &[nsa("pod-security/images"), mitre("T1204.003"), microsoft("MS-TA9002"), owasp("K04")],
    aliases: &["trivy:KSV-0124"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("constraints.gatekeeper.sh", "K8sAllowedRepos")], check),
};

/// Registries where anybody may publish, by names that images are written with.
const PUBLIC: &[&str] = &[
    "docker.io",
    "gcr.io",
    "ghcr.io",
    "index.docker.io",
    "public.ecr.aws",
    "quay.io",
    "registry-1.docker.io",
    "registry.gitlab.com",
    "registry.hub.docker.com",
];

fn check<'d>(constraint: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for entry in constraint.get("spec.parameters.repos").items() {
        let text = entry.text();
        let last = text.rsplit('/').next().unwrap_or(text);
        // With a digest, `app` is an image too; `host:5000` is a registry.
        let names_image = text.contains('@') || (text.contains('/') && last.contains(':'));
        let registry = text.strip_suffix('/').unwrap_or(text);
        let begins = |what, advice| format!("every {what} that begins with {text:?} is allowed: {advice}");
        let message = if PUBLIC.contains(&registry) {
            format!("anybody may publish under {registry}: name the accounts that you trust")
        } else if text.ends_with('/') || names_image || text.starts_with('*') {
            continue;
        } else if text.contains('/') {
            begins("repository", "end the entry with a slash, or with an image's tag or digest")
        } else if text.contains(['.', ':']) || text == "localhost" {
            begins("registry", "end the entry with a slash")
        } else {
            begins("image", "write its tag or digest too")
        };
        found.at(&entry, message);
    }
}

//! k8s.gcr.io is frozen: nothing there has been mended since April 2023.
//!
//! ## What it checks
//! The registry of every container's image, in every namespace: `k8s.gcr.io` and its old mirrors
//! (`gcr.io/google-containers`, `gcr.io/google_containers`).
//!
//! ## Why it matters
//! Kubernetes publishes to `registry.k8s.io` alone. What comes from the old name misses every security fix
//! since, and the name may stop to answer.
//!
//! ## How to fix
//! Write `registry.k8s.io/…`, and take a current version while at it.
//!
//! ## How others differ
//! Kubescape looks at the namespace kube-system alone.
//!
//! ```yaml bad
//! containers:
//! - name: metrics
//!   image: k8s.gcr.io/metrics-server/metrics-server:v0.6.1 # <- here
//! - name: pause
//!   image: gcr.io/google-containers/pause:3.2 # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: metrics
//!   image: registry.k8s.io/metrics-server/metrics-server:v0.8.0
//! ```
//! ```yaml near-miss
//! containers:
//! - name: mirror
//!   image: registry.example.com/k8s.gcr.io/pause:3.10
//! - name: other
//!   image: gcr.io/google-containers-of-ours/pause:3.10
//! ```

use crate::prelude::*;
use crate::support::registry;

pub const CONTROL: Control = Control {
    id: "image/legacy-kubernetes-registry",
    title: "Image from the frozen registry k8s.gcr.io",
    severity: Medium,
    frameworks: &[nsa("pod-security/images"), nsa("upgrading/patches"), owasp("K07")],
    aliases: &["kubescape:C-0253"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Container(Needs::Nothing, check),
};

const FROZEN: &[&str] =
    &["k8s.gcr.io", "*.k8s.gcr.io", "gcr.io/google-containers", "gcr.io/google_containers"];

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let Some(image) = container.image() else { return };
    if FROZEN.iter().any(|pattern| registry::matches(pattern, &image)) {
        let message =
            format!("the image of {} comes from a frozen registry: use registry.k8s.io", container.title());
        found.at(&container.get("image"), message);
    }
}

//! An image that isn't pulled anew runs without asking the registry who may have it.
//!
//! ## What it checks
//! The pull policy of every container, after defaulting: `Always`, or an image named by its digest. Without
//! a policy the API server sets `Always` for the tag `latest` or none, and `IfNotPresent` for every other.
//!
//! ## Why it matters
//! An image that another tenant's pod pulled onto the node starts for anyone who knows its name, without
//! credentials; and a tag that was pushed again runs as its old image on some nodes and its new on others.
//! Since Kubernetes 1.35 kubelets check credentials for present images as well
//! (`KubeletEnsureSecretPulledImages`), which takes the first reason away there.
//!
//! ## How to fix
//! Set `imagePullPolicy: Always`, or turn on the admission plugin AlwaysPullImages. The layers that are
//! there are not fetched again.
//!
//! ## How others differ
//! Checkov fails an unset policy with any tag but latest, as this control does; Trivy has no such check; Kubescape
//! looks only at images tagged latest, without a tag, or with a tag of its setting `floatingImageTags`. A digest
//! passes here whatever the policy is.
//!
//! ```yaml bad
//! containers:
//! - name: app # <- here
//!   image: registry.example.com/app:1.4
//! - name: helper
//!   image: registry.example.com/helper
//!   imagePullPolicy: IfNotPresent # <- here
//! - name: baked
//!   image: registry.example.com/baked:2
//!   imagePullPolicy: Never # <- here
//! ```
//! ```yaml fixed
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   imagePullPolicy: Always
//! - name: helper
//!   image: registry.example.com/helper
//!   imagePullPolicy: Always
//! - name: baked
//!   image: registry.example.com/baked:2
//!   imagePullPolicy: Always
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   imagePullPolicy: Always
//! ```
//! ```yaml near-miss
//! # Always by default.
//! containers:
//! - name: app
//!   image: registry.example.com/app
//! - name: latest
//!   image: registry.example.com/app:latest
//! - name: pinned
//!   image: registry.example.com/app@sha256:4a1c4b21597c1b4415bdbecb28a3296c6b5e23ca4f9feeb599860a1dac6a0108
//!   imagePullPolicy: IfNotPresent
//! ```
//!
//! ```cel
//! variables.images
//!   .filter(i, i.of.startsWith("container ") && i.digest == "" && i.pullPolicy != "Always")
//!   .map(i, 'the image of ' + i.of + ' is started without asking its registry: set imagePullPolicy to Always')
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "image/pull-policy",
    title: "Image not always pulled",
    severity: Low,
    frameworks: &[],
    aliases: &[
        "checkov:CKV_K8S_15",
        "kubescape:C-0075",
        "polaris:pullPolicyNotAlways",
        "kube-score:container-image-pull-policy",
        "kics:Image-Pull-Policy-Not-Always",
        "kics:Image-Pull-Policy-Of-The-Container-Is-Not-Set-To-Always",
    ],
    profiles: &[],
    fix: Some(Unsafe),
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let Some(image) = container.image() else { return };
    if image.digest.is_some() || container.image_pull_policy() == "Always" {
        return;
    }
    let policy = container.get("imagePullPolicy");
    let message = format!(
        "{} starts an image without asking its registry: set imagePullPolicy to Always",
        container.title()
    );
    found.at(&policy, message).unsafe_fix(set(&policy, "Always"));
}

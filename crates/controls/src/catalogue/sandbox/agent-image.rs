//! A sandbox for agents whose image can change under it.
//!
//! ## What it checks
//! Every container of the pod template of a SandboxTemplate or Sandbox: a digest, or a tag other than `latest`; and with
//! the parameter `allowed-registries`, one of these.
//!
//! ## Why it matters
//! The image is the only part of the sandbox that somebody vouched for.
//!
//! ## How to fix
//! Pin the digest, from a registry of your own.
//!
//! ```yaml bad
//! apiVersion: extensions.agents.x-k8s.io/v1alpha1
//! kind: SandboxTemplate
//! metadata: {name: python}
//! spec:
//!   podTemplate:
//!     spec:
//!       containers:
//!       - name: python
//!         image: registry.example.com/python # <- here
//! ```
//! ```yaml good
//! apiVersion: extensions.agents.x-k8s.io/v1alpha1
//! kind: SandboxTemplate
//! metadata: {name: python}
//! spec:
//!   podTemplate:
//!     spec:
//!       containers:
//!       - name: python
//!         image: registry.example.com/python:3.13.2
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: python}
//! spec:
//!   containers: [{name: python, image: registry.example.com/python}]
//! ```

use crate::prelude::*;
use crate::support::registry;

pub const CONTROL: Control = Control {
    id: "sandbox/agent-image",
    title: "Agent sandbox with an image of unknown origin",
    severity: Medium,
    frameworks: &[nsa("pod-security/images"), mitre("T1204.003"), microsoft("MS-TA9002"), owasp("K04")],
    aliases: &["kubescape:C-0304"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(
        &[
            GroupKind::new("extensions.agents.x-k8s.io", "SandboxTemplate"),
            GroupKind::new("agents.x-k8s.io", "Sandbox"),
        ],
        check,
    ),
};

fn check<'d>(template: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for pod in found.inventory().pods_of(template) {
        for container in pod.containers() {
            let Some(image) = container.image() else { continue };
            let floating = image.digest.is_none() && image.tag.is_none_or(|tag| tag == "latest");
            let allowed = &found.parameters().allowed_registries;
            let foreign =
                !allowed.is_empty() && !allowed.iter().any(|pattern| registry::matches(pattern, &image));
            if floating || foreign {
                let message = format!(
                    "the image of {} can be anything: pin it, from a registry of yours",
                    container.title()
                );
                found.at(&container.get("image"), message);
            }
        }
    }
}

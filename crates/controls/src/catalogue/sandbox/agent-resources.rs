//! A sandbox for agents without a ceiling.
//!
//! ## What it checks
//! Every container of the pod template of a SandboxTemplate or Sandbox: limits for CPU and for memory.
//!
//! ## Why it matters
//! What an agent writes may loop, fork or fill the memory; without limits it takes the node's.
//!
//! ## How to fix
//! Set `resources.limits` for CPU and memory.
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
//!         image: registry.example.com/python:3
//!         resources:
//!           limits: # <- here
//!             memory: 1Gi
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
//!         image: registry.example.com/python:3
//!         resources: {limits: {cpu: 1, memory: 1Gi}}
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: python}
//! spec:
//!   containers: [{name: python, image: registry.example.com/python:3}]
//! ```

use crate::prelude::*;
use crate::support::resources;

pub const CONTROL: Control = Control {
    id: "sandbox/agent-resources",
    title: "Agent sandbox without limits",
    severity: Medium,
    frameworks: &[nsa("network/resource-policies"), mitre("T1499"), microsoft("MS-TA9040"), owasp("K01")],
    aliases: &["kubescape:C-0303"],
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
        for container in pod.containers().filter(|container| container.kind() != ContainerKind::Ephemeral) {
            for resource in ["cpu", "memory"] {
                if !resources::is_limited(&container, resource, found.parameters()) {
                    let field = container.get("resources.limits").key(resource);
                    found.at(
                        &field,
                        format!("{} of the sandbox has no {resource} limit: set it", container.title()),
                    );
                }
            }
        }
    }
}

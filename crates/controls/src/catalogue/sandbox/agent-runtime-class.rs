//! A sandbox for agents whose pods share the node's kernel.
//!
//! ## What it checks
//! The pod template of every SandboxTemplate and Sandbox of the agent-sandbox project: its `runtimeClassName` must be that
//! of a sandboxed runtime (gVisor, Kata Containers). Where the scan holds the RuntimeClass, its handler decides.
//!
//! ## Why it matters
//! What an agent runs was written by nobody. Without a runtime of its own, a hole in the kernel gives it the node.
//!
//! ## How to fix
//! Set `runtimeClassName: gvisor` or that of Kata.
//!
//! ## How others differ
//! Kubescape accepts gVisor alone unless it is configured.
//!
//! ```yaml bad
//! apiVersion: extensions.agents.x-k8s.io/v1alpha1
//! kind: SandboxTemplate
//! metadata: {name: python}
//! spec:
//!   podTemplate:
//!     spec: # <- here
//!       containers: [{name: python, image: registry.example.com/python:3}]
//! ```
//! ```yaml good
//! apiVersion: extensions.agents.x-k8s.io/v1alpha1
//! kind: SandboxTemplate
//! metadata: {name: python}
//! spec:
//!   podTemplate:
//!     spec:
//!       runtimeClassName: gvisor
//!       containers: [{name: python, image: registry.example.com/python:3}]
//! ```
//! ```yaml near-miss
//! # A pod by itself is not a sandbox.
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: python}
//! spec:
//!   containers: [{name: python, image: registry.example.com/python:3}]
//! ```

use crate::prelude::*;
use crate::support::sandbox;

pub const CONTROL: Control = Control {
    id: "sandbox/agent-runtime-class",
    title: "Agent sandbox on the node's kernel",
    severity: High,
    frameworks: &[mitre("T1611"), owasp("K01")],
    aliases: &["kubescape:C-0297"],
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
        let class = pod.get("runtimeClassName");
        if !sandbox::is_sandboxed(&class, found.inventory()) {
            found.at(&class, "the sandbox shares the node's kernel: set runtimeClassName to gVisor or Kata");
        }
    }
}

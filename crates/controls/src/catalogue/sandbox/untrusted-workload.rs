//! Code that nobody vouches for on the node's own kernel.
//!
//! ## What it checks
//! Pods that are marked as untrusted, themselves or by their namespace, by a label or annotation whose name ends in
//! `trust` or `trust-level` with the value `untrusted` or `none`, or a name that ends in `untrusted` with `true`: their
//! `runtimeClassName` must be that of a sandboxed runtime (gVisor, Kata Containers, Hyper-V isolation). Where the scan
//! holds the RuntimeClass, its handler decides, else the name.
//!
//! ## Why it matters
//! Containers share the kernel. A hole in it gives what runs in one of them the node, with every other tenant's pods.
//!
//! ## How to fix
//! Set `runtimeClassName` to a sandboxed class; on AKS, node pools with `workloadRuntime: KataVmIsolation` bring
//! `kata-vm-isolation`.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: plugin
//!   labels: {trust: untrusted}
//! spec: # <- here
//!   containers: [{name: plugin, image: registry.example.com/plugin:1.4}]
//! ---
//! apiVersion: node.k8s.io/v1
//! kind: RuntimeClass
//! metadata: {name: gvisor-like}
//! handler: runc
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: other
//!   annotations: {example.com/untrusted: "true"}
//! spec:
//!   runtimeClassName: gvisor-like # <- here
//!   containers: [{name: plugin, image: registry.example.com/plugin:1.4}]
//! ---
//! # Containers of Windows that share its kernel.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: importer
//!   labels: {trust: untrusted}
//! spec:
//!   runtimeClassName: runhcs-wcow-process # <- here
//!   containers: [{name: importer, image: registry.example.com/importer:1.4}]
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: plugin
//!   labels: {trust: untrusted}
//! spec:
//!   runtimeClassName: kata-vm-isolation
//!   containers: [{name: plugin, image: registry.example.com/plugin:1.4}]
//! ```
//! ```yaml near-miss
//! # The class' handler decides, not its name; and not every label that has trust in it.
//! apiVersion: node.k8s.io/v1
//! kind: RuntimeClass
//! metadata: {name: strong}
//! handler: runsc
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: plugin
//!   labels: {trust: untrusted}
//! spec:
//!   runtimeClassName: strong
//!   containers: [{name: plugin, image: registry.example.com/plugin:1.4}]
//! ---
//! # Hyper-V isolation of Windows containers.
//! apiVersion: node.k8s.io/v1
//! kind: RuntimeClass
//! metadata: {name: windows-isolated}
//! handler: runhcs-wcow-hypervisor-20348
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: importer
//!   labels: {trust: untrusted}
//! spec:
//!   runtimeClassName: windows-isolated
//!   containers: [{name: importer, image: registry.example.com/importer:1.4}]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   labels: {trust-manager.io/inject: "true", app: untrusted}
//! spec:
//!   containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```

use crate::prelude::*;
use crate::support::sandbox;

pub const CONTROL: Control = Control {
    id: "sandbox/untrusted-workload",
    title: "Untrusted workload without a sandbox",
    severity: High,
    frameworks: &[mitre("T1611"), owasp("K01")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let class = pod.get("runtimeClassName");
    if sandbox::is_untrusted(pod, inventory) && !sandbox::is_sandboxed(&class, inventory) {
        found.at(
            &class,
            "this is marked as untrusted and shares the node's kernel: set runtimeClassName to a sandbox",
        );
    }
}

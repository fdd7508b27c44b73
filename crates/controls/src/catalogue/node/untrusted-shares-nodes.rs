//! Untrusted code on the nodes of everybody else.
//!
//! ## What it checks
//! Pods that are marked as untrusted, themselves or by their namespace (see `sandbox/untrusted-workload` for the marks), and
//! pods of a tenant's namespace (label `capsule.clastix.io/tenant`, or a key that ends in `/tenant`): they must ask for nodes
//! of their own, by `nodeSelector` or required node affinity, and tolerate the taint that keeps others off; or run in a
//! sandbox. In the profile `all` alone.
//!
//! ## Why it matters
//! What breaks out of a container finds the other pods of its node, their tokens and their Secrets. On nodes of its own it
//! finds its own.
//!
//! ## How to fix
//! Taint a pool of nodes for the tenant, tolerate the taint, and select the pool. Admission (PodNodeSelector, or a policy)
//! keeps others from doing the same.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: plugin, labels: {trust: untrusted}}
//! spec: # <- here
//!   containers: [{name: plugin, image: registry.example.com/plugin:1.4}]
//! ---
//! apiVersion: v1
//! kind: Namespace
//! metadata: {name: acme, labels: {capsule.clastix.io/tenant: acme}}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: acme}
//! spec: # <- here
//!   nodeSelector: {pool: acme}
//!   containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: plugin, labels: {trust: untrusted}}
//! spec:
//!   nodeSelector: {pool: untrusted}
//!   tolerations: [{key: pool, value: untrusted, effect: NoSchedule}]
//!   containers: [{name: plugin, image: registry.example.com/plugin:1.4}]
//! ```
//! ```yaml near-miss
//! # A sandbox is a boundary of its own, and most workloads are no tenant's.
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: plugin, labels: {trust: untrusted}}
//! spec:
//!   runtimeClassName: gvisor
//!   containers: [{name: plugin, image: registry.example.com/plugin:1.4}]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```

use crate::prelude::*;
use crate::support::sandbox;

pub const CONTROL: Control = Control {
    id: "node/untrusted-shares-nodes",
    title: "Untrusted workload on shared nodes",
    severity: Medium,
    frameworks: &[mitre("T1611")],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let namespace = inventory.namespace(inventory.namespace_of(&pod.object()));
    let of_tenant = namespace.is_some_and(|namespace| {
        namespace.labels().entries().any(|(key, value)| key.ends_with("/tenant") && !value.text().is_empty())
    });
    let selector = pod.get("nodeSelector");
    let required = pod.get("affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution");
    let has_own_nodes = (!selector.is_empty() || !required.is_empty()) && !pod.get("tolerations").is_empty();
    if (of_tenant || sandbox::is_untrusted(pod, inventory))
        && !has_own_nodes
        && !sandbox::is_sandboxed(&pod.get("runtimeClassName"), inventory)
    {
        found.at(
            &pod.get("tolerations"),
            "this shares its node with everybody's pods: give it tainted nodes, or a sandbox",
        );
    }
}

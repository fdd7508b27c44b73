//! Untrusted code on the nodes of everybody else.
//!
//! ## What it checks
//! Pods that are marked as untrusted, themselves or by their namespace (see `sandbox/untrusted-workload` for the
//! marks), and pods of a tenant's namespace (label `capsule.clastix.io/tenant`, or a key that ends in `/tenant`): they
//! must ask for nodes of their own, by `nodeSelector` or required node affinity, and tolerate the taint that keeps
//! others off; or run in a sandbox. What every node has, such as `kubernetes.io/os`, an architecture, a zone or a type,
//! asks for no node of one's own, and `node.kubernetes.io/not-ready` and its like keep nobody off, nor does a taint
//! with `PreferNoSchedule`. What the RuntimeClass adds counts, where the scan holds it, and what the namespace's
//! annotations for PodNodeSelector and PodTolerationRestriction add. In the profile `all` alone.
//!
//! ## Why it matters
//! What breaks out of a container finds the other pods of its node, their tokens and their Secrets. On nodes of its own
//! it finds its own.
//!
//! ## How to fix
//! Taint a pool of nodes for the tenant, tolerate the taint, and select the pool. Admission (PodNodeSelector, or a
//! policy) keeps others from doing the same.
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
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: any-linux, namespace: acme}
//! spec:
//!   nodeSelector: {kubernetes.io/os: linux}
//!   tolerations: [{key: pool, value: acme, effect: NoSchedule}] # <- here
//!   containers: [{name: web, image: registry.example.com/web:1.4}]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: no-taint, namespace: acme}
//! spec:
//!   affinity:
//!     nodeAffinity:
//!       requiredDuringSchedulingIgnoredDuringExecution:
//!         nodeSelectorTerms:
//!         - matchExpressions: [{key: pool, operator: In, values: [acme]}]
//!   tolerations: # <- here
//!   - {key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 30}
//!   - {key: pool, value: acme, effect: PreferNoSchedule}
//!   containers: [{name: web, image: registry.example.com/web:1.4}]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: or-anywhere, namespace: acme}
//! spec:
//!   affinity:
//!     nodeAffinity:
//!       requiredDuringSchedulingIgnoredDuringExecution:
//!         nodeSelectorTerms:
//!         - matchExpressions: [{key: pool, operator: In, values: [acme]}]
//!         - matchExpressions: [{key: kubernetes.io/arch, operator: In, values: [arm64]}]
//!   tolerations: [{key: pool, value: acme}] # <- here
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
//! # The class or the namespace brings what the pod doesn't say.
//! apiVersion: node.k8s.io/v1
//! kind: RuntimeClass
//! metadata: {name: tenant}
//! handler: runc
//! scheduling:
//!   nodeSelector: {pool: untrusted}
//!   tolerations: [{key: pool, value: untrusted, effect: NoSchedule}]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: plugin, labels: {trust: untrusted}}
//! spec:
//!   runtimeClassName: tenant
//!   containers: [{name: plugin, image: registry.example.com/plugin:1.4}]
//! ---
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: acme
//!   labels: {capsule.clastix.io/tenant: acme}
//!   annotations:
//!     scheduler.alpha.kubernetes.io/node-selector: pool=acme
//!     scheduler.alpha.kubernetes.io/defaultTolerations: '[{"key": "pool", "operator": "Exists"}]'
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: acme}
//! spec:
//!   containers: [{name: web, image: registry.example.com/web:1.4}]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: evicted, labels: {trust: untrusted}}
//! spec:
//!   nodeSelector: {kubernetes.io/os: linux, pool: untrusted}
//!   tolerations: [{key: pool, value: untrusted, effect: NoExecute}]
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
    let class = sandbox::runtime_class(&pod.get("runtimeClassName"), inventory);
    let of_class = |path| class.map(|class| class.get(path));
    let of_namespace = |key| namespace.map_or("", |namespace| namespace.annotation(key).text());
    let selects_some = std::iter::once(pod.get("nodeSelector"))
        .chain(of_class("scheduling.nodeSelector"))
        .flat_map(|selector| selector.entries())
        .any(|(key, _)| is_of_some(key))
        || of_namespace("scheduler.alpha.kubernetes.io/node-selector")
            .split(',')
            .filter_map(|label| label.split('=').next())
            .any(|key| !key.trim().is_empty() && is_of_some(key.trim()))
        || requires_some(pod);
    let tolerates = std::iter::once(pod.get("tolerations"))
        .chain(of_class("scheduling.tolerations"))
        .flat_map(|tolerations| tolerations.items())
        .any(|toleration| keeps_off(&toleration))
        || !matches!(of_namespace("scheduler.alpha.kubernetes.io/defaultTolerations").trim(), "" | "[]");
    let has_own_nodes = selects_some && tolerates;
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

/// Whether a label of nodes is one of some, and not what each of them has.
fn is_of_some(key: &str) -> bool {
    const OF_ALL: &[&str] = &[
        "kubernetes.io/os",
        "kubernetes.io/arch",
        "beta.kubernetes.io/os",
        "beta.kubernetes.io/arch",
        "beta.kubernetes.io/instance-type",
        "node.kubernetes.io/instance-type",
        "node.kubernetes.io/windows-build",
        "topology.kubernetes.io/region",
        "topology.kubernetes.io/zone",
        "failure-domain.beta.kubernetes.io/region",
        "failure-domain.beta.kubernetes.io/zone",
    ];
    !OF_ALL.contains(&key)
}

/// Whether each of the terms asks for nodes of some: a node must meet one of them.
fn requires_some(pod: &Pod<'_>) -> bool {
    let terms =
        pod.get("affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms");
    !terms.is_empty()
        && terms.items().all(|term| {
            let mut expressions = term.get("matchExpressions").items();
            !term.get("matchFields").is_empty()
                || expressions.any(|expression| is_of_some(expression.get("key").text()))
        })
}

/// Whether a toleration is of a taint that somebody set to keep pods off. Kubernetes taints nodes by itself, too.
fn keeps_off(toleration: &Field<'_>) -> bool {
    !toleration.get("key").text().starts_with("node.kubernetes.io/")
        && !toleration.get("effect").is("PreferNoSchedule")
}

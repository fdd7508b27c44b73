//! A workload of the user's with the priority of the cluster's own.
//!
//! ## What it checks
//! `priorityClassName` of pods outside `kube-*` namespaces: `system-cluster-critical` or `system-node-critical`.
//!
//! ## Why it matters
//! Such a pod pushes any other off a full node, the cluster's own add-ons among them. Without a quota that forbids the
//! class, anyone who can make pods can do so.
//!
//! ## How to fix
//! Make a PriorityClass of your own.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: shop}
//! spec:
//!   priorityClassName: system-cluster-critical # <- here
//!   containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```
//! ```yaml good
//! priorityClassName: important
//! containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: dns, namespace: kube-system}
//! spec:
//!   priorityClassName: system-cluster-critical
//!   containers: [{name: dns, image: registry.example.com/dns:1.4}]
//! ```

use crate::prelude::*;
use crate::support::namespaces;

pub const CONTROL: Control = Control {
    id: "reliability/system-priority-class",
    title: "Priority of the system outside of kube-system",
    severity: Medium,
    frameworks: &[mitre("T1499"), microsoft("MS-TA9040")],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Key(&["priorityClassName"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let class = pod.get("priorityClassName");
    let namespace = found.inventory().namespace_of(&pod.object());
    if matches!(class.text(), "system-cluster-critical" | "system-node-critical")
        && !namespaces::is_system(namespace)
    {
        found.at(
            &class,
            format!("{} is for the cluster's own pods: make a PriorityClass of your own", class.text()),
        );
    }
}

//! A pod of a priority class that nobody has agreed on.
//!
//! ## What it checks
//! `priorityClassName` of every pod, where it is set: a class that the scan defines, or one of the parameter
//! `accepted-priority-classes` (unless set, the two that every cluster has: `system-cluster-critical` and
//! `system-node-critical`). In the profile `all` alone.
//!
//! ## Why it matters
//! The API server refuses a pod of a class that doesn't exist, and classes decide who is evicted for whom: they are worth
//! a list.
//!
//! ## How to fix
//! Name an accepted class, or add the class to the parameter.
//!
//! ## How others differ
//! kube-linter doesn't know classes that are among the files.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: app}
//! spec:
//!   priorityClassName: urgent # <- here
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml good parameters={"accepted-priority-classes":["urgent"]}
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: app}
//! spec:
//!   priorityClassName: urgent
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # A class of the scan, and no class.
//! apiVersion: scheduling.k8s.io/v1
//! kind: PriorityClass
//! metadata: {name: urgent}
//! value: 1000
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: app}
//! spec:
//!   priorityClassName: urgent
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: helper}
//! spec:
//!   containers:
//!   - name: helper
//!     image: registry.example.com/helper:1.4
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "reliability/accepted-priority-class",
    title: "Priority class that is not accepted",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-linter:priority-class-name"],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Key(&["priorityClassName"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let class = pod.get("priorityClassName");
    let name = class.text();
    let is_accepted = || {
        found.parameters().accepted_priority_classes.iter().any(|accepted| accepted == name)
            || found.inventory().find("scheduling.k8s.io", "PriorityClass", "", name).is_some()
    };
    if !name.is_empty() && !is_accepted() {
        found.at(&class, format!("the priority class {name} is not an accepted one: name one that is"));
    }
}

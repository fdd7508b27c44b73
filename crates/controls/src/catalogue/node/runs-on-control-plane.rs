//! A workload of the user's on the nodes that run the control plane.
//!
//! ## What it checks
//! Pods outside `kube-*` namespaces that tolerate the taint of the control plane
//! (`node-role.kubernetes.io/control-plane` or `master`, or every taint) and ask for its nodes, by `nodeSelector` or
//! required node affinity. A toleration of this taint has the effect `NoSchedule` or none, and the operator `Exists`
//! or the taint's value: empty, or `true` as some installers write it. A DaemonSet that asks for no nodes means every
//! node: agents of the network, of logs and of metrics rightly do.
//!
//! ## Why it matters
//! The keys of the cluster lie on these nodes. A pod that gets out of its container there has the cluster.
//!
//! ## How to fix
//! Take the toleration and the selector out. Managed clusters have no such nodes.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   nodeSelector: {node-role.kubernetes.io/control-plane: ""}
//!   tolerations:
//!   - key: node-role.kubernetes.io/control-plane # <- here
//!     operator: Exists
//!   containers: [{name: web, image: registry.example.com/web:1.4}]
//! ---
//! apiVersion: apps/v1
//! kind: DaemonSet
//! metadata: {name: probe}
//! spec:
//!   template:
//!     spec:
//!       affinity:
//!         nodeAffinity:
//!           requiredDuringSchedulingIgnoredDuringExecution:
//!             nodeSelectorTerms:
//!             - matchExpressions:
//!               - {key: node-role.kubernetes.io/control-plane, operator: Exists}
//!       tolerations:
//!       - operator: Exists # <- here
//!       containers: [{name: probe, image: registry.example.com/probe:1.4}]
//! ```
//! ```yaml good
//! containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```
//! ```yaml near-miss
//! # Tolerated, and not asked for.
//! tolerations:
//! - {key: node-role.kubernetes.io/control-plane, operator: Exists}
//! containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```
//! ```yaml near-miss
//! # Tolerations that the taint, of effect NoSchedule and without a value, doesn't meet.
//! nodeSelector: {node-role.kubernetes.io/control-plane: ""}
//! tolerations:
//! - {key: node-role.kubernetes.io/control-plane, operator: Exists, effect: NoExecute}
//! - {key: node-role.kubernetes.io/control-plane, value: gpu}
//! - {operator: Exists, effect: PreferNoSchedule}
//! containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```
//! ```yaml near-miss
//! # An agent of every node.
//! apiVersion: apps/v1
//! kind: DaemonSet
//! metadata: {name: logs, namespace: monitoring}
//! spec:
//!   template:
//!     spec:
//!       tolerations:
//!       - {key: node-role.kubernetes.io/control-plane, operator: Exists, effect: NoSchedule}
//!       containers: [{name: logs, image: registry.example.com/logs:1.4}]
//! ```

use crate::prelude::*;
use crate::support::namespaces;

pub const CONTROL: Control = Control {
    id: "node/runs-on-control-plane",
    title: "Workload on the control plane",
    severity: High,
    frameworks: &[mitre("T1611")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Key(&["nodeSelector", "nodeSelectorTerms"]), check),
};

const ROLES: [&str; 2] = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"];

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let namespace = found.inventory().namespace_of(&pod.object());
    if namespaces::is_system(namespace) || !asks_for_control_plane(pod) {
        return;
    }
    for toleration in pod.get("tolerations").items() {
        let key = toleration.get("key");
        let operator = toleration.get("operator");
        let every = key.text().is_empty() && operator.is("Exists");
        if (every || ROLES.contains(&key.text())) && tolerates(&toleration) {
            let place = if every { operator } else { key };
            found.at(&place, "this runs beside the keys of the cluster: take the toleration out");
        }
    }
}

/// Whether a toleration of the right key is one of the control plane's taint, which has the effect `NoSchedule`.
fn tolerates(toleration: &Field<'_>) -> bool {
    let matches_value = match toleration.get("operator").text() {
        "Exists" => true,
        "" | "Equal" => matches!(toleration.get("value").text(), "" | "true"),
        _ => false,
    };
    matches_value && matches!(toleration.get("effect").text(), "" | "NoSchedule")
}

fn asks_for_control_plane(pod: &Pod<'_>) -> bool {
    let wants = |term: Field<'_>| {
        term.get("matchExpressions").items().any(|expression| {
            ROLES.contains(&expression.get("key").text())
                && matches!(expression.get("operator").text(), "Exists" | "In")
        })
    };
    pod.get("nodeSelector").entries().any(|(key, _)| ROLES.contains(&key))
        || pod
            .get("affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms")
            .items()
            .any(wants)
}

//! A pod that tolerates every taint runs on every node, the dedicated ones too.
//!
//! ## What it checks
//! Tolerations with `operator: Exists`, no key, and the effect `NoSchedule` or none, of pods that aren't a
//! DaemonSet's and not in a system namespace. With the effect `NoExecute` alone, say, the scheduler still keeps the
//! pod off such nodes.
//!
//! ## Why it matters
//! Nodes are kept apart by taints: the control plane's, those of other tenants, those of sensitive workloads. A pod
//! that tolerates all of them lands beside any of them, and stays on nodes that are being drained.
//!
//! ## How to fix
//! Name the taints that the workload must tolerate.
//!
//! ```yaml bad
//! tolerations:
//! - operator: Exists # <- here
//! containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```
//! ```yaml good
//! tolerations:
//! - {key: pool, operator: Equal, value: apps, effect: NoSchedule}
//! containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```
//! ```yaml near-miss
//! # An agent runs everywhere by design.
//! apiVersion: apps/v1
//! kind: DaemonSet
//! metadata: {name: agent}
//! spec:
//!   template:
//!     spec:
//!       tolerations: [{operator: Exists}]
//!       containers: [{name: agent, image: registry.example.com/agent:1.4}]
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   tolerations: [{key: pool, operator: Exists}, {operator: Exists, effect: NoExecute}]
//!   containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```

use crate::prelude::*;
use crate::support::namespaces;

pub const CONTROL: Control = Control {
    id: "node/tolerates-everything",
    title: "Toleration of every taint",
    severity: Medium,
    frameworks: &[],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Key(&["tolerations"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let namespace = found.inventory().namespace_of(&pod.object());
    if pod.object().kind() == "DaemonSet" || namespaces::is_system(namespace) {
        return;
    }
    for toleration in pod.get("tolerations").items() {
        let operator = toleration.get("operator");
        let schedules = matches!(toleration.get("effect").text(), "" | "NoSchedule");
        if operator.is("Exists") && toleration.get("key").text().is_empty() && schedules {
            found.at(
                &operator,
                "the pod may run on every node, dedicated ones too: name the taints it tolerates",
            );
        }
    }
}

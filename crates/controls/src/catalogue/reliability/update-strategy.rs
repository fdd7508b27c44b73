//! An update that stops everything first.
//!
//! ## What it checks
//! `spec.strategy.type` of Deployments (`RollingUpdate`) and `spec.updateStrategy.type` of DaemonSets and
//! StatefulSets (`RollingUpdate`), where another one is written. Absent, they roll.
//!
//! ## Why it matters
//! `Recreate` is an outage with every release, security updates too; `OnDelete` leaves old pods with their holes
//! until somebody deletes them.
//!
//! ## How to fix
//! Use `RollingUpdate`. A workload whose volume can be mounted once only needs `Recreate`: waive it.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   strategy:
//!     type: Recreate # <- here
//! ---
//! apiVersion: apps/v1
//! kind: DaemonSet
//! metadata: {name: agent}
//! spec:
//!   updateStrategy: {type: OnDelete} # <- here
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   strategy: {type: RollingUpdate}
//! ```
//! ```yaml near-miss
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: db}
//! spec: {}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "reliability/update-strategy",
    title: "Update without a rolling strategy",
    severity: Low,
    frameworks: &[],
    aliases: &[
        "kubescape:C-0305",
        "kube-linter:no-rolling-update-strategy",
        "kube-score:deployment-strategy",
    ],
    profiles: &[],
    fix: None,
    check: Check::Object(
        &[
            GroupKind::new("apps", "Deployment"),
            GroupKind::new("apps", "DaemonSet"),
            GroupKind::new("apps", "StatefulSet"),
        ],
        check,
    ),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let strategy = if object.kind() == "Deployment" {
        object.get("spec.strategy.type")
    } else {
        object.get("spec.updateStrategy.type")
    };
    if !matches!(strategy.text(), "" | "RollingUpdate") {
        let message = match strategy.text() {
            "OnDelete" => {
                "OnDelete leaves old pods until somebody deletes them: use RollingUpdate".to_owned()
            }
            other => format!("{other} stops pods before new ones serve: use RollingUpdate"),
        };
        found.at(&strategy, message);
    }
}

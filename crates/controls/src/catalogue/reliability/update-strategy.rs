//! An update that stops everything first.
//!
//! ## What it checks
//! `spec.strategy.type` of Deployments (`RollingUpdate`) and `spec.updateStrategy.type` of DaemonSets and
//! StatefulSets (`RollingUpdate`), and `spec.strategy.type` of OpenShift's DeploymentConfigs (`Rolling`), where another
//! one is written. Absent, they roll.
//!
//! ## Why it matters
//! `Recreate` is an outage with every release, security updates too; `OnDelete` leaves old pods with their holes
//! until somebody deletes them.
//!
//! ## How to fix
//! Use `RollingUpdate`, or `Rolling` in a DeploymentConfig. A workload whose volume can be mounted once only needs
//! `Recreate`: waive it.
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
//! ---
//! apiVersion: apps.openshift.io/v1
//! kind: DeploymentConfig
//! metadata: {name: shop}
//! spec:
//!   strategy: {type: Recreate} # <- here
//! ---
//! apiVersion: v1
//! kind: DeploymentConfig
//! metadata: {name: store}
//! spec:
//!   strategy: {type: Custom} # <- here
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
//! ---
//! apiVersion: apps.openshift.io/v1
//! kind: DeploymentConfig
//! metadata: {name: shop}
//! spec:
//!   strategy: {type: Rolling}
//! ```

use crate::prelude::*;
use crate::support::workloads;

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
            workloads::DEPLOYMENT_CONFIGS[0],
            workloads::DEPLOYMENT_CONFIGS[1],
        ],
        check,
    ),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let (strategy, rolling) = match object.kind() {
        "Deployment" => (object.get("spec.strategy.type"), "RollingUpdate"),
        "DeploymentConfig" => (object.get("spec.strategy.type"), "Rolling"),
        _ => (object.get("spec.updateStrategy.type"), "RollingUpdate"),
    };
    let what = match strategy.text() {
        "" => return,
        written if written == rolling => return,
        "OnDelete" => "leaves old pods until somebody deletes them",
        "Custom" => "leaves the update to an image of its own",
        _ => "stops pods before new ones serve",
    };
    found.at(&strategy, format!("{} {what}: use {rolling}", strategy.text()));
}

//! The old Kubernetes dashboard is retired, and often a door.
//!
//! ## What it checks
//! Workloads whose image is the dashboard's (`kubernetesui/dashboard*`, a mirror's too, `…/kubernetes-dashboard*`),
//! or whose pods carry its label (`app` or `k8s-app: kubernetes-dashboard`). Who else has its rights is
//! `addon/dashboard-access`.
//!
//! ## Why it matters
//! The project was archived in January 2026. With a token of a powerful account (or `--enable-skip-login`, as in the
//! break-in at Tesla in 2018) it administers the cluster from a browser.
//!
//! ## How to fix
//! Remove it. Use a client that runs where the person is, with that person's own rights.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: kubernetes-dashboard}
//! spec:
//!   template:
//!     spec:
//!       containers:
//!       - name: dashboard
//!         image: kubernetesui/dashboard:v2.7.0 # <- here
//!       - name: mirrored
//!         image: registry.example.com/mirror/kubernetesui/dashboard:v2.7.0 # <- here
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: board}
//! spec:
//!   template:
//!     metadata:
//!       labels: # <- here
//!         k8s-app: kubernetes-dashboard
//!     spec:
//!       containers:
//!       - {name: board, image: registry.example.com/mirror/board:2.7.0}
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   template:
//!     spec:
//!       containers:
//!       - {name: web, image: registry.example.com/web:1.4}
//! ```
//! ```yaml near-miss
//! # Another dashboard.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: grafana}
//! spec:
//!   template:
//!     spec:
//!       containers:
//!       - {name: dashboard, image: registry.example.com/grafana-dashboard:1.4}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "addon/dashboard",
    title: "Kubernetes dashboard",
    severity: Medium,
    frameworks: &[
        nsa("upgrading/patches"),
        mitre("T1133"),
        mitre("T1613"),
        microsoft("MS-TA9005"),
        owasp("K06"),
        owasp("K07"),
    ],
    aliases: &["kubescape:C-0014", "checkov:CKV_K8S_33", "kics:Dashboard-Is-Enabled"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let mut is_dashboard = false;
    for container in pod.containers() {
        let dashboard = container.image().is_some_and(|image| {
            let name = image.short_name();
            name.starts_with("kubernetes-dashboard") || image.repository.contains("kubernetesui/dashboard")
        });
        if dashboard {
            is_dashboard = true;
            found.at(
                &container.get("image"),
                "the Kubernetes dashboard is retired and a door to the cluster: remove it",
            );
        }
    }
    let labels = pod.labels();
    if !is_dashboard && ["app", "k8s-app"].iter().any(|label| labels.key(label).is("kubernetes-dashboard")) {
        found.at(
            &labels,
            "the labels are those of the Kubernetes dashboard, a door to the cluster: remove the workload",
        );
    }
}

//! The old Kubernetes dashboard is retired, and often a door.
//!
//! ## What it checks
//! Workloads whose image is the dashboard's (`kubernetesui/dashboard*`, `…/kubernetes-dashboard*`), or that run as the
//! service account `kubernetes-dashboard` under another name.
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
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   template:
//!     spec:
//!       serviceAccountName: kubernetes-dashboard # <- here
//!       containers:
//!       - {name: web, image: registry.example.com/web:1.4}
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
    check: Check::Pod(check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let mut is_dashboard = false;
    for container in pod.containers() {
        let dashboard = container.image().is_some_and(|image| {
            let name = image.short_name();
            name.starts_with("kubernetes-dashboard")
                || (name.starts_with("dashboard") && image.repository.starts_with("kubernetesui/"))
        });
        if dashboard {
            is_dashboard = true;
            found.at(
                &container.get("image"),
                "the Kubernetes dashboard is retired and a door to the cluster: remove it",
            );
        }
    }
    let account = pod.get("serviceAccountName");
    if !is_dashboard
        && account.is("kubernetes-dashboard")
        && !pod.object().name().starts_with("kubernetes-dashboard")
    {
        found.at(&account, "this runs with the dashboard's account: give it one of its own");
    }
}

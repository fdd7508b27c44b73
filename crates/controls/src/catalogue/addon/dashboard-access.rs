//! Something other than the Kubernetes dashboard has the dashboard's rights.
//!
//! ## What it checks
//! Bindings to the role `kubernetes-dashboard` for anyone but the service account of that name, and workloads of
//! another name that run as the service account `kubernetes-dashboard` (`serviceAccountName`, or the old
//! `serviceAccount` where that isn't written). The dashboard's own `dashboard-metrics-scraper` may.
//!
//! ## Why it matters
//! The dashboard's account is often made an administrator. Whoever runs as it, or was given its role, acts on the
//! cluster in the dashboard's name.
//!
//! ## How to fix
//! Give the workload a service account, and the person a role, of its own.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata: {name: readers, namespace: kubernetes-dashboard}
//! roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: kubernetes-dashboard}
//! subjects:
//! - {kind: ServiceAccount, name: kubernetes-dashboard, namespace: kubernetes-dashboard}
//! - {kind: User, name: jane} # <- here
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
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: old}
//! spec:
//!   serviceAccount: kubernetes-dashboard # <- here
//!   containers:
//!   - {name: old, image: registry.example.com/old:1.4}
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata: {name: kubernetes-dashboard, namespace: kubernetes-dashboard}
//! roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: kubernetes-dashboard}
//! subjects:
//! - {kind: ServiceAccount, name: kubernetes-dashboard, namespace: kubernetes-dashboard}
//! ```
//! ```yaml near-miss
//! # The dashboard itself, and another role.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: kubernetes-dashboard}
//! spec:
//!   template:
//!     spec:
//!       serviceAccountName: kubernetes-dashboard
//!       containers:
//!       - {name: dashboard, image: kubernetesui/dashboard:v2.7.0}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: dashboard-metrics-scraper}
//! spec:
//!   template:
//!     spec:
//!       serviceAccountName: kubernetes-dashboard
//!       containers:
//!       - {name: scraper, image: kubernetesui/metrics-scraper:v1.0.8}
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata: {name: readers, namespace: kubernetes-dashboard}
//! roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: dashboards}
//! subjects:
//! - {kind: User, name: jane}
//! ```

use crate::prelude::*;
use crate::support::rbac;

pub const CONTROL: Control = Control {
    id: "addon/dashboard-access",
    title: "Rights of the Kubernetes dashboard",
    severity: Medium,
    frameworks: &[microsoft("MS-TA9005"), owasp("K02")],
    aliases: &["kubescape:C-0014"],
    profiles: &[Recommended],
    fix: None,
    check: Check::AnyObject(Needs::Key(&["roleRef", "serviceAccountName", "serviceAccount"]), check),
};

const NAME: &str = "kubernetes-dashboard";

/// The part of the dashboard that fetches metrics; the dashboard's manifests give it the account.
const SCRAPER: &str = "dashboard-metrics-scraper";

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if rbac::BINDINGS.iter().any(|kind| kind.matches(object.group(), object.kind())) {
        if !object.get("roleRef.name").is(NAME) {
            return;
        }
        for subject in object.get("subjects").items() {
            let is_its_own = subject.get("kind").is("ServiceAccount") && subject.get("name").is(NAME);
            if !is_its_own {
                found.at(&subject, "this has the dashboard's role: give it one of its own");
            }
        }
        return;
    }
    for pod in found.inventory().pods_of(object) {
        let name = pod.get("serviceAccountName");
        let account = if name.text().is_empty() { pod.get("serviceAccount") } else { name };
        if account.is(NAME) && !object.name().starts_with(NAME) && object.name() != SCRAPER {
            found.at(&account, "this runs with the dashboard's account: give it one of its own");
        }
    }
}

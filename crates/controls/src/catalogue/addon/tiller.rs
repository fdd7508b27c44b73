//! Tiller, the server of Helm 2, gives the cluster to whoever reaches it.
//!
//! ## What it checks
//! Workloads whose image is Tiller's (last part of the name `tiller`), or that carry its labels (`app: helm` with
//! `name: tiller`). Its Service is `addon/tiller-service`.
//!
//! ## Why it matters
//! Tiller runs as cluster administrator and asks nobody who they are: any pod that can connect to its port owns the
//! cluster. Helm 2 ended in November 2020.
//!
//! ## How to fix
//! Move the releases to Helm 3, and delete Tiller with its Service, account and binding.
//!
//! ## How others differ
//! Trivy, KICS and Checkov take any label `app: helm`, or any name with "tiller" in it.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: tiller-deploy, namespace: kube-system}
//! spec:
//!   template:
//!     metadata: {labels: {app: helm, name: tiller}}
//!     spec:
//!       containers:
//!       - name: tiller
//!         image: ghcr.io/helm/tiller:v2.17.0 # <- here
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
//! # Farm machinery, and Helm 3's controllers.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: rototiller}
//! spec:
//!   template:
//!     metadata: {labels: {app: helm}}
//!     spec:
//!       containers:
//!       - {name: rototiller, image: registry.example.com/rototiller:1}
//!       - {name: helm-controller, image: ghcr.io/fluxcd/helm-controller:v1.3.0}
//! ```

use crate::prelude::*;
use crate::support::tiller;

pub const CONTROL: Control = Control {
    id: "addon/tiller",
    title: "Tiller",
    severity: Critical,
    frameworks: &[
        nsa("upgrading/patches"),
        mitre("T1133"),
        microsoft("MS-TA9005"),
        owasp("K06"),
        owasp("K07"),
    ],
    aliases: &[
        "trivy:KSV-0102",
        "checkov:CKV_K8S_34",
        "kics:Tiller-Deployed",
        "kics:Tiller-(Helm-v2)-Is-Deployed",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

const MESSAGE: &str = "Tiller gives the cluster to whoever reaches it: move to Helm 3 and delete it";

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let before = tiller::containers(pod).inspect(|container| {
        found.at(&container.get("image"), MESSAGE);
    });
    if before.count() == 0 && tiller::has_labels(&pod.labels()) {
        found.at(&pod.labels(), MESSAGE);
    }
}

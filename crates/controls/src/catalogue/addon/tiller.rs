//! Tiller, the server of Helm 2, gives the cluster to whoever reaches it.
//!
//! ## What it checks
//! Workloads whose image is Tiller's (last part of the name `tiller`), or that carry its labels (`app: helm` with
//! `name: tiller`), and Services that select these labels or the name `tiller-deploy`.
//!
//! ## Why it matters
//! Tiller runs as cluster administrator and asks nobody who they are: any pod that can connect to its port owns the
//! cluster. Helm 2 ended in November 2020.
//!
//! ## How to fix
//! Move the releases to Helm 3, and delete Tiller with its Service, account and binding.
//!
//! ## How others differ
//! Trivy and Checkov take any label `app: helm`, or any name with "tiller" in it. Checkov passes one that listens on
//! localhost: here Tiller is found all the same, since every container of the pod and the node reach that.
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
//! ---
//! apiVersion: v1
//! kind: Service # <- here
//! metadata: {name: tiller-deploy, namespace: kube-system}
//! spec:
//!   selector: {app: helm, name: tiller}
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
        "checkov:CKV_K8S_44",
        "checkov:CKV_K8S_45",
        "kics:Tiller-Deployed",
        "kics:Tiller-Service",
        "kics:Tiller-Accessible",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::AnyObject(check),
};

const MESSAGE: &str = "Tiller gives the cluster to whoever reaches it: move to Helm 3 and delete it";

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if object.is("", "Service") {
        let selector = object.get("spec.selector");
        if object.name() == "tiller-deploy"
            || (selector.key("app").is("helm") && selector.key("name").is("tiller"))
        {
            found.on(object, MESSAGE);
        }
        return;
    }
    for pod in Pod::all_of(*object) {
        let by_image: Vec<_> = pod
            .containers()
            .filter(|container| container.image().is_some_and(|image| image.short_name() == "tiller"))
            .map(|container| container.get("image"))
            .collect();
        let by_labels = pod.labels().key("app").is("helm") && pod.labels().key("name").is("tiller");
        for image in &by_image {
            found.at(image, MESSAGE);
        }
        if by_image.is_empty() && by_labels {
            found.at(&pod.labels(), MESSAGE);
        }
    }
}

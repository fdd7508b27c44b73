//! A Service leads to Tiller, the server of Helm 2.
//!
//! ## What it checks
//! Services named `tiller-deploy`, or that select Tiller's labels (`app: helm` with `name: tiller`).
//!
//! ## Why it matters
//! Tiller asks nobody who they are. The Service gives every pod of the cluster a name to reach it by, and stays
//! after the Deployment is gone, for whoever takes its labels.
//!
//! ## How to fix
//! Delete the Service with the rest of Tiller.
//!
//! ## How others differ
//! Checkov takes every Service with "tiller" in a label or its name.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Service # <- here
//! metadata: {name: tiller-deploy, namespace: kube-system}
//! spec:
//!   selector: {app: helm, name: tiller}
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Service
//! metadata: {name: web}
//! spec:
//!   selector: {app: web}
//! ```
//! ```yaml near-miss
//! # Farm machinery, and another part of Helm.
//! apiVersion: v1
//! kind: Service
//! metadata: {name: rototiller}
//! spec:
//!   selector: {app: helm, name: controller}
//! ```

use crate::prelude::*;
use crate::support::tiller;

pub const CONTROL: Control = Control {
    id: "addon/tiller-service",
    title: "Service of Tiller",
    severity: High,
    frameworks: &[mitre("T1133"), microsoft("MS-TA9005"), owasp("K06")],
    aliases: &["checkov:CKV_K8S_44", "kics:Tiller-Service", "kics:Tiller-Service-Is-Not-Deleted"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "Service")], check),
};

fn check<'d>(service: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if service.name() == "tiller-deploy" || tiller::has_labels(&service.get("spec.selector")) {
        found.on(service, "the Service leads to Tiller, which asks nobody who they are: delete it");
    }
}

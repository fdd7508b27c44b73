//! An admission webhook reads, changes or refuses every request to the API server.
//!
//! ## What it checks
//! `create`, `update`, `patch`, `delete` and `deletecollection` on mutating and validating webhook
//! configurations, in ClusterRoles, with names too: the rules and the address of a named one can be
//! changed like any other's.
//!
//! ## Why it matters
//! A mutating webhook on pods puts a container into each of them; a validating one sees every Secret
//! that is written. Deleting one switches off the guard that it was.
//!
//! ## How to fix
//! Let the installer write the configuration, and give the program that renews its certificate nothing
//! but `get`; where it must write the `caBundle`, waive it with a reason.
//!
//! ## How others differ
//! Kubescape leaves out `patch`, Checkov `delete`.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: injector
//! rules:
//! - apiGroups: ["admissionregistration.k8s.io"]
//!   resources: ["mutatingwebhookconfigurations"] # <- here
//!   verbs: ["get", "patch"]
//! - apiGroups: ["admissionregistration.k8s.io"]
//!   resources: ["validatingwebhookconfigurations"] # <- here
//!   resourceNames: ["injector"]
//!   verbs: ["update"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: injector
//! rules:
//! - apiGroups: ["admissionregistration.k8s.io"]
//!   resources: ["mutatingwebhookconfigurations"]
//!   verbs: ["get", "list", "watch"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: injector
//! rules:
//! - apiGroups: ["admissionregistration.k8s.io"]
//!   resources: ["mutatingwebhookconfigurations"]
//!   resourceNames: ["injector"]
//!   verbs: ["create"]
//! - apiGroups: ["admissionregistration.k8s.io"]
//!   resources: ["mutatingwebhookconfigurations/status"]
//!   verbs: ["update"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/write-webhooks",
    title: "Role may write admission webhooks",
    severity: High,
    frameworks: &[
        cis("5.1.12"),
        aks("4.1.11"),
        eks("4.1.11"),
        nsa("auth/least-privilege"),
        mitre("T1685"),
        microsoft("MS-TA9015"),
        owasp("K02"),
    ],
    aliases: &["checkov:CKV_K8S_155", "kubescape:C-0281", "trivy:KSV-0114"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["create", "update", "patch", "delete", "deletecollection"],
    resources: &[
        Resource::cluster("admissionregistration.k8s.io", "mutatingwebhookconfigurations"),
        Resource::cluster("admissionregistration.k8s.io", "validatingwebhookconfigurations"),
    ],
    names: Names::Irrelevant,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "webhooks see and change every request: leave it to the installer", found);
}

//! A role that reads every Secret holds every password and every token in reach.
//!
//! ## What it checks
//! `get`, `list` and `watch` on `secrets` of the core group, or through wildcards, in rules of Roles
//! and ClusterRoles. A rule limited by `resourceNames` is not found: with names, `list` and `watch` too
//! return those objects alone.
//!
//! ## Why it matters
//! `list` and `watch` return the values, not only the names. Among them are passwords, keys, and the
//! tokens of service accounts that own more than the reader.
//!
//! ## How to fix
//! Name the Secrets in `resourceNames` and leave `get` alone, or mount them into the pod, which needs
//! no permission at all.
//!
//! ## How others differ
//! Kubescape, Trivy and kube-linter report rules with `resourceNames` as well. kube-linter reports the binding, for
//! every verb on Secrets, writing too (`rbac/write-secrets`). Trivy and KICS miss the resource `*`; the verb KICS
//! counts only where a service account is bound to the role. The API group is often not looked at.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: reader
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps", "secrets"] # <- here
//!   verbs: ["list"]
//! - apiGroups: ["*"]
//!   resources: ["*"] # <- here
//!   verbs: ["get"]
//! ```
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: reader
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources:
//!   - pods
//!   - secrets # <- here
//!   verbs: ["*"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: reader
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["secrets"]
//!   resourceNames: ["shop-database"]
//!   verbs: ["get", "watch"]
//! ```
//! ```yaml near-miss
//! # Another group, another verb, a subresource that doesn't exist, no verb in this case.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: reader
//! rules:
//! - apiGroups: ["example.com"]
//!   resources: ["secrets"]
//!   verbs: ["get"]
//! - apiGroups: [""]
//!   resources: ["secrets"]
//!   verbs: ["create"]
//! - apiGroups: [""]
//!   resources: ["secrets/*"]
//!   verbs: ["get"]
//! - apiGroups: [""]
//!   resources: ["secrets"]
//!   verbs: ["GET"]
//! - apiGroups: ["apps"]
//!   resources: ["*"]
//!   verbs: ["list"]
//! ```
//! ```yaml near-miss
//! # What Kubernetes ships is not the user's to change.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: edit
//! rules:
//! - apiGroups: [""]
//!   resources: ["secrets"]
//!   verbs: ["get", "list", "watch"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/read-secrets",
    title: "Role may read Secrets",
    severity: High,
    frameworks: &[
        cis("5.1.2"),
        aks("4.1.2"),
        eks("4.1.2"),
        nsa("auth/least-privilege"),
        mitre("T1552.007"),
        microsoft("MS-TA9025"),
        owasp("K02"),
        owasp("K03"),
    ],
    aliases: &[
        "checkov:CKV2_K8S_5",
        "kubescape:C-0015",
        "kubescape:C-0186",
        "trivy:KSV-0041",
        "trivy:KSV-0113",
        "kube-linter:access-to-secrets",
        "kics:RBAC-Roles-with-Read-Secrets-Permissions",
        "kics:ServiceAccount-Allows-Access-Secrets",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["get", "list", "watch"],
    resources: &[Resource::namespaced("", "secrets")],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "name the Secrets in resourceNames, or mount them instead", found);
}

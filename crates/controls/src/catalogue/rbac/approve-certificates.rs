//! An approved certificate makes its holder any user, until it expires.
//!
//! ## What it checks
//! ClusterRoles that hold both, in whatever rules: `update` or `patch` on
//! `certificatesigningrequests/approval`, and `approve` on `signers`, both of `certificates.k8s.io`,
//! for every signer or for one whose certificates the API server or a kubelet trusts:
//! `kubernetes.io/kube-apiserver-client`, `kubernetes.io/kube-apiserver-client-kubelet`,
//! `kubernetes.io/legacy-unknown`, `kubernetes.io/*`.
//!
//! ## Why it matters
//! The signer `kubernetes.io/kube-apiserver-client` makes client certificates for any name but
//! `system:masters`. They can't be revoked, and no RBAC object shows them.
//!
//! ## How to fix
//! Name the signer in `resourceNames` of the rule with `approve`: `kubernetes.io/kubelet-serving` for
//! an approver of serving certificates, the issuer's own for cert-manager.
//!
//! ## How others differ
//! Kubescape counts approval alone, which the API server refuses without `approve` on the signer, and
//! leaves out `patch`. Checkov does not look at the signer's name.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: approver
//! rules:
//! - apiGroups: ["certificates.k8s.io"]
//!   resources: ["certificatesigningrequests/approval"] # <- here
//!   verbs: ["update"]
//! - apiGroups: ["certificates.k8s.io"]
//!   resources: ["signers"]
//!   verbs: ["approve"]
//! ```
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: approver
//! rules:
//! - apiGroups: ["certificates.k8s.io"]
//!   resources: ["certificatesigningrequests/approval"] # <- here
//!   verbs: ["patch"]
//! - apiGroups: ["certificates.k8s.io"]
//!   resources: ["signers"]
//!   resourceNames: ["kubernetes.io/*"]
//!   verbs: ["approve"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: approver
//! rules:
//! - apiGroups: ["certificates.k8s.io"]
//!   resources: ["certificatesigningrequests/approval"]
//!   verbs: ["update"]
//! - apiGroups: ["certificates.k8s.io"]
//!   resources: ["signers"]
//!   resourceNames: ["kubernetes.io/kubelet-serving"]
//!   verbs: ["approve"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: approver
//! rules:
//! - apiGroups: ["certificates.k8s.io"]
//!   resources: ["certificatesigningrequests/approval", "certificatesigningrequests/status"]
//!   verbs: ["update"]
//! - apiGroups: ["certificates.k8s.io"]
//!   resources: ["signers"]
//!   verbs: ["sign"]
//! - apiGroups: ["cert-manager.io"]
//!   resources: ["signers"]
//!   verbs: ["approve"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, granted};
use crate::support::rbac::{ROLES, Resource, is_shipped_role};

pub const CONTROL: Control = Control {
    id: "rbac/approve-certificates",
    title: "Role may approve client certificates",
    severity: High,
    frameworks: &[cis("5.1.11"), aks("4.1.10"), nsa("auth/least-privilege"), mitre("T1078"), owasp("K02")],
    aliases: &["checkov:CKV_K8S_156", "kubescape:C-0280"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const APPROVAL: Grant = Grant {
    verbs: &["update", "patch"],
    resources: &[Resource::cluster("certificates.k8s.io", "certificatesigningrequests/approval")],
    names: Names::Irrelevant,
};

const SIGNERS: Grant = Grant {
    verbs: &["approve"],
    resources: &[Resource::cluster("certificates.k8s.io", "signers")],
    names: Names::Irrelevant,
};

/// Signers whose certificates authenticate to the API server or to kubelets. `domain/*` is how the
/// API server asks for all of a domain.
const TRUSTED: &[&str] = &[
    "kubernetes.io/*",
    "kubernetes.io/kube-apiserver-client",
    "kubernetes.io/kube-apiserver-client-kubelet",
    "kubernetes.io/legacy-unknown",
];

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if is_shipped_role(role) {
        return;
    }
    let approves = granted(role, &SIGNERS, found)
        .iter()
        .any(|granted| !granted.rule.is_named() || granted.rule.names().any(|name| TRUSTED.contains(&name)));
    if approves {
        for granted in granted(role, &APPROVAL, found) {
            found.at(
                &granted.item,
                format!(
                    "{} for client certificates: name a harmless signer in the rule with approve",
                    granted.says()
                ),
            );
        }
    }
}

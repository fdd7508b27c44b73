//! A pod carries a token that some role gives rights to.
//!
//! ## What it checks
//! Pods whose token is mounted and whose ServiceAccount is a subject of a RoleBinding or ClusterRoleBinding of the scan.
//!
//! ## Why it matters
//! Who gets into the pod has these rights. It is right for operators and controllers, and worth a look for all else.
//!
//! ## How to fix
//! Set `automountServiceAccountToken: false` where the workload doesn't call the API server, else take away the rights
//! that it doesn't need.
//!
//! ## How others differ
//! Kubescape asks that the ServiceAccount object be part of the scan as well.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata: {name: web, namespace: vote}
//! roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
//! subjects:
//! - {kind: ServiceAccount, name: web}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: vote}
//! spec:
//!   serviceAccountName: web # <- here
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: vote}
//! spec:
//!   serviceAccountName: web
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # An account of the same name elsewhere, and a pod without a token.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata: {name: web}
//! roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
//! subjects:
//! - {kind: ServiceAccount, name: web, namespace: vote}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: shop}
//! spec:
//!   serviceAccountName: web
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: vote}
//! spec:
//!   serviceAccountName: web
//!   automountServiceAccountToken: false
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```

use crate::prelude::*;
use crate::support::accounts::{account_field, has_token};

pub const CONTROL: Control = Control {
    id: "service-account/bound-token",
    title: "Token with rights in a workload",
    severity: Medium,
    frameworks: &[
        cis("5.1.6"),
        aks("4.1.6"),
        eks("4.1.6"),
        nsa("pod-security/service-account-tokens"),
        mitre("T1528"),
        microsoft("MS-TA9016"),
        owasp("K01"),
    ],
    aliases: &["kubescape:C-0261"],
    profiles: &[],
    fix: None,
    check: Check::Pod(check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    if !has_token(pod, inventory) {
        return;
    }
    let namespace = inventory.namespace_of(&pod.object());
    let account = pod.service_account();
    let binding = ["RoleBinding", "ClusterRoleBinding"]
        .into_iter()
        .flat_map(|kind| inventory.of_kind("rbac.authorization.k8s.io", kind))
        .find(|binding| {
            binding.get("subjects").items().any(|subject| {
                let of = subject.get("namespace");
                // A subject of a RoleBinding that names no namespace is refused by the server; people mean its own.
                let of = if of.exists() { of.text() } else { inventory.namespace_of(binding) };
                subject.get("kind").is("ServiceAccount") && subject.get("name").is(account) && of == namespace
            })
        });
    if let Some(binding) = binding {
        found.at(
            &account_field(pod),
            format!("the pod's token has the rights that {} {:?} gives", binding.kind(), binding.name()),
        );
    }
}

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

use std::collections::HashMap;

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
    check: Check::Pod(
        Needs::Kind(&[
            GroupKind::new("rbac.authorization.k8s.io", "ClusterRoleBinding"),
            GroupKind::new("rbac.authorization.k8s.io", "RoleBinding"),
        ]),
        check,
    ),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    if !has_token(pod, inventory) {
        return;
    }
    let namespace = inventory.namespace_of(&pod.object());
    let account = (namespace.to_owned(), pod.service_account().to_owned());
    let bound = inventory.derived(Bound::of);
    if let Some(binding) = bound.0.get(&account).and_then(|number| bindings(inventory).nth(*number)) {
        found.at(
            &account_field(pod),
            format!("the pod's token has the rights that {} {:?} gives", binding.kind(), binding.name()),
        );
    }
}

fn bindings<'i, 'd>(inventory: &'i Inventory<'d>) -> impl Iterator<Item = &'i Object<'d>> {
    ["RoleBinding", "ClusterRoleBinding"]
        .into_iter()
        .flat_map(|kind| inventory.of_kind("rbac.authorization.k8s.io", kind))
}

/// The first binding of each account, by namespace and name: its number among [`bindings`].
struct Bound(HashMap<(String, String), usize>);

impl Bound {
    fn of(inventory: &Inventory<'_>) -> Bound {
        let mut bound = HashMap::new();
        for (number, binding) in bindings(inventory).enumerate() {
            for subject in binding.get("subjects").items() {
                if !subject.get("kind").is("ServiceAccount") {
                    continue;
                }
                let Some(name) = subject.get("name").as_str() else { continue };
                let of = subject.get("namespace");
                // A subject of a RoleBinding that names no namespace is refused by the server; people mean its own.
                let of = if of.exists() { of.text() } else { inventory.namespace_of(binding) };
                bound.entry((of.to_owned(), name.to_owned())).or_insert(number);
            }
        }
        Bound(bound)
    }
}

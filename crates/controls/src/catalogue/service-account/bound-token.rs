//! A pod carries a token that some role gives rights to.
//!
//! ## What it checks
//! Pods that have a token for the API server, mounted by the kubelet, by a projected volume or by a volume of a token
//! Secret of the scan, and whose ServiceAccount is a subject of a RoleBinding or ClusterRoleBinding of the scan: by its
//! name, as the user `system:serviceaccount:NAMESPACE:NAME`, or in the group `system:serviceaccounts:NAMESPACE`.
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
//! ```yaml bad
//! # As a user, and as one of all accounts of the namespace.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata: {name: web}
//! roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
//! subjects:
//! - {apiGroup: rbac.authorization.k8s.io, kind: User, name: "system:serviceaccount:vote:web"}
//! - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:serviceaccounts:shop"}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: vote}
//! spec:
//!   serviceAccountName: web # <- here
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: cart, namespace: shop}
//! spec:
//!   serviceAccountName: cart # <- here
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
//! # An account of the same name elsewhere, a pod without a token, and one whose token is for another service.
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
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: vault, namespace: vote}
//! spec:
//!   serviceAccountName: web
//!   automountServiceAccountToken: false
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!   volumes:
//!   - name: token
//!     projected:
//!       sources:
//!       - serviceAccountToken: {path: token, audience: vault}
//! ```

use std::collections::HashMap;

use crate::prelude::*;
use crate::support::accounts::{account_field, has_token};
use crate::support::rbac::{Binding, Identity};

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
    let first = bound.accounts.get(&account).into_iter().chain(bound.namespaces.get(namespace)).min();
    if let Some(binding) = first.and_then(|number| bindings(inventory).nth(*number)) {
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

/// The first binding of each account, by namespace and name, and of all accounts of a namespace: its number among
/// [`bindings`].
#[derive(Default)]
struct Bound {
    accounts: HashMap<(String, String), usize>,
    namespaces: HashMap<String, usize>,
}

impl Bound {
    fn of(inventory: &Inventory<'_>) -> Bound {
        let mut bound = Bound::default();
        for (number, object) in bindings(inventory).enumerate() {
            let subjects = Binding::new(object, inventory).into_iter().flat_map(|binding| binding.subjects());
            for identity in subjects.filter_map(|subject| subject.identity()) {
                match identity {
                    Identity::ServiceAccount { namespace, name } => {
                        bound.accounts.entry((namespace.to_owned(), name.to_owned())).or_insert(number);
                    }
                    Identity::Group(group) => {
                        if let Some(namespace) = group.strip_prefix("system:serviceaccounts:") {
                            bound.namespaces.entry(namespace.to_owned()).or_insert(number);
                        }
                    }
                    Identity::User(_) => {}
                }
            }
        }
        bound
    }
}

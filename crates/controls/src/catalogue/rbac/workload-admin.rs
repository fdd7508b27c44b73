//! A workload that is cluster-admin makes every hole in it one of the cluster.
//!
//! ## What it checks
//! The service account of every pod and pod template whose token is mounted, by a volume of a token Secret of the
//! scan too, against the bindings of the scan: those that `rbac/cluster-admin-binding` finds, and that name the
//! account, its group or all accounts.
//!
//! ## Why it matters
//! Code execution in one container is then the whole cluster, or in a RoleBinding the whole namespace.
//!
//! ## How to fix
//! Bind a role that names what the workload calls.
//!
//! ## How others differ
//! Kubescape needs the ServiceAccount object in the scan and reads neither groups nor aggregation.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   serviceAccountName: web # <- here
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web-with-secret
//!   namespace: shop
//! spec:
//!   automountServiceAccountToken: false
//!   serviceAccountName: web # <- here
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//!   volumes:
//!   - name: token
//!     secret:
//!       secretName: web-token
//! ---
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: web-token
//!   namespace: shop
//!   annotations:
//!     kubernetes.io/service-account.name: web
//! type: kubernetes.io/service-account-token
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: web
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: cluster-admin
//! subjects:
//! - kind: ServiceAccount
//!   name: web
//!   namespace: shop
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   serviceAccountName: web
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: web
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: view
//! subjects:
//! - kind: ServiceAccount
//!   name: web
//!   namespace: shop
//! ```
//! ```yaml near-miss
//! # The token isn't mounted, but another Secret; and an account of the same name elsewhere.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   automountServiceAccountToken: false
//!   serviceAccountName: web
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//!   volumes:
//!   - name: settings
//!     secret:
//!       secretName: settings
//! ---
//! apiVersion: v1
//! kind: Secret
//! metadata:
//!   name: settings
//!   namespace: shop
//!   annotations:
//!     kubernetes.io/service-account.name: web
//! type: Opaque
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: other
//!   namespace: shop
//! spec:
//!   serviceAccountName: other
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: web
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: cluster-admin
//! subjects:
//! - kind: ServiceAccount
//!   name: web
//!   namespace: shop
//! - kind: ServiceAccount
//!   name: other
//!   namespace: tools
//! ```

use crate::prelude::*;
use crate::support::accounts::{account_field, has_token};
use crate::support::power::admin_binding;
use crate::support::rbac::{BINDINGS, Binding, Held};

pub const CONTROL: Control = Control {
    id: "rbac/workload-admin",
    title: "Workload runs as cluster-admin",
    severity: High,
    frameworks: &[
        cis("5.1.1"),
        aks("4.1.1"),
        eks("4.1.1"),
        nsa("auth/least-privilege"),
        mitre("T1528"),
        mitre("T1078"),
        microsoft("MS-TA9016"),
        owasp("K02"),
    ],
    aliases: &["kubescape:C-0272"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Inventory(BINDINGS, check),
};

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    let admins: Held<'d, _> = Binding::all(inventory)
        .filter(|binding| admin_binding(binding, inventory))
        .flat_map(|binding| {
            binding.subjects().filter_map(move |subject| Some((subject.identity()?, binding)))
        })
        .collect();
    for pod in inventory.pods() {
        let namespace = inventory.namespace_of(&pod.object());
        let account = pod.service_account();
        if let Some(binding) = admins.by(namespace, account)
            && has_token(pod, inventory)
        {
            let role = binding.role_name();
            found
                .at(
                    &account_field(pod),
                    format!("runs as {namespace}/{account}, which is bound to {:?}: bind a role that names what it uses", role.text()),
                )
                .also(&role, "the role is bound here");
        }
    }
}

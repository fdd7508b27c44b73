//! A workload whose account runs pods or reads Secrets is a way to other workloads.
//!
//! ## What it checks
//! The service account of every pod and pod template whose token is mounted, against the bindings and
//! roles of the scan, aggregated ones and groups of accounts too: rights over objects of every name to
//! create or change pods and workloads, to exec or attach, to read Secrets, to have tokens made, to
//! impersonate users, groups or service accounts, to `bind` or `escalate` roles, or to reach
//! `nodes/proxy`; and the ClusterRoles `cluster-admin`, `admin` and `edit`. In a RoleBinding, what stands
//! outside namespaces doesn't count.
//!
//! ## Why it matters
//! Who gets into such a container goes on from there. Operators hold such rights by design, so the
//! control is in no profile: it lists the workloads that deserve the most care.
//!
//! ## How to fix
//! Take away what isn't used, name objects in `resourceNames`, bind in the namespaces that are meant.
//! Isolate the operators that remain.
//!
//! ## How others differ
//! Kubescape looks at pods and Secrets alone, does not look at `resourceNames`, and needs the
//! ServiceAccount object in the scan; its C-0053 lists every account that is bound to anything.
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
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: web
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: Role
//!   name: reader
//! subjects:
//! - kind: Group
//!   name: system:serviceaccounts:shop
//!   apiGroup: rbac.authorization.k8s.io
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: reader
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["secrets"]
//!   verbs: ["list"]
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
//! kind: RoleBinding
//! metadata:
//!   name: web
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: Role
//!   name: reader
//! subjects:
//! - kind: ServiceAccount
//!   name: web
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: reader
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["secrets"]
//!   resourceNames: ["web"]
//!   verbs: ["get"]
//! - apiGroups: [""]
//!   resources: ["pods"]
//!   verbs: ["get", "list"]
//! ```
//! ```yaml near-miss
//! # The Role of this name stands in another namespace; nodes can't be granted in one.
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
//! kind: RoleBinding
//! metadata:
//!   name: web
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: Role
//!   name: reader
//! subjects:
//! - kind: ServiceAccount
//!   name: web
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: reader
//!   namespace: tools
//! rules:
//! - apiGroups: [""]
//!   resources: ["secrets"]
//!   verbs: ["list"]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: nodes
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: nodes
//! subjects:
//! - kind: ServiceAccount
//!   name: web
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: nodes
//! rules:
//! - apiGroups: [""]
//!   resources: ["nodes/proxy"]
//!   verbs: ["get"]
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterroles"]
//!   verbs: ["escalate"]
//! ```

use crate::prelude::*;
use crate::support::accounts::{account_field, has_token};
use crate::support::power::takeover;
use crate::support::rbac::{BINDINGS, Binding, Held, is_user_facing};

pub const CONTROL: Control = Control {
    id: "rbac/workload-takeover",
    title: "Workload's account can take over others",
    severity: High,
    frameworks: &[nsa("auth/least-privilege"), mitre("T1528"), microsoft("MS-TA9016"), owasp("K02")],
    aliases: &["kubescape:C-0053", "kubescape:C-0267"],
    profiles: &[],
    fix: None,
    check: Check::Inventory(BINDINGS, check),
};

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    let powers: Held<'d, _> = Binding::all(inventory)
        .filter_map(|binding| Some((binding, power(&binding, inventory)?)))
        .flat_map(|(binding, power)| {
            let identities = binding.subjects().filter_map(|subject| subject.identity());
            identities.map(move |identity| (identity, (binding.role_name(), power.clone())))
        })
        .collect();
    for pod in inventory.pods() {
        let namespace = inventory.namespace_of(&pod.object());
        let account = pod.service_account();
        if let Some((role, power)) = powers.by(namespace, account)
            && has_token(pod, inventory)
        {
            found
                .at(
                    &account_field(pod),
                    format!("runs as {namespace}/{account}, which may {power}: take away what isn't used"),
                )
                .also(role, "the role is bound here");
        }
    }
}

fn power<'d>(binding: &Binding<'d>, inventory: &Inventory<'d>) -> Option<String> {
    let role = binding.role_name().text();
    if binding.role_kind() == "ClusterRole" && is_user_facing(role) {
        return (role != "view").then(|| format!("do all that {role} may"));
    }
    takeover(&binding.rules(inventory)?, binding.is_cluster_wide())
}

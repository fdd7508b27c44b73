//! `system:authenticated` is everybody with any credential, every pod's account included.
//!
//! ## What it checks
//! Bindings whose subject is the group `system:authenticated` and whose role is `cluster-admin`, `admin`, `edit` or
//! `view`, or a role of the scan that changes anything, or that has any verb on Secrets, pods, nodes or workloads, be
//! it on one of a name. What a rule can't grant doesn't count: in a RoleBinding, what stands outside namespaces;
//! `create` with `resourceNames`. `system:basic-user`, `system:discovery` and other roles that the scan doesn't hold
//! are not found.
//!
//! ## Why it matters
//! The token of the least pod is enough, and on some clouds any account of the provider: on GKE,
//! whoever has a Google account is in this group.
//!
//! ## How to fix
//! Bind the group of the people, or the service account of the program, that needs it.
//!
//! ## How others differ
//! Trivy reports it where the cluster's version is one of GKE, which manifests don't have. Kubescape's
//! list of resources leaves out StatefulSets and DaemonSets by a misspelling.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: everyone
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: view
//! subjects:
//! - kind: Group # <- here
//!   name: system:authenticated
//!   apiGroup: rbac.authorization.k8s.io
//! ```
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: one-secret
//! rules:
//! - apiGroups: [""]
//!   resources: ["secrets"]
//!   resourceNames: ["registry"]
//!   verbs: ["get"]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: everyone
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: one-secret
//! subjects:
//! - kind: Group # <- here
//!   name: system:authenticated
//!   apiGroup: rbac.authorization.k8s.io
//! ```
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: everyone
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: Role
//!   name: config-writer
//! subjects:
//! - kind: Group # <- here
//!   name: system:authenticated
//!   apiGroup: rbac.authorization.k8s.io
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: config-writer
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   verbs: ["get", "patch"]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: workloads
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: workloads
//! subjects:
//! - kind: Group # <- here
//!   name: system:authenticated
//!   apiGroup: rbac.authorization.k8s.io
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: workloads
//! rules:
//! - apiGroups: ["apps"]
//!   resources: ["replicasets"]
//!   verbs: ["get"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: everyone
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: Role
//!   name: reader
//! subjects:
//! - kind: Group
//!   name: system:authenticated
//!   apiGroup: rbac.authorization.k8s.io
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: reader
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   resourceNames: ["public"]
//!   verbs: ["get"]
//! - apiGroups: ["authorization.k8s.io"]
//!   resources: ["selfsubjectaccessreviews"]
//!   verbs: ["create"]
//! ```
//! ```yaml near-miss
//! # Shipped, and a group of pods that isn't of the core.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: system:basic-user
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: system:basic-user
//! subjects:
//! - kind: Group
//!   name: system:authenticated
//!   apiGroup: rbac.authorization.k8s.io
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: everyone
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: usage
//! subjects:
//! - kind: Group
//!   name: system:authenticated
//!   apiGroup: rbac.authorization.k8s.io
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: usage
//! rules:
//! - apiGroups: ["metrics.k8s.io"]
//!   resources: ["pods", "nodes"]
//!   verbs: ["get", "list"]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: nobody
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: view
//! subjects:
//! - kind: User
//!   name: system:authenticated
//!   apiGroup: rbac.authorization.k8s.io
//! ```
//! ```yaml near-miss
//! # None of these rules grants anything in a namespace.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: everyone
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: idle
//! subjects:
//! - kind: Group
//!   name: system:authenticated
//!   apiGroup: rbac.authorization.k8s.io
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: idle
//! rules:
//! - apiGroups: [""]
//!   resources: ["nodes", "persistentvolumes"]
//!   verbs: ["get", "create"]
//! - apiGroups: [""]
//!   resources: ["namespaces"]
//!   verbs: ["create"]
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   resourceNames: ["public"]
//!   verbs: ["create"]
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   verbs: ["PATCH"]
//! ```

use crate::prelude::*;
use crate::support::power::excess;
use crate::support::rbac::{BINDINGS, Binding, Identity};

pub const CONTROL: Control = Control {
    id: "rbac/authenticated-binding",
    title: "Powerful role for every authenticated user",
    severity: High,
    frameworks: &[nsa("auth/least-privilege"), owasp("K02")],
    aliases: &["kubescape:C-0265", "trivy:KSV-01011"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(BINDINGS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let Some(binding) = Binding::new(object, inventory) else { return };
    for subject in binding.subjects() {
        let Some(Identity::Group(group)) = subject.identity() else { continue };
        if group == "system:authenticated"
            && let Some(excess) = excess(&binding, inventory)
        {
            found.at(
                &subject.field(),
                format!("every authenticated user and pod may {excess}: bind who needs it"),
            );
        }
    }
}

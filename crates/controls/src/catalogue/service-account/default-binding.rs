//! What the account `default` may do, every pod that names no account may do.
//!
//! ## What it checks
//! Subjects of every binding: a ServiceAccount named `default`, also where it is written as the user
//! `system:serviceaccount:NAMESPACE:default`. Kubernetes itself ships no such binding.
//!
//! ## Why it matters
//! A pod without `serviceAccountName` runs as `default`: a debug pod or a new workload gets these
//! rights without anybody giving them.
//!
//! ## How to fix
//! Create an account for the workload, name it in the pod and bind that.
//!
//! ## How others differ
//! KICS looks at RoleBindings alone, and none of them at the account written as a user. Kubescape excuses bindings
//! with the label `kubernetes.io/bootstrapping: rbac-defaults`.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: web
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: view
//! subjects:
//! - kind: ServiceAccount # <- here
//!   name: default
//! ```
//! ```yaml bad
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
//! - kind: User # <- here
//!   name: system:serviceaccount:shop:default
//!   apiGroup: rbac.authorization.k8s.io
//! ```
//! ```yaml good
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
//! # Matches nobody: in a ClusterRoleBinding an account needs its namespace.
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
//!   name: default
//! - kind: User
//!   name: default
//!   apiGroup: rbac.authorization.k8s.io
//! - kind: Group
//!   name: default
//!   apiGroup: rbac.authorization.k8s.io
//! ```

use crate::prelude::*;
use crate::support::rbac::{BINDINGS, Binding, Identity};

pub const CONTROL: Control = Control {
    id: "service-account/default-binding",
    title: "Rights for the default service account",
    severity: Medium,
    frameworks: &[
        cis("5.1.5"),
        aks("4.1.5"),
        aks("5.2.1"),
        eks("4.1.5"),
        eks("5.2.1"),
        nsa("auth/least-privilege"),
        mitre("T1078.001"),
        microsoft("MS-TA9016"),
        owasp("K02"),
    ],
    aliases: &[
        "checkov:CKV_K8S_42",
        "kubescape:C-0225",
        "kubescape:C-0239",
        "popeye:POP-308",
        "kics:Role-Binding-To-Default-Service-Account",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(BINDINGS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let Some(binding) = Binding::new(object, found.inventory()) else { return };
    for subject in binding.subjects() {
        if let Some(Identity::ServiceAccount { namespace, name: "default" }) = subject.identity() {
            let role = binding.role_name().text();
            found.at(
                &subject.field(),
                format!("every pod of {namespace} without an account of its own gets {role:?}: bind a named account"),
            );
        }
    }
}

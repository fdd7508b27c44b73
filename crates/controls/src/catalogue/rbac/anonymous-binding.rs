//! What is bound to the anonymous user is open to everybody who reaches the API server.
//!
//! ## What it checks
//! Subjects of every binding: the user `system:anonymous` and the group `system:unauthenticated`. Not
//! found: the ClusterRole `system:public-info-viewer`, which Kubernetes itself binds to them (health
//! and version); `system:service-account-issuer-discovery`, which is public keys and may be opened so
//! that others can verify tokens; the ConfigMap of `kube-public` that kubeadm opens for joining nodes.
//!
//! ## Why it matters
//! The API servers of many clusters stand on the internet, and scanners try them all day. Bindings to
//! anonymous users with rights as wide as cluster-admin have been used to take clusters over (Aqua,
//! RBAC Buster, 2023).
//!
//! ## How to fix
//! Take the subject out. For health checks use `/livez` and `/readyz`, which are open already.
//!
//! ## How others differ
//! Trivy's list misspells the kind ClusterRoleBinding, so that it never reports one. Both others report
//! a subject of the wrong kind, which matches nobody.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: open
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: view
//! subjects:
//! - kind: Group
//!   name: developers
//!   apiGroup: rbac.authorization.k8s.io
//! - kind: Group # <- here
//!   name: system:unauthenticated
//!   apiGroup: rbac.authorization.k8s.io
//! - kind: User # <- here
//!   name: system:anonymous
//!   apiGroup: rbac.authorization.k8s.io
//! ```
//! ```yaml fixed
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: open
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: view
//! subjects:
//! - kind: Group
//!   name: developers
//!   apiGroup: rbac.authorization.k8s.io
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: closed
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: view
//! subjects:
//! - kind: Group
//!   name: developers
//!   apiGroup: rbac.authorization.k8s.io
//! ```
//! ```yaml near-miss
//! # As Kubernetes and kubeadm ship it, and kinds that match nobody.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: system:public-info-viewer
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: system:public-info-viewer
//! subjects:
//! - kind: Group
//!   name: system:authenticated
//!   apiGroup: rbac.authorization.k8s.io
//! - kind: Group
//!   name: system:unauthenticated
//!   apiGroup: rbac.authorization.k8s.io
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: kubeadm:bootstrap-signer-clusterinfo
//!   namespace: kube-public
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: Role
//!   name: kubeadm:bootstrap-signer-clusterinfo
//! subjects:
//! - kind: User
//!   name: system:anonymous
//!   apiGroup: rbac.authorization.k8s.io
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
//! - kind: Group
//!   name: system:anonymous
//!   apiGroup: rbac.authorization.k8s.io
//! - kind: User
//!   name: system:unauthenticated
//!   apiGroup: rbac.authorization.k8s.io
//! ```

use crate::prelude::*;
use crate::support::rbac::{BINDINGS, Binding, Identity};

pub const CONTROL: Control = Control {
    id: "rbac/anonymous-binding",
    title: "Rights for whoever is not authenticated",
    severity: Critical,
    frameworks: &[
        nsa("auth/anonymous"),
        mitre("T1078.001"),
        mitre("T1613"),
        microsoft("MS-TA9029"),
        owasp("K02"),
        owasp("K09"),
    ],
    aliases: &["kubescape:C-0262", "trivy:KSV-0122", "kubesec:BindingsToSystemAnonymous"],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Object(BINDINGS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let Some(binding) = Binding::new(object, found.inventory()) else { return };
    let is_known = binding.refers_to_cluster_role("system:public-info-viewer")
        || binding.refers_to_cluster_role("system:service-account-issuer-discovery")
        || (binding.namespace() == Some("kube-public")
            && binding.role_kind() == "Role"
            && binding.role_name().is("kubeadm:bootstrap-signer-clusterinfo"));
    if is_known {
        return;
    }
    for subject in binding.subjects() {
        if let Some(
            Identity::User(name @ "system:anonymous") | Identity::Group(name @ "system:unauthenticated"),
        ) = subject.identity()
        {
            let role = binding.role_name().text();
            found
                .at(
                    &subject.field(),
                    format!("{name} is everybody without credentials: don't give it {role:?}"),
                )
                .unsafe_fix(remove(&subject.field()));
        }
    }
}

//! `system:masters` passes every check of RBAC and can't be taken back.
//!
//! ## What it checks
//! Subjects of every binding: the group `system:masters`. Not found: the binding `cluster-admin` that
//! Kubernetes ships.
//!
//! ## Why it matters
//! A member of this group is let through before any rule is read, by a certificate that nobody can
//! revoke. A binding to it adds nothing, and says that people work with such a certificate.
//!
//! ## How to fix
//! Take the subject out, and bind a group of people of one's own.
//!
//! ## How others differ
//! Trivy's list misspells the kind ClusterRoleBinding, so that it never reports one. Kubescape leaves
//! it to a person.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: operators
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: admin
//! subjects:
//! - kind: Group
//!   name: operators
//!   apiGroup: rbac.authorization.k8s.io
//! - kind: Group # <- here
//!   name: system:masters
//!   apiGroup: rbac.authorization.k8s.io
//! ```
//! ```yaml fixed
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: operators
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: admin
//! subjects:
//! - kind: Group
//!   name: operators
//!   apiGroup: rbac.authorization.k8s.io
//! ```
//! ```yaml bad
//! # Name and label of a component make it none.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: system:mine
//!   labels:
//!     kubernetes.io/bootstrapping: rbac-defaults
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: view
//! subjects:
//! - kind: Group # <- here
//!   name: system:masters
//!   apiGroup: rbac.authorization.k8s.io
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: operators
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: admin
//! subjects:
//! - kind: Group
//!   name: operators
//!   apiGroup: rbac.authorization.k8s.io
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: cluster-admin
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: cluster-admin
//! subjects:
//! - kind: Group
//!   name: system:masters
//!   apiGroup: rbac.authorization.k8s.io
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: user
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: view
//! subjects:
//! - kind: User
//!   name: system:masters
//!   apiGroup: rbac.authorization.k8s.io
//! ```

use crate::prelude::*;
use crate::support::rbac::{BINDINGS, Binding, Identity, is_shipped_binding};

pub const CONTROL: Control = Control {
    id: "rbac/masters-binding",
    title: "Binding to system:masters",
    severity: High,
    frameworks: &[
        cis("5.1.7"),
        nsa("auth/least-privilege"),
        mitre("T1098.006"),
        microsoft("MS-TA9019"),
        owasp("K02"),
    ],
    aliases: &["kubescape:C-0246", "trivy:KSV-0123"],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Object(BINDINGS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let Some(binding) = Binding::new(object, found.inventory()) else { return };
    if is_shipped_binding(&binding) {
        return;
    }
    for subject in binding.subjects() {
        if subject.identity() == Some(Identity::Group("system:masters")) {
            found
                .at(
                    &subject.field(),
                    "system:masters holds everything without this: bind a group of your own",
                )
                .unsafe_fix(remove(&subject.field()));
        }
    }
}

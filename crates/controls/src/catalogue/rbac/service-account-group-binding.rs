//! `system:serviceaccounts` is every pod, those to come too.
//!
//! ## What it checks
//! Bindings whose subject is the group `system:serviceaccounts`, or that of one namespace
//! (`system:serviceaccounts:shop`), and whose role is as `rbac/authenticated-binding` says.
//!
//! ## Why it matters
//! Who gets into any container of the namespace, or of the cluster, holds it. A new workload has it
//! without anybody asking.
//!
//! ## How to fix
//! Bind the service accounts that need it by name.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: all-pods
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: edit
//! subjects:
//! - kind: Group # <- here
//!   name: system:serviceaccounts:shop
//!   apiGroup: rbac.authorization.k8s.io
//! ```
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: all-pods
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: lister
//! subjects:
//! - kind: Group # <- here
//!   name: system:serviceaccounts
//!   apiGroup: rbac.authorization.k8s.io
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: lister
//! rules:
//! - apiGroups: [""]
//!   resources: ["secrets"]
//!   verbs: ["list"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: web
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: edit
//! subjects:
//! - kind: ServiceAccount
//!   name: web
//!   namespace: shop
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: pullers
//!   namespace: images
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: system:image-puller
//! subjects:
//! - kind: Group
//!   name: system:serviceaccounts:shop
//!   apiGroup: rbac.authorization.k8s.io
//! - kind: Group
//!   name: system:serviceaccountsteam
//!   apiGroup: rbac.authorization.k8s.io
//! ```

use crate::prelude::*;
use crate::support::power::excess;
use crate::support::rbac::{BINDINGS, Binding, Identity};

pub const CONTROL: Control = Control {
    id: "rbac/service-account-group-binding",
    title: "Powerful role for a group of service accounts",
    severity: High,
    frameworks: &[nsa("auth/least-privilege"), owasp("K02")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(BINDINGS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let Some(binding) = Binding::new(object, inventory) else { return };
    for subject in binding.subjects() {
        let Some(Identity::Group(group)) = subject.identity() else { continue };
        if is_accounts(group)
            && let Some(excess) = excess(&binding, inventory)
        {
            found.at(&subject.field(), format!("every pod in {group} may {excess}: bind who needs it"));
        }
    }
}

fn is_accounts(group: &str) -> bool {
    group == "system:serviceaccounts" || group.starts_with("system:serviceaccounts:")
}

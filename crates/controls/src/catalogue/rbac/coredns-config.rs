//! Who writes the ConfigMap of CoreDNS answers every name in the cluster.
//!
//! ## What it checks
//! `update` and `patch` on `configmaps` of every name, or on `coredns` or `coredns-custom` by name, in
//! a ClusterRole, or in a Role of `kube-system`. A ClusterRole that the scan shows bound in other
//! namespaces alone, and every role that aggregates it too, is not found.
//!
//! ## Why it matters
//! A few lines in the Corefile send the names of databases, registries and identity providers to
//! another address.
//!
//! ## How to fix
//! Name the ConfigMaps that are written, and bind the role in its own namespace.
//!
//! ## How others differ
//! Kubescape does not look at the namespace, so that a Role anywhere is reported, and knows no other name than
//! `coredns`.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: configurer
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"] # <- here
//!   verbs: ["get", "update"]
//! ---
//! # Bound in shop, but whoever holds edit has it too.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: added
//!   labels:
//!     rbac.authorization.k8s.io/aggregate-to-edit: "true"
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"] # <- here
//!   verbs: ["update"]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: added
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: added
//! subjects:
//! - kind: ServiceAccount
//!   name: added
//! ```
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: configurer
//!   namespace: kube-system
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"] # <- here
//!   resourceNames: ["coredns"]
//!   verbs: ["patch"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: configurer
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   resourceNames: ["web-settings"]
//!   verbs: ["update"]
//! ```
//! ```yaml near-miss
//! # Bound in its own namespace alone.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: configurer
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   verbs: ["update"]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: configurer
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: configurer
//! subjects:
//! - kind: ServiceAccount
//!   name: configurer
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: other
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   verbs: ["update"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, granted};
use crate::support::rbac::{ROLES, Resource, is_shipped_role, reaches};

pub const CONTROL: Control = Control {
    id: "rbac/coredns-config",
    title: "Role may change the cluster's DNS",
    severity: Medium,
    frameworks: &[nsa("auth/least-privilege"), microsoft("MS-TA9035"), owasp("K02")],
    aliases: &["kubescape:C-0037"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["update", "patch"],
    resources: &[Resource::namespaced("", "configmaps")],
    names: Names::Irrelevant,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if is_shipped_role(role) {
        return;
    }
    for granted in granted(role, &GRANT, found) {
        let reaches_dns = !granted.rule.is_named()
            || granted.rule.names().any(|name| matches!(name, "coredns" | "coredns-custom"));
        if reaches_dns && reaches(role, "kube-system", found.inventory()) {
            found.at(
                &granted.item,
                format!("{}, and so on CoreDNS's: name the ConfigMaps in resourceNames", granted.says()),
            );
        }
    }
}

//! On EKS, who writes the ConfigMap `aws-auth` is cluster-admin.
//!
//! ## What it checks
//! `update` and `patch` on the ConfigMap `aws-auth` by name, in a ClusterRole or in a Role of
//! `kube-system`; on ConfigMaps of every name, where the scan holds that ConfigMap. A ClusterRole that
//! the scan shows bound in other namespaces alone, and every role that aggregates it too, is not found.
//! `create` by name grants nothing.
//!
//! ## Why it matters
//! `aws-auth` says which AWS identities belong to which groups. An entry with `system:masters` makes
//! its writer, from any machine, what no RBAC can bound.
//!
//! ## How to fix
//! Move to EKS access entries (authentication mode `API`) and leave this right to who runs the cluster.
//!
//! ## How others differ
//! Trivy takes the name in every namespace, counts `create` and the verbs of deletion too, and passes rules without
//! names.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: mapper
//!   namespace: kube-system
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"] # <- here
//!   resourceNames: ["aws-auth"]
//!   verbs: ["get", "patch"]
//! ```
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: mapper
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"] # <- here
//!   verbs: ["update"]
//! ---
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: aws-auth
//!   namespace: kube-system
//! data: {}
//! ```
//! ```yaml bad
//! # Bound in shop, and by the role that aggregates it everywhere.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: mapper
//!   labels:
//!     part-of: operator
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"] # <- here
//!   resourceNames: ["aws-auth"]
//!   verbs: ["patch"]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: RoleBinding
//! metadata:
//!   name: mapper
//!   namespace: shop
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: mapper
//! subjects:
//! - kind: ServiceAccount
//!   name: mapper
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: operator
//! aggregationRule:
//!   clusterRoleSelectors:
//!   - matchLabels:
//!       part-of: operator
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRoleBinding
//! metadata:
//!   name: operator
//! roleRef:
//!   apiGroup: rbac.authorization.k8s.io
//!   kind: ClusterRole
//!   name: operator
//! subjects:
//! - kind: ServiceAccount
//!   name: operator
//!   namespace: shop
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: mapper
//!   namespace: kube-system
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   resourceNames: ["aws-auth"]
//!   verbs: ["get"]
//! ```
//! ```yaml near-miss
//! # Another namespace, another name, and a verb that has no name to match.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: mapper
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   resourceNames: ["aws-auth"]
//!   verbs: ["patch"]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: mapper
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   resourceNames: ["aws-auth-backup"]
//!   verbs: ["patch"]
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   resourceNames: ["aws-auth"]
//!   verbs: ["create"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, granted};
use crate::support::rbac::{ROLES, Resource, is_shipped_role, reaches};

pub const CONTROL: Control = Control {
    id: "rbac/aws-auth",
    title: "Role may write the aws-auth ConfigMap",
    severity: Critical,
    frameworks: &[
        nsa("auth/least-privilege"),
        mitre("T1098.006"),
        microsoft("MS-TA9019"),
        owasp("K02"),
        owasp("K08"),
    ],
    aliases: &["trivy:KSV-0115"],
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
    let inventory = found.inventory();
    if is_shipped_role(role) {
        return;
    }
    let is_eks = inventory.find("", "ConfigMap", "kube-system", "aws-auth").is_some();
    for granted in granted(role, &GRANT, found) {
        let names_it = granted.rule.names().any(|name| name == "aws-auth");
        let takes_it = names_it || (is_eks && !granted.rule.is_named());
        if takes_it && reaches(role, "kube-system", inventory) {
            found.at(
                &granted.item,
                format!(
                    "{}, aws-auth among them: who writes it is cluster-admin; leave it out",
                    granted.says()
                ),
            );
        }
    }
}

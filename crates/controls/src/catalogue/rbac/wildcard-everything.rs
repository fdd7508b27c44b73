//! A role grants every verb on every resource.
//!
//! ## What it checks
//! Rules of Roles and ClusterRoles with `*` in `verbs`, `resources` and `apiGroups` at once: what `cluster-admin`
//! holds, in the whole cluster or in one namespace. With `resourceNames` it isn't everything. In the profile `all`
//! alone, since `rbac/wildcard-verb` and `rbac/wildcard-resource` point at the same rule.
//!
//! ## Why it matters
//! Whoever is bound to it owns the cluster, or the namespace.
//!
//! ## How to fix
//! Name what is used, or bind `admin` in one namespace.
//!
//! ## How others differ
//! Kubescape finds the same in the core group alone too, and only roles that are bound.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata: {name: root}
//! rules:
//! - apiGroups: ["*"] # <- here
//!   resources: ["*"]
//!   verbs: ["*"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata: {name: deployer}
//! rules:
//! - apiGroups: ["apps"]
//!   resources: ["deployments"]
//!   verbs: ["get", "list", "patch"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata: {name: wide}
//! rules:
//! - apiGroups: [""]
//!   resources: ["*"]
//!   verbs: ["*"]
//! - apiGroups: ["*"]
//!   resources: ["*"]
//!   resourceNames: ["web"]
//!   verbs: ["*"]
//! ```

use crate::prelude::*;
use crate::support::rbac::{ROLES, is_shipped_role, written_rules};

pub const CONTROL: Control = Control {
    id: "rbac/wildcard-everything",
    title: "Everything of everything",
    severity: High,
    frameworks: &[cis("5.1.3"), aks("4.1.3"), eks("4.1.3"), nsa("auth/least-privilege"), owasp("K02")],
    aliases: &["trivy:KSV-0044", "kubescape:C-0187"],
    profiles: &[],
    fix: None,
    check: Check::Object(ROLES, check),
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if is_shipped_role(role) {
        return;
    }
    for rule in written_rules(role) {
        let field = rule.field();
        if !rule.is_named()
            && ["verbs", "resources", "apiGroups"].iter().all(|list| field.key(list).contains("*"))
        {
            found
                .at(&field, "the rule grants everything: name the groups, resources and verbs that are used");
        }
    }
}

//! A label adds a role's rules to `view`, `edit` or `admin`, and so to all who hold those.
//!
//! ## What it checks
//! ClusterRoles with a label `rbac.authorization.k8s.io/aggregate-to-view`, `-edit` or `-admin` of
//! value `"true"`, by the rules they have, aggregated ones too. Into `view`: any verb other than `get`,
//! `list` and `watch`, on URLs too, and any at all on Secrets, on pods' exec, attach, port-forward and
//! proxy, on services' and nodes' proxy. Into `edit`, which is in `admin`: `bind`, `escalate`,
//! impersonation of users and groups, `nodes/proxy`, and writing roles or bindings, those of the cluster
//! too. Into `admin`: those but for writing roles and bindings, which it does in its namespace.
//!
//! ## Why it matters
//! No binding shows it: everyone bound to the default role has the new rights at once. `view` is given
//! away on the promise that it changes nothing and shows no Secret.
//!
//! ## How to fix
//! Aggregate into the role whose promise the rules keep, or bind them by themselves.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: shop-view
//!   labels:
//!     rbac.authorization.k8s.io/aggregate-to-view: "true" # <- here
//! rules:
//! - apiGroups: ["shop.example.com"]
//!   resources: ["orders"]
//!   verbs: ["get", "delete"]
//! ```
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: shop-edit
//!   labels:
//!     rbac.authorization.k8s.io/aggregate-to-edit: "true" # <- here
//! rules:
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterroles"]
//!   verbs: ["bind"]
//! ```
//! ```yaml bad
//! # The files of a node, by rules that come from another role; and bindings in the whole cluster.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: shop-view
//!   labels:
//!     rbac.authorization.k8s.io/aggregate-to-view: "true" # <- here
//! aggregationRule:
//!   clusterRoleSelectors:
//!   - matchLabels:
//!       part-of: shop-view
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: urls
//!   labels:
//!     rbac.authorization.k8s.io/aggregate-to-view: "true" # <- here
//! rules:
//! - nonResourceURLs: ["/hooks"]
//!   verbs: ["post"]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: part
//!   labels:
//!     part-of: shop-view
//! rules:
//! - apiGroups: [""]
//!   resources: ["nodes/proxy"]
//!   verbs: ["get"]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: shop-edit
//!   labels:
//!     rbac.authorization.k8s.io/aggregate-to-edit: "true" # <- here
//! rules:
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterrolebindings"]
//!   verbs: ["create"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: shop-view
//!   labels:
//!     rbac.authorization.k8s.io/aggregate-to-view: "true"
//! rules:
//! - apiGroups: ["shop.example.com"]
//!   resources: ["orders"]
//!   verbs: ["get", "list", "watch"]
//! - nonResourceURLs: ["/metrics"]
//!   verbs: ["get"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: shop-edit
//!   labels:
//!     rbac.authorization.k8s.io/aggregate-to-edit: "true"
//!     rbac.authorization.k8s.io/aggregate-to-view: "false"
//! rules:
//! - apiGroups: ["shop.example.com"]
//!   resources: ["orders"]
//!   verbs: ["*"]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: shop-secrets
//!   labels:
//!     rbac.authorization.k8s.io/aggregate-to-view: "true"
//! rules:
//! - apiGroups: ["shop.example.com"]
//!   resources: ["secrets"]
//!   verbs: ["get"]
//! ```

use crate::prelude::*;
use crate::support::rbac::{GROUP, Resource, Rule, effective_rules, is_shipped_role};

pub const CONTROL: Control = Control {
    id: "rbac/aggregated-to-default-role",
    title: "Rights smuggled into a default role",
    severity: High,
    frameworks: &[
        cis("5.1.8"),
        aks("4.1.7"),
        eks("4.1.8"),
        nsa("auth/least-privilege"),
        mitre("T1098.006"),
        microsoft("MS-TA9019"),
        owasp("K02"),
    ],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new(GROUP, "ClusterRole")], check),
};

/// What nobody should get by aggregation.
const ESCALATION: &[(&[&str], Resource)] = &[
    (&["bind", "escalate"], Resource::namespaced(GROUP, "roles")),
    (&["bind", "escalate"], Resource::namespaced(GROUP, "clusterroles")),
    (&["impersonate"], Resource::cluster("", "users")),
    (&["impersonate"], Resource::cluster("", "groups")),
    (&["get", "create"], Resource::cluster("", "nodes/proxy")),
];

/// What `admin` has in its namespace and `edit` has not.
const ACCESS: &[(&[&str], Resource)] = &[
    (&["create", "update", "patch"], Resource::namespaced(GROUP, "roles")),
    (&["create", "update", "patch"], Resource::namespaced(GROUP, "rolebindings")),
    (&["create", "update", "patch"], Resource::cluster(GROUP, "clusterroles")),
    (&["create", "update", "patch"], Resource::cluster(GROUP, "clusterrolebindings")),
];

/// What `view` doesn't even read.
const CLOSED: &[Resource] = &[
    Resource::namespaced("", "secrets"),
    Resource::namespaced("", "pods/exec"),
    Resource::namespaced("", "pods/attach"),
    Resource::namespaced("", "pods/portforward"),
    Resource::namespaced("", "pods/proxy"),
    Resource::namespaced("", "services/proxy"),
];

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if is_shipped_role(role) {
        return;
    }
    let inventory = found.inventory();
    for (label, into, excess) in [
        (
            "rbac.authorization.k8s.io/aggregate-to-view",
            "view",
            beyond_view as fn(&Rule<'_>) -> Option<String>,
        ),
        ("rbac.authorization.k8s.io/aggregate-to-edit", "edit", beyond_edit),
        ("rbac.authorization.k8s.io/aggregate-to-admin", "admin", beyond_admin),
    ] {
        let label = role.label(label);
        if label.is("true")
            && let Some(excess) = effective_rules(role, inventory).iter().find_map(excess)
        {
            found
                .at(&label, format!("whoever holds {into} may now {excess}: bind these rules by themselves"));
        }
    }
}

fn beyond_view(rule: &Rule<'_>) -> Option<String> {
    let urls = rule.field().get("nonResourceURLs");
    let resource = rule.resources().chain(urls.strings()).next()?;
    let verb = rule.field().get("verbs").strings().find(|verb| !matches!(*verb, "get" | "list" | "watch"));
    if let Some(verb) = verb {
        return Some(format!("{verb} {resource}"));
    }
    let closed = rule.field().get("verbs").strings().find_map(|verb| {
        let closed = CLOSED.iter().find(|resource| rule.grants(verb, resource).is_some())?;
        Some(format!("{verb} {}", closed.name))
    });
    closed.or_else(|| beyond_edit(rule))
}

fn beyond_edit(rule: &Rule<'_>) -> Option<String> {
    beyond_admin(rule).or_else(|| any_of(rule, ACCESS))
}

fn beyond_admin(rule: &Rule<'_>) -> Option<String> {
    any_of(rule, ESCALATION)
}

fn any_of(rule: &Rule<'_>, grants: &[(&[&str], Resource)]) -> Option<String> {
    grants.iter().find_map(|(verbs, resource)| {
        let verb = verbs.iter().find(|verb| rule.grants(verb, resource).is_some())?;
        Some(format!("{verb} {}", resource.name))
    })
}

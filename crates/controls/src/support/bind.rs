//! `bind`: the right to give roles out.

use plimsoll_engine::Findings;
use plimsoll_kubernetes::{Inventory, Object};

use super::grants::{Grant, Granted, Names, granted};
use super::power::is_admin;
use super::rbac::{GROUP, Resource, effective_rules};

/// The authorizer is asked for `bind` in the namespace of the binding, for ClusterRoles too: a Role
/// can grant it for the RoleBindings of its namespace.
const BIND: Grant = Grant {
    verbs: &["bind"],
    resources: &[Resource::namespaced(GROUP, "roles"), Resource::namespaced(GROUP, "clusterroles")],
    names: Names::Irrelevant,
};

/// Where a role may bind roles of every name, or one that amounts to cluster-admin.
pub(crate) fn dangerous_binds<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) -> Vec<Granted<'d>> {
    let inventory = found.inventory();
    let mut binds = granted(role, &BIND, found);
    binds.retain(|granted| {
        gives_out(granted, "roles", "Role", inventory) || gives_out_cluster_roles(granted, inventory)
    });
    binds
}

/// Whether a dangerous `bind` is one of ClusterRoles: a ClusterRoleBinding can't refer to a Role.
pub(crate) fn gives_out_cluster_roles<'d>(granted: &Granted<'d>, inventory: &Inventory<'d>) -> bool {
    gives_out(granted, "clusterroles", "ClusterRole", inventory)
}

fn gives_out<'d>(granted: &Granted<'d>, resource: &str, kind: &str, inventory: &Inventory<'d>) -> bool {
    let rule = &granted.rule;
    rule.resource(resource).is_some()
        && (!rule.is_named() || rule.names().any(|name| is_powerful(name, kind, inventory)))
}

/// Whether a role is known to amount to cluster-admin, or to be one of the control plane's own.
fn is_powerful<'d>(name: &str, kind: &str, inventory: &Inventory<'d>) -> bool {
    let is_known = kind == "ClusterRole"
        && (name == "cluster-admin"
            || name == "system:kube-controller-manager"
            || name.starts_with("system:controller:"));
    is_known || inventory.named(GROUP, kind, name).any(|role| is_admin(&effective_rules(role, inventory)))
}

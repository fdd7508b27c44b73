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
        let takes_in = |resource| granted.rule.resource(resource).is_some();
        !granted.rule.is_named()
            || granted.rule.names().any(|name| {
                (takes_in("clusterroles") && is_powerful(name, "ClusterRole", inventory))
                    || (takes_in("roles") && is_powerful(name, "Role", inventory))
            })
    });
    binds
}

/// Whether a role is known to amount to cluster-admin, or to be one of the control plane's own.
fn is_powerful<'d>(name: &str, kind: &str, inventory: &Inventory<'d>) -> bool {
    let is_known = kind == "ClusterRole"
        && (name == "cluster-admin"
            || name == "system:kube-controller-manager"
            || name.starts_with("system:controller:"));
    is_known || inventory.named(GROUP, kind, name).any(|role| is_admin(&effective_rules(role, inventory)))
}

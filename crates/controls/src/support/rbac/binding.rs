//! Bindings of roles to subjects.

use plimsoll_kubernetes::{Field, Inventory, Object};

use super::{BINDINGS, GROUP, Identity, Rule, Subject, effective_rules};

/// A RoleBinding or a ClusterRoleBinding.
#[derive(Clone, Copy)]
pub(crate) struct Binding<'d> {
    object: Object<'d>,
    namespace: Option<&'d str>,
}

impl<'d> Binding<'d> {
    /// `None` for an object of another kind.
    pub fn new(object: &Object<'d>, inventory: &Inventory<'d>) -> Option<Self> {
        let namespace = if object.is(GROUP, "ClusterRoleBinding") {
            None
        } else if object.is(GROUP, "RoleBinding") {
            Some(inventory.namespace_of(object))
        } else {
            return None;
        };
        Some(Binding { object: *object, namespace })
    }

    /// Every binding that was read.
    pub fn all<'i>(inventory: &'i Inventory<'d>) -> impl Iterator<Item = Binding<'d>> + use<'i, 'd> {
        BINDINGS.iter().flat_map(move |kind| {
            inventory.of_kind(kind.group, kind.kind).filter_map(move |object| Binding::new(object, inventory))
        })
    }

    /// The namespace it grants in; `None` where it grants everywhere.
    pub fn namespace(&self) -> Option<&'d str> {
        self.namespace
    }

    pub fn is_cluster_wide(&self) -> bool {
        self.namespace.is_none()
    }

    pub fn role_kind(&self) -> &'d str {
        self.object.get("roleRef.kind").text()
    }

    pub fn role_name(&self) -> Field<'d> {
        self.object.get("roleRef.name")
    }

    pub fn refers_to_cluster_role(&self, name: &str) -> bool {
        self.role_kind() == "ClusterRole" && self.role_name().is(name)
    }

    /// The role it refers to, where that was read. A ClusterRoleBinding can't refer to a Role.
    pub fn role<'i>(&self, inventory: &'i Inventory<'d>) -> Option<&'i Object<'d>> {
        self.roles(inventory).next()
    }

    /// All that were read of that name: of the variants of a manifest, any may be the one in force.
    fn roles<'i>(&self, inventory: &'i Inventory<'d>) -> impl Iterator<Item = &'i Object<'d>> + use<'i, 'd> {
        let kind = self.role_kind();
        let namespace = match (kind, self.namespace) {
            ("ClusterRole", _) => Some(""),
            ("Role", namespace) => namespace,
            _ => None,
        };
        inventory
            .named(GROUP, kind, self.role_name().text())
            .filter(move |role| namespace == Some(inventory.namespace_of(role)))
    }

    /// What its role grants, where that was read.
    pub fn rules(&self, inventory: &Inventory<'d>) -> Option<Vec<Rule<'d>>> {
        let mut roles = self.roles(inventory).peekable();
        roles.peek()?;
        Some(roles.flat_map(|role| effective_rules(role, inventory)).collect())
    }

    pub fn subjects(&self) -> impl Iterator<Item = Subject<'d>> + use<'d> {
        let namespace = self.namespace;
        self.object.get("subjects").items().map(move |field| Subject { field, namespace })
    }

    /// Whether any subject can stand for anybody.
    pub fn matches_somebody(&self) -> bool {
        self.subjects().any(|subject| subject.identity().is_some())
    }
}

/// Whether Kubernetes itself, or kubeadm, ships a binding to cluster-admin.
pub(crate) fn is_shipped_binding(binding: &Binding<'_>) -> bool {
    let only_group = match binding.object.name() {
        "cluster-admin" => "system:masters",
        "kubeadm:cluster-admins" => "kubeadm:cluster-admins",
        _ => return false,
    };
    binding.is_cluster_wide()
        && binding.refers_to_cluster_role("cluster-admin")
        && binding.subjects().all(|subject| subject.identity() == Some(Identity::Group(only_group)))
}

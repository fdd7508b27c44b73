//! Bindings: who holds which role, and where.

use plimsoll_kubernetes::{Field, Object};

use crate::{ShippedRole, Subject};

/// A RoleBinding or a ClusterRoleBinding.
pub struct Binding<'d> {
    object: Object<'d>,
    namespace: &'d str,
    role: RoleReference,
    subjects: Vec<Subject<'d>>,
    unreadable: Vec<Field<'d>>,
}

/// What a `roleRef` leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RoleReference {
    /// A role by its number, in the list of its kind.
    Role(usize),
    ClusterRole(usize),
    /// Not read, but every cluster has it.
    Shipped(ShippedRole),
    /// Not read: nobody knows what it grants.
    Missing,
    /// Nothing that the API server would follow: a kind that isn't one, a Role for the whole cluster.
    Nothing,
}

impl<'d> Binding<'d> {
    pub(crate) fn read(object: Object<'d>, namespace: &'d str, role: RoleReference) -> Self {
        let mut binding = Binding { object, namespace, role, subjects: Vec::new(), unreadable: Vec::new() };
        let subjects = object.get("subjects");
        if subjects.exists() && !subjects.is_sequence() {
            binding.unreadable.push(subjects);
        }
        for field in subjects.items() {
            match Subject::read(field, namespace, object.version() == "v1alpha1") {
                Some(subject) => binding.subjects.push(subject),
                None => binding.unreadable.push(field),
            }
        }
        binding
    }

    pub fn object(&self) -> Object<'d> {
        self.object
    }

    pub fn name(&self) -> &'d str {
        self.object.name()
    }

    /// The namespace that it grants in; empty for a ClusterRoleBinding, which grants everywhere.
    pub fn namespace(&self) -> &'d str {
        self.namespace
    }

    pub fn is_cluster_wide(&self) -> bool {
        self.namespace.is_empty()
    }

    /// `Role` or `ClusterRole`, as written.
    pub fn role_kind(&self) -> &'d str {
        self.object.get("roleRef.kind").text()
    }

    pub fn role_name(&self) -> &'d str {
        self.object.get("roleRef.name").text()
    }

    pub fn subjects(&self) -> &[Subject<'d>] {
        &self.subjects
    }

    pub(crate) fn role(&self) -> RoleReference {
        self.role
    }

    /// Subjects that could not be read: they may be anybody.
    pub(crate) fn unreadable(&self) -> &[Field<'d>] {
        &self.unreadable
    }
}

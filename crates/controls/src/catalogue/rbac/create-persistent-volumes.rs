//! A persistent volume can be a folder of the node that Pod Security would refuse.
//!
//! ## What it checks
//! `create` on `persistentvolumes`, in ClusterRoles. A Role can't grant it: volumes stand outside
//! namespaces.
//!
//! ## Why it matters
//! A PersistentVolume of type hostPath, claimed and mounted, shows any folder of the node to a pod
//! whose own spec has no hostPath in it.
//!
//! ## How to fix
//! Let a storage class provision volumes; leave this to provisioners, with a waiver that says so.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: storage
//! rules:
//! - apiGroups: [""]
//!   resources: ["persistentvolumes"] # <- here
//!   verbs: ["create", "get"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: storage
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["persistentvolumeclaims"]
//!   verbs: ["create"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: storage
//! rules:
//! - apiGroups: [""]
//!   resources: ["persistentvolumes"]
//!   verbs: ["get", "list", "update"]
//! - apiGroups: [""]
//!   resources: ["persistentvolumes/status"]
//!   verbs: ["create"]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: storage
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["persistentvolumes"]
//!   verbs: ["create"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/create-persistent-volumes",
    title: "Role may create persistent volumes",
    severity: Medium,
    frameworks: &[
        cis("5.1.9"),
        aks("4.1.8"),
        eks("4.1.9"),
        nsa("auth/least-privilege"),
        mitre("T1611"),
        microsoft("MS-TA9013"),
        owasp("K02"),
    ],
    aliases: &["kubescape:C-0278"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["create"],
    resources: &[Resource::cluster("", "persistentvolumes")],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "a volume can be any folder of a node: leave it to the provisioner", found);
}

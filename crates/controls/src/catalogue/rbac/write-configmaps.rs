//! Who writes ConfigMaps changes what programs do without touching them.
//!
//! ## What it checks
//! `create`, `update`, `patch`, `delete` and `deletecollection` on `configmaps`, over objects of every
//! name.
//!
//! ## Why it matters
//! Configuration names databases, identity providers and scripts that run at start. Many controllers
//! keep their state in ConfigMaps and hold this, so the control is in no profile; `rbac/coredns-config`
//! and `rbac/aws-auth` speak of the two that matter most.
//!
//! ## How to fix
//! Name the ConfigMaps in `resourceNames`. For leader election use Leases.
//!
//! ## How others differ
//! Trivy does not look at names.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: configurer
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"] # <- here
//!   verbs: ["get", "update"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: configurer
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   resourceNames: ["web-settings"]
//!   verbs: ["update"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: configurer
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   verbs: ["get", "list", "watch"]
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   resourceNames: ["web-settings"]
//!   verbs: ["create"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/write-configmaps",
    title: "Role may write every ConfigMap",
    severity: Medium,
    frameworks: &[nsa("auth/least-privilege"), microsoft("MS-TA9035"), owasp("K02")],
    aliases: &["trivy:KSV-0049"],
    profiles: &[],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["create", "update", "patch", "delete", "deletecollection"],
    resources: &[Resource::namespaced("", "configmaps")],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "name the ConfigMaps in resourceNames", found);
}

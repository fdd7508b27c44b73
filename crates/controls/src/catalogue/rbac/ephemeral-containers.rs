//! A debug container is exec with an image of one's own.
//!
//! ## What it checks
//! `update` and `patch` on `pods/ephemeralcontainers`, written as such, as `*/ephemeralcontainers` or
//! as `*`.
//!
//! ## Why it matters
//! The container joins a running pod, shares its network, may mount its volumes and gets its service
//! account token; with `targetContainerName` it sees the other's processes. It needs none of the
//! permissions for exec to be harmful.
//!
//! ## How to fix
//! Grant it where people debug, to people, for a limited time.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: debugger
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods/ephemeralcontainers"] # <- here
//!   verbs: ["patch"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: debugger
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods"]
//!   verbs: ["get"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: debugger
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods/ephemeralcontainers"]
//!   verbs: ["get", "create"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/ephemeral-containers",
    title: "Role may add debug containers to pods",
    severity: High,
    frameworks: &[nsa("auth/least-privilege"), mitre("T1610"), microsoft("MS-TA9011"), owasp("K02")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["update", "patch"],
    resources: &[Resource::namespaced("", "pods/ephemeralcontainers")],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "a debug container joins the pod with any image: leave it out", found);
}

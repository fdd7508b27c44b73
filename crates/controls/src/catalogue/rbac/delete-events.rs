//! Deleted events take the traces along.
//!
//! ## What it checks
//! `delete` and `deletecollection` on `events`, in the core group and in `events.k8s.io`, which are two
//! doors to the same objects.
//!
//! ## Why it matters
//! Events tell which pods were made, which images were pulled and which probes failed. Nothing in a
//! running system needs to delete them: they expire by themselves after an hour.
//!
//! ## How to fix
//! Leave out the verb.
//!
//! ## How others differ
//! Kubescape looks at the core group alone.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: recorder
//! rules:
//! - apiGroups: ["events.k8s.io"]
//!   resources: ["events"] # <- here
//!   verbs: ["create", "deletecollection"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: recorder
//! rules:
//! - apiGroups: ["", "events.k8s.io"]
//!   resources: ["events"]
//!   verbs: ["create", "patch"]
//! ```
//! ```yaml near-miss
//! # The events of another API.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: recorder
//! rules:
//! - apiGroups: ["eventing.example.com"]
//!   resources: ["events"]
//!   verbs: ["delete"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/delete-events",
    title: "Role may delete events",
    severity: Medium,
    frameworks: &[nsa("auth/least-privilege"), mitre("T1070"), microsoft("MS-TA9022"), owasp("K02")],
    aliases: &["kubescape:C-0031"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["delete", "deletecollection"],
    resources: &[Resource::namespaced("", "events"), Resource::namespaced("events.k8s.io", "events")],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "events expire by themselves: leave it out", found);
}

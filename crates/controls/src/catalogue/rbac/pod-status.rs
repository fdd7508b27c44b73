//! The status of a pod decides whether traffic reaches it and where it goes.
//!
//! ## What it checks
//! `update` and `patch` on `pods/status`, written as such, as `*/status` or as `*`, over pods of every
//! name.
//!
//! ## Why it matters
//! Endpoints are made from `status.podIP` and the Ready condition: who writes them draws a service's
//! traffic to another address, or ends it. Programs that set a readiness gate hold this for pods of
//! every name, because names of pods change.
//!
//! ## How to fix
//! Keep it to a Role in the namespaces where the gate is used.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: gate
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods/status"] # <- here
//!   verbs: ["patch"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: gate
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods"]
//!   verbs: ["get", "list"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: gate
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods/status"]
//!   verbs: ["get"]
//! - apiGroups: ["apps"]
//!   resources: ["*/status"]
//!   verbs: ["update"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/pod-status",
    title: "Role may write the status of pods",
    severity: Medium,
    frameworks: &[nsa("auth/least-privilege"), owasp("K02")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["update", "patch"],
    resources: &[Resource::namespaced("", "pods/status")],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(
        role,
        &GRANT,
        "it can lead a service's traffic elsewhere: leave it out or keep it to one namespace",
        found,
    );
}

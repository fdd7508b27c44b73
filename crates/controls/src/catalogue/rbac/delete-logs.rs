//! `delete` on `pods/log` exists nowhere, and says what somebody meant to grant.
//!
//! ## What it checks
//! `delete`, `deletecollection` and `*` on `pods/log` or `*/log` of the core group, by that name.
//!
//! ## Why it matters
//! The API server serves `pods/log` for reading alone, so the rule grants nothing today. Logs go with
//! their pod: who may delete pods deletes them.
//!
//! ## How to fix
//! Leave the verb out, and send logs to a place outside the cluster.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: cleaner
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods/log"] # <- here
//!   verbs: ["get", "delete"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: cleaner
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods/log"]
//!   verbs: ["get"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: cleaner
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods"]
//!   verbs: ["delete"]
//! - apiGroups: ["example.com"]
//!   resources: ["pods/log"]
//!   verbs: ["delete"]
//! ```

use crate::prelude::*;
use crate::support::rbac::{ROLES, is_shipped_role, written_rules};

pub const CONTROL: Control = Control {
    id: "rbac/delete-logs",
    title: "Role may delete logs of pods",
    severity: Low,
    frameworks: &[nsa("auth/least-privilege"), owasp("K02")],
    aliases: &["trivy:KSV-0042"],
    profiles: &[],
    fix: None,
    check: Check::Object(ROLES, check),
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if is_shipped_role(role) {
        return;
    }
    for rule in written_rules(role) {
        let deletes = rule.verb("delete").or_else(|| rule.verb("deletecollection"));
        let item = rule.resource("pods/log").filter(|item| !item.is("*"));
        if let (Some(_), Some(_), Some(item)) = (deletes, rule.group(""), item) {
            found.at(&item, "grants deletion of logs, which the API doesn't have: leave the verb out");
        }
    }
}

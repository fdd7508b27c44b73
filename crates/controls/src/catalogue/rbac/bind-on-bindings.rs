//! A role grants the verb bind on bindings, where it does nothing.
//!
//! ## What it checks
//! `bind` by name on `rolebindings` or `clusterrolebindings` of `rbac.authorization.k8s.io`, by name, in every Role and
//! ClusterRole.
//!
//! ## Why it matters
//! The API server asks for `bind` on the role that is given out, not on the binding. Who wrote the rule meant to let
//! its holder give out roles, which is how rights are escalated; the next edit may make it work.
//!
//! ## How to fix
//! Remove the verb. Where roles must be given out, grant `bind` on `clusterroles` with the harmless ones in
//! `resourceNames`.
//!
//! ## How others differ
//! Checkov takes this for the dangerous rule, and misses `bind` on roles, which is `rbac/bind`. It takes the verb `*`
//! on bindings for it too, which gives no `bind`, but lets bindings be written: that is `rbac/write-role-bindings`.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata: {name: granter}
//! rules:
//! - apiGroups: [rbac.authorization.k8s.io]
//!   resources: [rolebindings, clusterrolebindings] # <- here
//!   verbs: [create, bind]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata: {name: reader}
//! rules:
//! - apiGroups: [rbac.authorization.k8s.io]
//!   resources: [rolebindings]
//!   verbs: [get, list, watch]
//! ```
//! ```yaml near-miss
//! # Works, for one harmless role.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata: {name: granter}
//! rules:
//! - apiGroups: [rbac.authorization.k8s.io]
//!   resources: [clusterroles]
//!   resourceNames: [view]
//!   verbs: [bind]
//! - apiGroups: [rbac.authorization.k8s.io]
//!   resources: [rolebindings]
//!   verbs: [create]
//! ```

use crate::prelude::*;
use crate::support::rbac::{GROUP, ROLES, is_shipped_role, written_rules};

pub const CONTROL: Control = Control {
    id: "rbac/bind-on-bindings",
    title: "The verb bind on bindings",
    severity: Low,
    frameworks: &[nsa("auth/least-privilege"), owasp("K02")],
    aliases: &["checkov:CKV_K8S_157", "checkov:CKV2_K8S_1"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if is_shipped_role(role) {
        return;
    }
    for rule in written_rules(role) {
        let binds = rule.verb("bind").is_some_and(|verb| !verb.is("*"));
        let bindings = ["rolebindings", "clusterrolebindings"]
            .into_iter()
            .find_map(|name| rule.resource(name).filter(|item| item.is(name)));
        if let (true, Some(_), Some(item)) = (binds, rule.group(GROUP), bindings) {
            found.at(&item, "grants bind on bindings, which is asked for on roles alone: remove the verb");
        }
    }
}

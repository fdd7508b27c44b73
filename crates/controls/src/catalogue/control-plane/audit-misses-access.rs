//! An audit log that doesn't say who went into a pod.
//!
//! ## What it checks
//! An audit Policy: `exec`, `attach`, `portforward` and `proxy` of pods and services, the making of pods and workloads, and
//! changes of roles and bindings by anyone must be logged, at `Metadata` at least.
//!
//! ## Why it matters
//! A shell in a pod leaves no trace but this one.
//!
//! ## How to fix
//! End the rules with `level: Metadata` for everything.
//!
//! ```yaml bad
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules: # <- here
//! - level: Metadata
//!   resources: [{group: "", resources: [secrets, pods]}]
//! ```
//! ```yaml good
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules:
//! - level: None
//!   nonResourceURLs: [/healthz*]
//! - level: Metadata
//! ```
//! ```yaml near-miss
//! # Named one by one, with wildcards.
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules:
//! - level: Request
//!   resources:
//!   - {group: "", resources: [pods, "pods/*", "services/*"]}
//!   - {group: apps}
//!   - {group: rbac.authorization.k8s.io}
//! ```

use crate::prelude::*;
use crate::support::audit::{self, Level};

pub const CONTROL: Control = Control {
    id: "control-plane/audit-misses-access",
    title: "Audit policy that does not see access to pods",
    severity: Medium,
    frameworks: &[cis("3.2.2"), nsa("audit/logging"), owasp("K10")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("audit.k8s.io", "Policy")], check),
};

const ACCESS: &[(&str, &str, &str)] = &[
    ("create", "", "pods/exec"),
    ("create", "", "pods/attach"),
    ("create", "", "pods/portforward"),
    ("create", "", "pods/proxy"),
    ("create", "", "services/proxy"),
    ("create", "", "pods"),
    ("create", "apps", "deployments"),
    ("create", "rbac.authorization.k8s.io", "clusterrolebindings"),
    ("update", "rbac.authorization.k8s.io", "clusterroles"),
];

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let missed = ACCESS.iter().find_map(|(verb, group, resource)| {
        let (level, rule) = audit::level(policy, verb, group, resource);
        (level < Level::Metadata).then_some((verb, resource, rule))
    });
    if let Some((verb, resource, rule)) = missed {
        let field = rule.map_or(policy.get("rules"), |rule| rule.get("level"));
        found.at(&field, format!("{verb} of {resource} is not logged: log it at Metadata"));
    }
}

//! An audit log that doesn't say who read a Secret.
//!
//! ## What it checks
//! An audit Policy (`audit.k8s.io/v1`): reads and writes of Secrets, ConfigMaps and TokenReviews by anyone must be logged
//! (at `Metadata`). The first rule that matches decides; rules for some users or namespaces alone don't.
//!
//! ## Why it matters
//! After an incident the first question is which Secrets were read, and by whom.
//!
//! ## How to fix
//! Add a rule `level: Metadata` for these resources above the rules that leave things out.
//!
//! ```yaml bad
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules: # <- here
//! - level: Metadata
//!   resources: [{group: "", resources: [pods]}]
//! ---
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules:
//! - level: None # <- here
//!   resources: [{group: "", resources: [secrets]}]
//! - level: Metadata
//! ```
//! ```yaml good
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules:
//! - level: Metadata
//!   resources:
//!   - {group: "", resources: [secrets, configmaps]}
//!   - {group: authentication.k8s.io, resources: [tokenreviews]}
//! ```
//! ```yaml near-miss
//! # Noise of one user is left out; the rest is logged.
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules:
//! - level: None
//!   users: ["system:kube-proxy"]
//! - level: Metadata
//! ```

use crate::prelude::*;
use crate::support::audit::{self, Level};

pub const CONTROL: Control = Control {
    id: "control-plane/audit-misses-secrets",
    title: "Audit policy that does not see Secrets",
    severity: Medium,
    frameworks: &[cis("3.2.2"), nsa("audit/logging"), owasp("K10")],
    aliases: &["kubescape:C-0161", "kics:Audit-Policy-Not-Cover-Key-Security-Concerns"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("audit.k8s.io", "Policy")], check),
};

const READ: &[(&str, &str, &str)] = &[
    ("get", "", "secrets"),
    ("list", "", "secrets"),
    ("update", "", "secrets"),
    ("get", "", "configmaps"),
    ("update", "", "configmaps"),
    ("create", "authentication.k8s.io", "tokenreviews"),
];

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let missed = READ.iter().find_map(|(verb, group, resource)| {
        let (level, rule) = audit::level(policy, verb, group, resource);
        (level < Level::Metadata).then_some((verb, resource, rule))
    });
    if let Some((verb, resource, rule)) = missed {
        let field = rule.map_or(policy.get("rules"), |rule| rule.get("level"));
        found.at(&field, format!("{verb} of {resource} is not logged: log it at Metadata"));
    }
}

//! An audit log that holds the Secrets themselves.
//!
//! ## What it checks
//! An audit Policy: requests for Secrets, ConfigMaps, TokenReviews and service account tokens must be logged at `Metadata`
//! at most, since `Request` and `RequestResponse` write their content.
//!
//! ## Why it matters
//! Everyone who reads the log, and every system it is sent to, has every Secret.
//!
//! ## How to fix
//! Add a rule `level: Metadata` for these resources above the wider one.
//!
//! ```yaml bad
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules:
//! - level: RequestResponse # <- here
//! ```
//! ```yaml good
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules:
//! - level: Metadata
//!   resources:
//!   - {group: "", resources: [secrets, configmaps, serviceaccounts/token]}
//!   - {group: authentication.k8s.io, resources: [tokenreviews]}
//! - level: RequestResponse
//! ```
//! ```yaml near-miss
//! # Only other groups are logged in full.
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules:
//! - level: RequestResponse
//!   resources: [{group: apps}]
//! - level: Metadata
//! ```

use crate::prelude::*;
use crate::support::audit::{self, Level};

pub const CONTROL: Control = Control {
    id: "control-plane/audit-logs-secret-values",
    title: "Audit policy that writes Secrets to the log",
    severity: High,
    frameworks: &[cis("3.2.2"), nsa("audit/logging"), owasp("K03")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("audit.k8s.io", "Policy")], check),
};

const HOLD_SECRETS: &[(&str, &str, &str)] = &[
    ("get", "", "secrets"),
    ("create", "", "secrets"),
    ("update", "", "secrets"),
    ("create", "", "serviceaccounts/token"),
    ("create", "authentication.k8s.io", "tokenreviews"),
    ("update", "", "configmaps"),
];

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let logged = HOLD_SECRETS.iter().find_map(|(verb, group, resource)| {
        let (level, rule) = audit::level(policy, verb, group, resource);
        (level > Level::Metadata).then_some((resource, rule?))
    });
    if let Some((resource, rule)) = logged {
        let message = format!(
            "the content of {resource} goes to the log: log it at Metadata, by a rule above this one"
        );
        found.at(&rule.get("level"), message);
    }
}

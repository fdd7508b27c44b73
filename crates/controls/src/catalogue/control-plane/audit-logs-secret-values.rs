//! An audit log that holds the Secrets themselves.
//!
//! ## What it checks
//! An audit Policy: Secrets, ConfigMaps, TokenReviews and service account tokens must be logged at `Metadata` where
//! their content would go to the log: at `Request` what is written (`create`, `update` and `patch`, and the token of
//! a TokenReview), at `RequestResponse` what is answered besides (`get`, `list`, deletions, and a token that is
//! made). Every rule that decides on some such request counts, one for some users, namespaces or names too; but for
//! ConfigMaps of some namespaces at `Request`, which is how the components of `kube-system` are followed.
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
//! ---
//! # For one user, one verb, one namespace and one name.
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules:
//! - level: RequestResponse # <- here
//!   users: [admin]
//! - level: Request # <- here
//!   verbs: [patch]
//!   resources: [{group: "", resources: [secrets]}]
//! - level: RequestResponse # <- here
//!   namespaces: [shop]
//!   resources: [{group: "", resources: [configmaps]}]
//! - level: RequestResponse # <- here
//!   resources: [{group: "", resources: [secrets], resourceNames: [db]}]
//! - level: Metadata
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
//! ---
//! # At Request, reading Secrets and making tokens shows no value; what a rule above decided stays decided.
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules:
//! - level: Request
//!   namespaces: [kube-system]
//!   resources: [{group: "", resources: [configmaps]}]
//! - level: Metadata
//!   resources: [{group: "", resources: [secrets, configmaps]}]
//! - level: RequestResponse
//!   users: [admin]
//!   resources: [{group: "", resources: [secrets]}]
//! - level: Request
//!   resources: [{group: ""}]
//! - level: Request
//!   verbs: [get, list, watch, delete]
//! - level: RequestResponse
//!   verbs: [watch]
//! - level: Metadata
//! ```

use crate::prelude::*;
use crate::support::audit::{self, Level, Requests};

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

/// Whose request holds the content.
const WRITES: &[&str] = &["create", "update", "patch"];

/// Whose answer holds it: that to a deletion where a finalizer keeps the object, and for many objects always. What a
/// watch sends is never logged.
const READS: &[&str] = &["get", "list", "delete", "deletecollection"];

const HOLD_SECRETS: &[(Level, Requests)] = &[
    (Level::Request, (WRITES, "", "secrets")),
    (Level::RequestResponse, (READS, "", "secrets")),
    (Level::RequestResponse, (&["create"], "", "serviceaccounts/token")),
    (Level::Request, (&["create"], "authentication.k8s.io", "tokenreviews")),
    (Level::Request, (WRITES, "", "configmaps")),
    (Level::RequestResponse, (READS, "", "configmaps")),
];

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let mut told = Vec::new();
    for (least, (verbs, group, resource)) in HOLD_SECRETS {
        for (rule, _) in verbs.iter().flat_map(|verb| audit::deciding(policy, verb, group, resource)) {
            let logged = audit::level_of(policy, &rule);
            let is_of_component =
                *resource == "configmaps" && logged == Level::Request && !rule.get("namespaces").is_empty();
            if logged < *least || is_of_component || told.contains(&rule.anchor()) {
                continue;
            }
            told.push(rule.anchor());
            let message = format!(
                "the content of {resource} goes to the log: log it at Metadata, by a rule above this one"
            );
            found.at(&rule.get("level"), message);
        }
    }
}

//! An audit policy under which nothing is logged.
//!
//! ## What it checks
//! An audit Policy (`audit.k8s.io`): at least one rule must have a level above `None` and leave a stage of the request
//! to log, after `omitStages` of the policy and of the rule. Rules below one that takes in everything are never asked.
//!
//! ## Why it matters
//! The API server takes the policy and keeps an empty log. Nobody misses it before the incident that it should have
//! explained.
//!
//! ## How to fix
//! End the rules with `level: Metadata` for everything.
//!
//! ```yaml bad
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules: # <- here
//! - level: None
//! ---
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules: [] # <- here
//! ---
//! # The first rule takes in everything.
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules: # <- here
//! - level: None
//! - level: Metadata
//! ---
//! # Between them, policy and rule leave out every stage.
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! omitStages: [RequestReceived, ResponseStarted]
//! rules: # <- here
//! - level: Metadata
//!   omitStages: [ResponseComplete, Panic]
//! ```
//! ```yaml good
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! omitStages: [RequestReceived]
//! rules:
//! - level: Metadata
//! ```
//! ```yaml near-miss
//! # Little is logged, but something.
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules:
//! - level: Metadata
//!   resources: [{group: "", resources: [secrets]}]
//! - level: None
//! ---
//! # A policy of another API.
//! apiVersion: kyverno.io/v1
//! kind: Policy
//! metadata:
//!   name: labels
//! spec:
//!   rules: []
//! ```

use crate::prelude::*;
use crate::support::audit::{self, Level};

pub const CONTROL: Control = Control {
    id: "control-plane/audit-logs-nothing",
    title: "Audit policy that logs nothing",
    severity: Medium,
    frameworks: &[cis("3.2.1"), nsa("audit/logging"), mitre("T1685"), owasp("K10")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("audit.k8s.io", "Policy")], check),
};

/// What limits a rule to some requests.
const LIMITS: &[&str] = &["users", "userGroups", "verbs", "namespaces", "resources", "nonResourceURLs"];

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let rules = policy.get("rules");
    for rule in rules.items() {
        if audit::level_of(policy, &rule) > Level::None {
            return;
        }
        // Nothing gets past a rule for everything.
        if LIMITS.iter().all(|key| rule.key(key).is_empty()) {
            break;
        }
    }
    found.at(&rules, "no rule logs anything: end the rules with level: Metadata for everything");
}

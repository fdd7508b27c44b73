//! An audit log that doesn't say who read a Secret.
//!
//! ## What it checks
//! An audit Policy (`audit.k8s.io/v1`): reads and writes of Secrets, ConfigMaps and TokenReviews by anyone must be
//! logged (at `Metadata`, with `RequestReceived` or `ResponseComplete` left by `omitStages`
//! of policy and rule: other stages only some requests have). The first rule that matches
//! decides; rules for some users, namespaces or names alone don't. `system:authenticated` is everyone.
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
//! ---
//! # Some verbs of everyone with credentials.
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! rules:
//! - level: None # <- here
//!   userGroups: ["system:authenticated"]
//!   verbs: [watch, deletecollection]
//! - level: Metadata
//! ---
//! # Between them, policy and rule leave out both stages that such requests have.
//! apiVersion: audit.k8s.io/v1
//! kind: Policy
//! omitStages: [RequestReceived]
//! rules:
//! - level: Metadata # <- here
//!   omitStages: [ResponseComplete]
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
//!   userGroups: ["system:authenticated"]
//! ```

use crate::prelude::*;
use crate::support::audit::{self, Requests};

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

const ALL: &[&str] = &["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

const ACCESS: &[Requests] =
    &[(ALL, "", "secrets"), (ALL, "", "configmaps"), (&["create"], "authentication.k8s.io", "tokenreviews")];

fn check<'d>(policy: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if let Some((field, message)) = audit::missed(policy, ACCESS) {
        found.at(&field, message);
    }
}

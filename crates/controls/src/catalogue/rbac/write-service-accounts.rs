//! An annotation gives a service account an identity in the cloud.
//!
//! ## What it checks
//! `update` and `patch` on `serviceaccounts`, over accounts of every name.
//!
//! ## Why it matters
//! `eks.amazonaws.com/role-arn`, `azure.workload.identity/client-id` and
//! `iam.gke.io/gcp-service-account` say which cloud identity a pod of the account takes on, where the
//! cloud's side trusts the namespace or the cluster as a whole. Installers need this, so the control is
//! in no profile.
//!
//! ## How to fix
//! Name the accounts in `resourceNames`, and let the cloud trust one account, not a pattern.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: installer
//! rules:
//! - apiGroups: [""]
//!   resources: ["serviceaccounts"] # <- here
//!   verbs: ["patch"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: installer
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["serviceaccounts"]
//!   resourceNames: ["web"]
//!   verbs: ["patch"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: installer
//! rules:
//! - apiGroups: [""]
//!   resources: ["serviceaccounts"]
//!   verbs: ["get", "create"]
//! - apiGroups: [""]
//!   resources: ["serviceaccounts/status"]
//!   verbs: ["patch"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/write-service-accounts",
    title: "Role may change service accounts",
    severity: Medium,
    frameworks: &[nsa("auth/least-privilege"), microsoft("MS-TA9020"), owasp("K02"), owasp("K08")],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["update", "patch"],
    resources: &[Resource::namespaced("", "serviceaccounts")],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(
        role,
        &GRANT,
        "an annotation can give the account a cloud identity: name the accounts in resourceNames",
        found,
    );
}

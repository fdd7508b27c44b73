//! A role may write the approval of certificate requests, and lacks only the signer.
//!
//! ## What it checks
//! ClusterRoles with `update` or `patch` on `certificatesigningrequests/approval` of `certificates.k8s.io` and without
//! `approve` on `signers`. A role that holds both is `rbac/approve-certificates`.
//!
//! ## Why it matters
//! The API server also asks for `approve` on the signer. Any other role may add that, and the two together issue
//! certificates in any name.
//!
//! ## How to fix
//! Leave it to the controller that approves, in one role with the signer that it is for.
//!
//! ## How others differ
//! Kubescape doesn't look for the signer, and leaves out `patch`.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata: {name: approvals}
//! rules:
//! - apiGroups: [certificates.k8s.io]
//!   resources: [certificatesigningrequests/approval] # <- here
//!   verbs: [update]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata: {name: requests}
//! rules:
//! - apiGroups: [certificates.k8s.io]
//!   resources: [certificatesigningrequests]
//!   verbs: [create, get, list, watch]
//! ```
//! ```yaml near-miss
//! # Reads them; and one whose signer says what it is for.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata: {name: readers}
//! rules:
//! - apiGroups: [certificates.k8s.io]
//!   resources: [certificatesigningrequests/approval]
//!   verbs: [get]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata: {name: approver}
//! rules:
//! - apiGroups: [certificates.k8s.io]
//!   resources: [certificatesigningrequests/approval]
//!   verbs: [update]
//! - apiGroups: [certificates.k8s.io]
//!   resources: [signers]
//!   resourceNames: [example.com/webhooks]
//!   verbs: [approve]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, granted};
use crate::support::rbac::{ROLES, Resource, is_shipped_role};

pub const CONTROL: Control = Control {
    id: "rbac/update-approvals",
    title: "May write approvals of certificates",
    severity: Medium,
    frameworks: &[cis("5.1.11"), aks("4.1.10"), nsa("auth/least-privilege"), owasp("K02")],
    aliases: &["kubescape:C-0280"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const APPROVAL: Grant = Grant {
    verbs: &["update", "patch"],
    resources: &[Resource::cluster("certificates.k8s.io", "certificatesigningrequests/approval")],
    names: Names::Irrelevant,
};

const SIGNERS: Grant = Grant {
    verbs: &["approve"],
    resources: &[Resource::cluster("certificates.k8s.io", "signers")],
    names: Names::Irrelevant,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if is_shipped_role(role) || !granted(role, &SIGNERS, found).is_empty() {
        return;
    }
    for granted in granted(role, &APPROVAL, found) {
        found.at(
            &granted.item,
            format!("{}: leave that to the controller that approves certificates", granted.says()),
        );
    }
}

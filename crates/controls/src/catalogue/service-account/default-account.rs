//! A pod runs as the account that all pods share which name none.
//!
//! ## What it checks
//! The pod's account after defaulting (`serviceAccountName`, else `serviceAccount`, else `default`), where its token
//! is mounted: by the kubelet (neither the pod nor, where it is part of the scan, the account says
//! `automountServiceAccountToken: false`), by a projected volume that asks for one for the API server, or by a volume
//! of a token Secret of the scan. In the profile `all` alone: the token itself is found by
//! `service-account/token-automount`, and rights of the account by `service-account/default-binding`.
//!
//! ## Why it matters
//! Rights given to `default` for one workload are given to all of the namespace, and the audit log can't tell who used
//! them.
//!
//! ## How to fix
//! Make a ServiceAccount for the workload and name it; or, for one that doesn't call the API server, set
//! `automountServiceAccountToken: false`.
//!
//! ## How others differ
//! KICS looks at bare pods alone and passes `serviceAccountName: default`. kube-linter ignores what the account says.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec: # <- here
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml bad
//! serviceAccountName: default # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml good
//! serviceAccountName: web
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # These join other pods, and can't say it for them.
//! apiVersion: apps.kruise.io/v1alpha1
//! kind: SidecarSet
//! metadata: {name: logs}
//! spec:
//!   selector: {matchLabels: {app: shop}}
//!   containers:
//!   - name: logs
//!     image: registry.example.com/logs:1.4
//! ```
//! ```yaml near-miss
//! # No token: the account stands for nothing.
//! automountServiceAccountToken: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! serviceAccount: web
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```

use crate::prelude::*;
use crate::support::accounts::{account_field, has_token};

pub const CONTROL: Control = Control {
    id: "service-account/default-account",
    title: "Default service account used",
    severity: Medium,
    frameworks: &[
        cis("5.1.5"),
        aks("4.1.5"),
        aks("5.2.1"),
        eks("4.1.5"),
        eks("5.2.1"),
        mitre("T1078.001"),
        microsoft("MS-TA9016"),
    ],
    aliases: &[
        "kube-linter:default-service-account",
        "kubesec:ServiceAccountName",
        "popeye:POP-300",
        "kics:Service-Account-Name-Undefined-Or-Empty",
    ],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    if pod.service_account() != "default" || !has_token(pod, found.inventory()) {
        return;
    }
    found.at(&account_field(pod), "the pod runs as the default service account: give it one of its own");
}

//! A pod names an account that isn't there.
//!
//! ## What it checks
//! The pod's account, where the scan holds another ServiceAccount of the same namespace: an account of that name must be
//! among them. `default` is always there.
//!
//! ## Why it matters
//! The pod isn't made, and nothing says so but an event of its controller. Who may create service accounts can give the
//! workload one with rights of their choice.
//!
//! ## How to fix
//! Correct the name, or add the ServiceAccount.
//!
//! ## How others differ
//! kube-linter and Kubescape report every account that isn't part of the scan, also where the scan holds none at all;
//! kube-linter takes an absent namespace and `default` for two.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata: {name: web}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: default}
//! spec:
//!   serviceAccountName: website # <- here
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata: {name: web}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: default}
//! spec:
//!   serviceAccountName: web
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # The accounts of this namespace are kept elsewhere.
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata: {name: web, namespace: vote}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: shop}
//! spec:
//!   serviceAccountName: web
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: other, namespace: vote}
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "service-account/missing",
    title: "Service account that is not there",
    severity: Medium,
    frameworks: &[],
    aliases: &[
        "kubescape:C-0307",
        "kube-linter:non-existent-service-account",
        "popeye:POP-307",
        "popeye:POP-507",
    ],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Kind(&[GroupKind::new("", "ServiceAccount")]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let name = pod.service_account();
    let namespace = inventory.namespace_of(&pod.object());
    let is_decidable = inventory
        .of_kind("", "ServiceAccount")
        .any(|account| account.name() != "default" && inventory.namespace_of(account) == namespace);
    if name == "default" || !is_decidable || inventory.find("", "ServiceAccount", namespace, name).is_some() {
        return;
    }
    let named = pod.get("serviceAccountName");
    let field = if named.text().is_empty() { pod.get("serviceAccount") } else { named };
    found.at(
        &field,
        format!("there is no service account {name:?} in {namespace}: correct the name or add it"),
    );
}

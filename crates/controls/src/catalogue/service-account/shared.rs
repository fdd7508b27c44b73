//! Several workloads run as one account.
//!
//! ## What it checks
//! Workloads of one namespace that name the same account, other than `default`, and mount its token. What a controller
//! makes for a workload, such as the ReplicaSets and pods of a Deployment, is part of it.
//!
//! ## Why it matters
//! Each has the rights of all, and the audit log can't tell them apart.
//!
//! ## How to fix
//! Give each workload an account of its own with the rights that it needs.
//!
//! ## How others differ
//! KICS ignores the namespace, so accounts of the same name in two namespaces alarm.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: vote}
//! spec:
//!   serviceAccountName: shared # <- here
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: worker, namespace: vote}
//! spec:
//!   selector: {matchLabels: {app: worker}}
//!   template:
//!     metadata: {labels: {app: worker}}
//!     spec:
//!       serviceAccountName: shared # <- here
//!       containers:
//!       - name: app
//!         image: registry.example.com/app:1.4
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: vote}
//! spec:
//!   serviceAccountName: web
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # Two namespaces, two accounts; one that has no token here; and what a Deployment has made.
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web, namespace: vote}
//! spec:
//!   serviceAccountName: web
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
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
//! metadata: {name: other, namespace: shop}
//! spec:
//!   serviceAccountName: web
//!   automountServiceAccountToken: false
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ---
//! apiVersion: apps/v1
//! kind: ReplicaSet
//! metadata:
//!   name: cart-7d4b9c
//!   namespace: shop
//!   ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: cart, uid: a, controller: true}]
//! spec:
//!   selector: {matchLabels: {app: cart}}
//!   template:
//!     metadata: {labels: {app: cart}}
//!     spec:
//!       serviceAccountName: cart
//!       containers:
//!       - name: app
//!         image: registry.example.com/app:1.4
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: cart-7d4b9c-a
//!   namespace: shop
//!   ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: cart-7d4b9c, uid: b, controller: true}]
//! spec:
//!   serviceAccountName: cart
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```

use plimsoll_kubernetes::group_of;

use crate::prelude::*;
use crate::support::accounts::{WORKLOADS, account_field, has_token};
use std::collections::BTreeMap;

pub const CONTROL: Control = Control {
    id: "service-account/shared",
    title: "Service account shared by workloads",
    severity: Low,
    frameworks: &[nsa("pod-security/service-account-tokens"), owasp("K01")],
    aliases: &["kics:Shared-Service-Account"],
    profiles: &[],
    fix: None,
    check: Check::Inventory(WORKLOADS, check),
};

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    let mut users: BTreeMap<(&str, &str), Vec<&Pod<'d>>> = BTreeMap::new();
    for pod in inventory.pods().iter().filter(|pod| has_token(pod, inventory)) {
        let account = pod.service_account();
        if account != "default" {
            users.entry((inventory.namespace_of(&pod.object()), account)).or_default().push(pod);
        }
    }
    for ((_, account), pods) in users {
        let first = pods.first().map(|pod| workload_of(pod, inventory));
        if pods.iter().all(|pod| Some(workload_of(pod, inventory)) == first) {
            continue;
        }
        for pod in pods {
            found.at(
                &account_field(pod),
                format!("other workloads run as {account:?} too: give each an account of its own"),
            );
        }
    }
}

/// Most owners that are gone up, in case that they own each other.
const MOST_OWNERS: usize = 8;

/// The kind and name of the workload that a pod is of: the last of its owners, whether that was read or not.
fn workload_of<'d>(pod: &Pod<'d>, inventory: &Inventory<'d>) -> (&'d str, &'d str) {
    let mut object = pod.object();
    let namespace = inventory.namespace_of(&object);
    for _ in 0..MOST_OWNERS {
        let owner = object.get("metadata.ownerReferences").items().find(|o| o.get("controller").is_true());
        let Some(owner) = owner else { break };
        let (kind, name) = (owner.get("kind").text(), owner.get("name").text());
        let group = group_of(owner.get("apiVersion").text());
        match inventory.find(group, kind, namespace, name) {
            Some(found) => object = *found,
            None => return (kind, name),
        }
    }
    (object.kind(), object.name())
}

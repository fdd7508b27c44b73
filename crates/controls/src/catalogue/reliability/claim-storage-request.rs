//! A claim template that doesn't say how much.
//!
//! ## What it checks
//! `resources.requests.storage` of every claim template of a StatefulSet: more than 0.
//!
//! ## Why it matters
//! The API server refuses a claim without a size: the pods stay pending.
//!
//! ## How to fix
//! Set `resources.requests.storage`.
//!
//! ## How others differ
//! KICS' check of this row fails templates that do have a request.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: db}
//! spec:
//!   volumeClaimTemplates:
//!   - metadata: {name: data}
//!     spec: # <- here
//!       accessModes: [ReadWriteOnce]
//!   - metadata: {name: logs}
//!     spec:
//!       resources: {requests: {storage: 0Gi}} # <- here
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: db}
//! spec:
//!   volumeClaimTemplates:
//!   - metadata: {name: data}
//!     spec:
//!       resources: {requests: {storage: 10Gi}}
//! ```
//! ```yaml near-miss
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: cache}
//! spec: {}
//! ```
//! ```yaml near-miss
//! # How much isn't known yet.
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: db}
//! spec:
//!   volumeClaimTemplates:
//!   - metadata: {name: data}
//!     spec:
//!       resources: {requests: {storage: "${SIZE}"}}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "reliability/claim-storage-request",
    title: "Claim template without a size",
    severity: Low,
    frameworks: &[],
    aliases: &["kics:StatefulSet-Requests-Storage", "kubesec:VolumeClaimRequestsStorage"],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("apps", "StatefulSet")], check),
};

fn check<'d>(set: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for claim in set.get("spec.volumeClaimTemplates").items() {
        let storage = claim.get("spec.resources.requests.storage");
        // What is written and no quantity may become one, or `manifest/invalid-value` says so.
        let size = if storage.exists() { Quantity::of(&storage) } else { Some(Quantity::ZERO) };
        if size.is_some_and(|size| size <= Quantity::ZERO) {
            found.at(&storage, "the claim has no size: set resources.requests.storage");
        }
    }
}

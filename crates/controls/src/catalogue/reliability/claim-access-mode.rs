//! Replicas of a StatefulSet that share a volume.
//!
//! ## What it checks
//! `accessModes` of every claim template of a StatefulSet: `ReadWriteOnce` or `ReadWriteOncePod` must be among them.
//!
//! ## Why it matters
//! Each replica has a claim of its own; a mode for many writers asks for shared storage, which is slower and lets
//! another pod mount the same data.
//!
//! ## How to fix
//! Use `ReadWriteOncePod`, or `ReadWriteOnce`.
//!
//! ## How others differ
//! KICS fails a StatefulSet with two claim templates of the right mode too.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: db}
//! spec:
//!   volumeClaimTemplates:
//!   - metadata: {name: data}
//!     spec:
//!       accessModes: [ReadWriteMany] # <- here
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: db}
//! spec:
//!   volumeClaimTemplates:
//!   - metadata: {name: data}
//!     spec:
//!       accessModes: [ReadWriteOnce]
//!   - metadata: {name: log}
//!     spec:
//!       accessModes: [ReadWriteOnce]
//! ```
//! ```yaml near-miss
//! apiVersion: apps/v1
//! kind: StatefulSet
//! metadata: {name: db}
//! spec:
//!   volumeClaimTemplates:
//!   - metadata: {name: data}
//!     spec:
//!       accessModes: [ReadWriteOncePod]
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "reliability/claim-access-mode",
    title: "Claim template that several pods write",
    severity: Low,
    frameworks: &[],
    aliases: &[
        "kics:Incorrect-Volume-Claim-Access-Mode-ReadWriteOnce",
        "kubesec:VolumeClaimAccessModeReadWriteOnce",
    ],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("apps", "StatefulSet")], check),
};

fn check<'d>(set: &Object<'d>, found: &mut Findings<'_, 'd>) {
    for claim in set.get("spec.volumeClaimTemplates").items() {
        let modes = claim.get("spec.accessModes");
        if !modes.contains("ReadWriteOnce") && !modes.contains("ReadWriteOncePod") {
            found.at(&modes, "each replica has a claim of its own: use ReadWriteOncePod or ReadWriteOnce");
        }
    }
}

//! A key that stands twice: the API server takes the last, and a reader may take the first.
//!
//! ## What it checks
//! Every mapping of every Kubernetes object.
//!
//! ## Why it matters
//! What a reviewer sees is not what runs. With server-side field validation the object is refused.
//!
//! ## How to fix
//! Keep one of the two.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     privileged: false # <- here
//!     privileged: true
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     privileged: false
//! ```
//! ```yaml near-miss
//! # The same key in two mappings.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! - name: helper
//!   image: registry.example.com/helper:1.4
//! ```

use plimsoll_doc::Document;

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "manifest/duplicate-key",
    title: "Duplicate key",
    severity: Medium,
    frameworks: &[],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Document(check),
};

fn check<'d>(document: &'d Document, found: &mut Findings<'_, 'd>) {
    for duplicate in document.duplicates() {
        // Files that are no Kubernetes objects have rules of their own.
        if found.inventory().owner_of(duplicate.kept).is_none() {
            continue;
        }
        let lost = Field::new(duplicate.lost);
        let key = duplicate.kept.key().unwrap_or_default();
        found
            .at_key(
                &lost,
                format!("the key {key:?} stands again below, and the API server takes the last: keep one"),
            )
            .also(&Field::new(duplicate.kept), "the value that counts");
    }
}

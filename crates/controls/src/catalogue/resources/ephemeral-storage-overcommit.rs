//! A request for ephemeral storage that is not its limit promises disk that may not be there.
//!
//! ## What it checks
//! Containers that set both a request and a limit for `ephemeral-storage`, and not to the same amount.
//!
//! ## Why it matters
//! The scheduler counts the request; the container may use up to the limit. The difference is taken from
//! a disk that other pods were promised, and ends in evictions. A request above the limit is refused by the API server.
//!
//! ## How to fix
//! Set both to the same amount.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     requests:
//!       ephemeral-storage: 1Gi # <- here
//!     limits:
//!       ephemeral-storage: 2Gi
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     requests:
//!       ephemeral-storage: 1Gi
//!     limits:
//!       ephemeral-storage: 1024Mi
//! ```
//! ```yaml near-miss
//! # Without a request the limit is requested.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     limits:
//!       ephemeral-storage: 2Gi
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "resources/ephemeral-storage-overcommit",
    title: "Ephemeral storage request differs from the limit",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-score:container-ephemeral-storage-request-equals-limit"],
    profiles: &[],
    fix: None,
    check: Check::Container(Needs::Key(&["ephemeral-storage"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let (Some(request), Some(limit)) =
        (container.request("ephemeral-storage"), container.limit("ephemeral-storage"))
    else {
        return;
    };
    if request != limit {
        let than = if request < limit { "less" } else { "more" };
        let field = container.get("resources.requests").key("ephemeral-storage");
        found.at(
            &field,
            format!(
                "{} requests {than} ephemeral storage than its limit: set both to the same",
                container.title()
            ),
        );
    }
}

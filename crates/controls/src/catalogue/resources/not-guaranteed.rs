//! Requests below the limits put a pod behind guaranteed ones when memory runs short.
//!
//! ## What it checks
//! Containers whose request for CPU or memory, after defaulting, is not the limit. Only where every
//! container sets limits and equal requests is the pod of the class Guaranteed.
//!
//! ## Why it matters
//! Under pressure, BestEffort pods go first, Burstable ones next. What must stay should be Guaranteed. For
//! most workloads Burstable is a sound choice: this control is in the profile `all` alone.
//!
//! ## How to fix
//! Set requests equal to limits, or leave the requests out: they then follow the limits.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     requests:
//!       cpu: 100m # <- here
//!     limits:
//!       cpu: 200m
//!       memory: 64Mi
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     requests: {cpu: 0.2, memory: 64Mi}
//!     limits: {cpu: 200m, memory: 65536Ki}
//! ```
//! ```yaml near-miss
//! # Requests follow limits.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     limits: {cpu: 200m, memory: 64Mi}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "resources/not-guaranteed",
    title: "Requests differ from limits",
    severity: Low,
    frameworks: &[],
    aliases: &[
        "kube-score:container-resource-requests-equal-limits",
        "kube-score:container-cpu-requests-equal-limits",
        "kube-score:container-memory-requests-equal-limits",
    ],
    profiles: &[],
    fix: None,
    check: Check::Container(check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    for resource in ["cpu", "memory"] {
        let (request, limit) = (container.request(resource), container.limit(resource));
        if container.kind() != ContainerKind::Ephemeral && (limit.is_none() || request != limit) {
            let field = container.get("resources.requests").key(resource);
            found.at(
                &field,
                format!(
                    "{} does not request its limit of {resource}: set both to the same",
                    container.title()
                ),
            );
        }
    }
}

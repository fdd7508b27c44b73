//! A memory request below the limit puts a pod behind guaranteed ones.
//!
//! ## What it checks
//! Containers whose request for memory, after defaulting, is not the limit. Only where every container sets limits for CPU
//! and memory and equal requests is the pod of the class Guaranteed. Ephemeral containers cannot have resources.
//!
//! ## Why it matters
//! Under memory pressure, BestEffort pods go first, Burstable ones next. For most
//! workloads Burstable is a sound choice: this control is in the profile `all` alone.
//!
//! ## How to fix
//! Set the request equal to the limit, or leave the request out: it then follows the limit.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     requests:
//!       memory: 64Mi # <- here
//!     limits:
//!       memory: 128Mi
//!       cpu: 200m
//! - name: helper # <- here
//!   image: registry.example.com/helper:1.4
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     requests: {memory: 64Mi}
//!     limits: {memory: 65536Ki}
//! ```
//! ```yaml near-miss
//! # The request follows the limit, and the other resource is another control's.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     requests: {cpu: 100m}
//!     limits: {memory: 128Mi}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "resources/memory-overcommit",
    title: "Memory request differs from the limit",
    severity: Low,
    frameworks: &[],
    aliases: &[
        "kube-score:container-resource-requests-equal-limits",
        "kube-score:container-memory-requests-equal-limits",
    ],
    profiles: &[],
    fix: None,
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let (request, limit) = (container.request("memory"), container.limit("memory"));
    if container.kind() != ContainerKind::Ephemeral && (limit.is_none() || request != limit) {
        found.at(
            &container.get("resources.requests.memory"),
            format!("{} does not request its limit of memory: set both to the same", container.title()),
        );
    }
}

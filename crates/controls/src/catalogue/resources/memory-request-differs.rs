//! A memory request that is not the limit makes room for less than may be used.
//!
//! ## What it checks
//! Containers whose memory request, after defaulting, is not their memory limit. With neither set they don't differ,
//! and a limit alone is the request too.
//!
//! ## Why it matters
//! What a container uses beyond its request was promised to nobody: under memory pressure the kubelet evicts such
//! pods before those that stay within it. For most workloads Burstable is a
//! sound choice: this control is in the profile `all` alone.
//!
//! ## How to fix
//! Set the request to the limit, or leave the request out: it then follows the limit.
//!
//! ## How others differ
//! kube-score doesn't know that a limit without a request is the request.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     requests:
//!       cpu: 100m
//!       memory: 64Mi # <- here
//!     limits:
//!       memory: 128Mi
//!       cpu: 200m
//! - name: unlimited
//!   image: registry.example.com/app:1.4
//!   resources:
//!     requests:
//!       memory: 64Mi # <- here
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
//! # The request follows the limit; and where nothing is set, nothing differs.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     limits: {memory: 128Mi}
//! - name: unset
//!   image: registry.example.com/app:1.4
//! - name: zero
//!   image: registry.example.com/app:1.4
//!   resources: {requests: {memory: "0"}}
//! ```
//! ```yaml near-miss
//! # Whether they are the same shows when another tool has put the numbers in.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     requests: {memory: "${MEMORY}"}
//!     limits: {memory: "${MEMORY}"}
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   resources:
//!     requests: {memory: 64Mi}
//!     limits: {memory: "${MEMORY}"}
//! ```

use crate::prelude::*;
use crate::support::resources;

pub const CONTROL: Control = Control {
    id: "resources/memory-request-differs",
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
    // 0 is none.
    let of = |quantity: Option<Quantity>| quantity.filter(|quantity| !quantity.is_zero());
    if container.kind() != ContainerKind::Ephemeral
        && of(container.request("memory")) != of(container.limit("memory"))
        && !resources::is_unknown(container, "memory")
    {
        let name = container.title();
        let message = format!("{name} does not request its memory limit: set both to the same");
        found.at(&container.get("resources.requests.memory"), message);
    }
}

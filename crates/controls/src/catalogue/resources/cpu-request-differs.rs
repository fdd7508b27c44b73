//! A CPU request that is not the limit makes room for less than may be used.
//!
//! ## What it checks
//! Containers whose CPU request, after defaulting, is not their CPU limit. With neither set they don't differ,
//! and a limit alone is the request too.
//!
//! ## Why it matters
//! With static CPU management the kubelet gives whole cores to Guaranteed pods alone, and a pod is Guaranteed
//! only where requests are limits. For most workloads Burstable is a
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
//!       memory: 64Mi
//!       cpu: 100m # <- here
//!     limits:
//!       cpu: 200m
//!       memory: 128Mi
//! - name: unlimited
//!   image: registry.example.com/app:1.4
//!   resources:
//!     requests:
//!       cpu: 100m # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     requests: {cpu: 350m}
//!     limits: {cpu: 0.35}
//! ```
//! ```yaml near-miss
//! # The request follows the limit; and where nothing is set, nothing differs.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     limits: {cpu: 200m}
//! - name: unset
//!   image: registry.example.com/app:1.4
//! - name: zero
//!   image: registry.example.com/app:1.4
//!   resources: {requests: {cpu: "0"}}
//! ```
//! ```yaml near-miss
//! # Whether they are the same shows when another tool has put the numbers in.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     requests: {cpu: "${CPU}"}
//!     limits: {cpu: "${CPU}"}
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   resources:
//!     requests: {cpu: 100m}
//!     limits: {cpu: "${CPU}"}
//! ```

use crate::prelude::*;
use crate::support::resources;

pub const CONTROL: Control = Control {
    id: "resources/cpu-request-differs",
    title: "CPU request differs from the limit",
    severity: Low,
    frameworks: &[],
    aliases: &[
        "kube-score:container-resource-requests-equal-limits",
        "kube-score:container-cpu-requests-equal-limits",
    ],
    profiles: &[],
    fix: None,
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    // 0 is none.
    let of = |quantity: Option<Quantity>| quantity.filter(|quantity| !quantity.is_zero());
    if container.kind() != ContainerKind::Ephemeral
        && of(container.request("cpu")) != of(container.limit("cpu"))
        && !resources::is_unknown(container, "cpu")
    {
        let name = container.title();
        let message = format!("{name} does not request its CPU limit: set both to the same");
        found.at(&container.get("resources.requests.cpu"), message);
    }
}

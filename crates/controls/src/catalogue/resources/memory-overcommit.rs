//! A memory request below the limit puts a pod behind guaranteed ones.
//!
//! ## What it checks
//! Containers whose request for memory, after defaulting, is not the limit. Only where every container sets limits
//! for CPU and memory and equal requests is the pod of the class Guaranteed; or where the pod itself does
//! (`spec.resources`, from Kubernetes 1.34): its containers pass where its request for memory, after defaulting, is
//! its limit. Ephemeral containers cannot have resources.
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
//! ```yaml near-miss
//! # The pod is Guaranteed, whatever its containers say.
//! resources:
//!   requests: {cpu: "1", memory: 1Gi}
//!   limits: {cpu: "1", memory: 1Gi}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources: {requests: {memory: 64Mi}}
//! - name: helper
//!   image: registry.example.com/helper:1.4
//! ```
//! ```yaml bad parameters={"kubernetes-version":"1.33"}
//! # Before it, the API server drops what the pod itself says.
//! resources:
//!   requests: {cpu: "1", memory: 1Gi}
//!   limits: {cpu: "1", memory: 1Gi}
//! containers:
//! - name: app # <- here
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml bad
//! # What a container requests is the pod's request too, and less than its limit.
//! resources:
//!   limits: {cpu: "1", memory: 1Gi}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources: {requests: {memory: 64Mi}} # <- here
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
    if container.kind() != ContainerKind::Ephemeral
        && (limit.is_none() || request != limit)
        && !resources::is_unknown(container, "memory")
        && !resources::pod_requests_its_limit(container, "memory", found.parameters())
    {
        found.at(
            &container.get("resources.requests.memory"),
            format!("{} does not request its limit of memory: set both to the same", container.title()),
        );
    }
}

//! A CPU request below the limit puts a pod behind guaranteed ones.
//!
//! ## What it checks
//! Containers whose request for CPU, after defaulting, is not the limit. Only where every container sets limits for
//! CPU and memory and equal requests is the pod of the class Guaranteed; or where the pod itself does
//! (`spec.resources`, from Kubernetes 1.34): its containers pass where its request for CPU, after defaulting, is its
//! limit. Ephemeral containers cannot have resources.
//!
//! ## Why it matters
//! The pod gets no cores of its own, and what it uses beyond its request it may lose when the node is busy. For most
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
//!       cpu: 100m # <- here
//!     limits:
//!       cpu: 200m
//!       memory: 64Mi
//! - name: helper # <- here
//!   image: registry.example.com/helper:1.4
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     requests: {cpu: 0.2}
//!     limits: {cpu: 200m}
//! ```
//! ```yaml near-miss
//! # The request follows the limit, and the other resource is another control's.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     requests: {memory: 64Mi}
//!     limits: {cpu: 200m}
//! ```
//! ```yaml near-miss
//! # The pod is Guaranteed, whatever its containers say.
//! resources:
//!   requests: {cpu: "1", memory: 1Gi}
//!   limits: {cpu: "1", memory: 1Gi}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources: {requests: {cpu: 100m}}
//! - name: helper
//!   image: registry.example.com/helper:1.4
//! ```
//! ```yaml bad
//! # What a container requests is the pod's request too, and less than its limit.
//! resources:
//!   limits: {cpu: "1", memory: 1Gi}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources: {requests: {cpu: 100m}} # <- here
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
    id: "resources/cpu-overcommit",
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
    let (request, limit) = (container.request("cpu"), container.limit("cpu"));
    if container.kind() != ContainerKind::Ephemeral
        && (limit.is_none() || request != limit)
        && !resources::is_unknown(container, "cpu")
        && !resources::pod_requests_its_limit(container, "cpu", found.parameters())
    {
        found.at(
            &container.get("resources.requests.cpu"),
            format!("{} does not request its limit of cpu: set both to the same", container.title()),
        );
    }
}

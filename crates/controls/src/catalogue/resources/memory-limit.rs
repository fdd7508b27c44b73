//! A container without a memory limit can take all of its node's memory.
//!
//! ## What it checks
//! `resources.limits.memory` of every container that runs (not ephemeral ones, which cannot have
//! resources). A limit of 0 is no limit to the kubelet, and counts as missing. A limit of the
//! pod itself (`spec.resources`, from Kubernetes 1.34) holds for all of its containers. Defaults of a
//! LimitRange aren't counted: they are given to pods that come after it alone. What can't be read counts as set:
//! another tool replaces `${NAME}`, and `manifest/invalid-value` speaks of `128MB`.
//!
//! ## Why it matters
//! One leak, or one request that was made to be large, pushes the node into memory pressure; the
//! kernel then kills processes of other workloads too.
//!
//! ## How to fix
//! Set a limit from what the container was measured to use, with a margin.
//!
//! ```yaml bad
//! containers:
//! - name: app # <- here
//!   image: registry.example.com/app:1.4
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   resources:
//!     limits: # <- here
//!       cpu: 500m
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     limits:
//!       memory: 256Mi
//! ```
//! ```yaml near-miss
//! # An ephemeral container may not set resources.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources: {limits: {memory: 256Mi}}
//! ephemeralContainers:
//! - name: debug
//!   image: registry.example.com/debug:1.4
//! ```
//! ```yaml near-miss
//! # The pod has a limit for all of its containers together.
//! resources: {limits: {memory: 1Gi}}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # Spaces around a quantity are let be.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources: {limits: {memory: " 1Gi "}}
//! ```
//!
//! ```cel
//! (variables.spec.?initContainers.orValue([]) + variables.spec.containers)
//!   .filter(c, ![
//!     c.?resources.?limits[?"memory"],
//!     variables.spec.?resources.?limits[?"memory"]
//!   ].exists(q, q.hasValue() && quantity(q.value()).compareTo(quantity("0")) != 0))
//!   .map(c, 'container "' + c.name + '" has no memory limit: set resources.limits.memory')
//! ```

use crate::prelude::*;
use crate::support::resources;

pub const CONTROL: Control = Control {
    id: "resources/memory-limit",
    title: "No memory limit",
    severity: Medium,
    frameworks: &[nsa("network/resource-policies"), mitre("T1499"), microsoft("MS-TA9040"), owasp("K01")],
    aliases: &[
        "checkov:CKV_K8S_13",
        "kubescape:C-0004",
        "kubescape:C-0009",
        "kubescape:C-0271",
        "trivy:KSV-0018",
        "kube-linter:unset-memory-requirements",
        "polaris:memoryLimitsMissing",
        "kube-score:container-resources",
        "kubesec:LimitsMemory",
        "popeye:POP-106",
        "popeye:POP-107",
        "kics:Memory-Limits-Not-Defined",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    if container.kind() == ContainerKind::Ephemeral
        || resources::is_limited(container, "memory", found.parameters())
    {
        return;
    }
    let limit = container.get("resources.limits.memory");
    found.at(&limit, format!("{} has no memory limit: set resources.limits.memory", container.title()));
}

//! A container without a memory request is the first to be evicted.
//!
//! ## What it checks
//! `resources.requests.memory` of every container that runs. Where a limit is set and no request, the API server
//! takes the limit for the request: that passes, and so do requests and limits of the pod itself (`spec.resources`,
//! from Kubernetes 1.34). A request of 0 is none, and `null` is 0. Defaults of a LimitRange aren't counted: they are
//! given to pods that come after it alone. What can't be read counts as set: another tool replaces `${NAME}`, and
//! `manifest/invalid-value` speaks of `128MB`.
//!
//! ## Why it matters
//! The scheduler counts the pod as needing nothing and puts it on a node that is full; under memory
//! pressure the kubelet evicts first what uses more than it asked for.
//!
//! ## How to fix
//! Set the request to what the container normally uses; for memory, a limit of the same size is the
//! most predictable.
//!
//! ## How others differ
//! Checkov, Trivy, Polaris, kube-score, Kubescape and KICS ask for the field even where the limit stands in for it.
//! Kubescape's C-0004 is this and the limit in one. kube-linter asks for a memory limit alone, as
//! `resources/memory-limit` does.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources: # <- here
//!     limits:
//!       cpu: 500m
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     requests:
//!       memory: 128Mi
//! ```
//! ```yaml bad
//! # The limit is the default of what isn't written.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     requests: {memory: null} # <- here
//!     limits: {memory: 128Mi}
//! ```
//! ```yaml near-miss
//! # The limit is the request's default.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     limits:
//!       memory: 128Mi
//! ```
//! ```yaml near-miss
//! # The pod has a limit, which is a request too, for all of its containers together.
//! resources: {limits: {memory: 1Gi}}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//!
//! ```cel
//! (variables.spec.?initContainers.orValue([]) + variables.spec.containers)
//!   .filter(c, ![
//!     c.?resources.?requests[?"memory"].or(c.?resources.?limits[?"memory"]),
//!     variables.spec.?resources.?requests[?"memory"],
//!     variables.spec.?resources.?limits[?"memory"]
//!   ].exists(q, q.hasValue() && quantity(q.value()).compareTo(quantity("0")) != 0))
//!   .map(c, 'container "' + c.name + '" has no memory request: set resources.requests.memory')
//! ```

use crate::prelude::*;
use crate::support::resources;

pub const CONTROL: Control = Control {
    id: "resources/memory-request",
    title: "No memory request",
    severity: Low,
    frameworks: &[nsa("network/resource-policies"), mitre("T1499"), microsoft("MS-TA9040"), owasp("K01")],
    aliases: &[
        "checkov:CKV_K8S_12",
        "kubescape:C-0004",
        "kubescape:C-0269",
        "trivy:KSV-0016",
        "polaris:memoryRequestsMissing",
        "kube-score:container-resources",
        "kubesec:RequestsMemory",
        "popeye:POP-106",
        "kics:Memory-Requests-Not-Defined",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    if container.kind() == ContainerKind::Ephemeral
        || resources::is_requested(container, "memory", found.parameters())
    {
        return;
    }
    let request = container.get("resources.requests.memory");
    found.at(&request, format!("{} has no memory request: set resources.requests.memory", container.title()));
}

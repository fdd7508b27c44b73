//! A container without a memory request is the first to be evicted.
//!
//! ## What it checks
//! `resources.requests.memory` of every container that runs. Where a limit is set and no request, the
//! API server takes the limit for the request: that passes. A request of 0 is none.
//! A request of the pod as a whole (`spec.resources`) stands for them all and passes.
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
//! Checkov, Trivy, Polaris and KICS ask for the field even where the limit stands in for it.
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
//! # The pod as a whole has one.
//! resources:
//!   requests: {memory: 1Gi}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```

use crate::prelude::*;
use crate::support::pod_resources;

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
    check: Check::Container(check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    let requested = container.request("memory").is_some_and(|request| !request.is_zero())
        || pod_resources::has_request(container.pod(), "memory");
    if container.kind() == ContainerKind::Ephemeral || requested {
        return;
    }
    let request = container.get("resources.requests.memory");
    found.at(&request, format!("{} has no memory request: set resources.requests.memory", container.title()));
}

//! A container without a CPU request gets the least share when the node is busy.
//!
//! ## What it checks
//! `resources.requests.cpu` of every container that runs. Where a limit is set and no request, the API server takes
//! the limit for the request: that passes, and so do requests and limits of the pod itself (`spec.resources`, from
//! Kubernetes 1.34). A request of 0 is none, and `null` is 0. Defaults of a LimitRange aren't counted: they are given
//! to pods that come after it alone. What can't be read counts as set: another tool replaces `${NAME}`, and
//! `manifest/invalid-value` speaks of the rest.
//!
//! ## Why it matters
//! The scheduler packs pods without requests onto full nodes, and the kernel serves them last: the
//! workload is starved by its neighbours, and starves others like it.
//!
//! ## How to fix
//! Set the request to what the container normally uses.
//!
//! ## How others differ
//! Checkov, Trivy, Polaris, kube-score, kube-linter, Kubescape and KICS ask for the field even where the limit stands
//! in for it. Kubescape's C-0050 is this and the limit in one.
//!
//! ```yaml bad
//! containers:
//! - name: app # <- here
//!   image: registry.example.com/app:1.4
//! - name: helper
//!   image: registry.example.com/helper:1.4
//!   resources:
//!     requests: # <- here
//!       memory: 64Mi
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     requests:
//!       cpu: 100m
//! ```
//! ```yaml near-miss
//! # The limit is the request's default.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     limits:
//!       cpu: 500m
//! ```
//! ```yaml near-miss
//! # The pod has a limit, which is a request too, for all of its containers together.
//! resources: {limits: {cpu: "2"}}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//!
//! ```cel
//! (variables.spec.?initContainers.orValue([]) + variables.spec.containers)
//!   .filter(c, ![
//!     c.?resources.?requests[?"cpu"].or(c.?resources.?limits[?"cpu"]),
//!     variables.spec.?resources.?requests[?"cpu"],
//!     variables.spec.?resources.?limits[?"cpu"]
//!   ].exists(q, q.hasValue() && quantity(q.value()).compareTo(quantity("0")) != 0))
//!   .map(c, 'container "' + c.name + '" has no CPU request: set resources.requests.cpu')
//! ```

use crate::prelude::*;
use crate::support::resources;

pub const CONTROL: Control = Control {
    id: "resources/cpu-request",
    title: "No CPU request",
    severity: Low,
    frameworks: &[nsa("network/resource-policies"), mitre("T1499"), microsoft("MS-TA9040"), owasp("K01")],
    aliases: &[
        "checkov:CKV_K8S_10",
        "kubescape:C-0268",
        "kubescape:C-0050",
        "trivy:KSV-0015",
        "kube-linter:unset-cpu-requirements",
        "polaris:cpuRequestsMissing",
        "kube-score:container-resources",
        "kubesec:RequestsCPU",
        "popeye:POP-106",
        "kics:CPU-Requests-Not-Set",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    if container.kind() == ContainerKind::Ephemeral
        || resources::is_requested(container, "cpu", found.parameters())
    {
        return;
    }
    let request = container.get("resources.requests.cpu");
    found.at(&request, format!("{} has no CPU request: set resources.requests.cpu", container.title()));
}

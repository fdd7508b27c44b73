//! A container without a CPU request gets the least share when the node is busy.
//!
//! ## What it checks
//! `resources.requests.cpu` of every container that runs. Where a limit is set and no request, the API
//! server takes the limit for the request: that passes. A request of 0 is none.
//! A request of the pod as a whole (`spec.resources`) bounds them all and passes.
//!
//! ## Why it matters
//! The scheduler packs pods without requests onto full nodes, and the kernel serves them last: the
//! workload is starved by its neighbours, and starves others like it.
//!
//! ## How to fix
//! Set the request to what the container normally uses.
//!
//! ## How others differ
//! Checkov, Trivy and Polaris ask for the field even where the limit stands in for it. kube-linter's
//! check of this name looks at the request alone too.
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
//! # The pod as a whole has one.
//! resources:
//!   requests: {cpu: "2"}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```

use crate::prelude::*;
use crate::support::pod_resources;

pub const CONTROL: Control = Control {
    id: "resources/cpu-request",
    title: "No CPU request",
    severity: Low,
    frameworks: &[nsa("network/resource-policies"), mitre("T1499"), microsoft("MS-TA9040"), owasp("K01")],
    aliases: &[
        "checkov:CKV_K8S_10",
        "kubescape:C-0268",
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
    check: Check::Container(check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    if container.kind() == ContainerKind::Ephemeral
        || container.request("cpu").is_some_and(|request| !request.is_zero())
        || pod_resources::has_request(container.pod(), "cpu")
    {
        return;
    }
    let request = container.get("resources.requests.cpu");
    found.at(&request, format!("{} has no CPU request: set resources.requests.cpu", container.title()));
}

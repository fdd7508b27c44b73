//! A container without a CPU limit takes what its neighbours leave.
//!
//! ## What it checks
//! `resources.limits.cpu` of every container that runs (ephemeral ones cannot have resources). A limit
//! of 0 is no limit. A limit of the pod itself (`spec.resources`, from Kubernetes 1.34) holds for all of its
//! containers. Defaults of a
//! LimitRange aren't counted: they are given to pods that come after it alone. What can't be read counts as set:
//! another tool replaces `${NAME}`, and `manifest/invalid-value` speaks of the rest.
//!
//! ## Why it matters
//! A runaway or hijacked process (a miner, say) uses every idle core of the node. Against neighbours
//! that have CPU requests the kernel shares fairly even without limits, which is why many teams set
//! requests and leave limits out: this control is in the profile `all` alone.
//!
//! ## How to fix
//! Set a limit well above what the container was measured to need: too low a limit makes it slow.
//!
//! ```yaml bad
//! containers:
//! - name: app # <- here
//!   image: registry.example.com/app:1.4
//! initContainers:
//! - name: setup
//!   image: registry.example.com/setup:1.4
//!   resources:
//!     limits:
//!       cpu: 0 # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     limits:
//!       cpu: 500m
//! ```
//! ```yaml near-miss
//! # Whole cores may be written as a number.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources: {limits: {cpu: 2}}
//! ephemeralContainers:
//! - name: debug
//!   image: registry.example.com/debug:1.4
//! ```
//! ```yaml near-miss
//! # The pod has a limit for all of its containers together.
//! resources: {limits: {cpu: "2"}}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//!
//! ```cel
//! (variables.spec.?initContainers.orValue([]) + variables.spec.containers)
//!   .filter(c, ![
//!     c.?resources.?limits[?"cpu"],
//!     variables.spec.?resources.?limits[?"cpu"]
//!   ].exists(q, q.hasValue() && quantity(q.value()).compareTo(quantity("0")) != 0))
//!   .map(c, 'container "' + c.name + '" has no CPU limit: set resources.limits.cpu')
//! ```

use crate::prelude::*;
use crate::support::resources;

pub const CONTROL: Control = Control {
    id: "resources/cpu-limit",
    title: "No CPU limit",
    severity: Low,
    frameworks: &[
        nsa("network/resource-policies"),
        mitre("T1496.001"),
        microsoft("MS-TA9039"),
        microsoft("MS-TA9040"),
        owasp("K01"),
    ],
    aliases: &[
        "checkov:CKV_K8S_11",
        "kubescape:C-0009",
        "kubescape:C-0050",
        "kubescape:C-0270",
        "trivy:KSV-0011",
        "polaris:cpuLimitsMissing",
        "kube-score:container-resources",
        "kubesec:LimitsCPU",
        "popeye:POP-106",
        "popeye:POP-107",
        "kics:CPU-Limits-Not-Set",
    ],
    profiles: &[],
    fix: None,
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    if container.kind() == ContainerKind::Ephemeral
        || resources::is_limited(container, "cpu", found.parameters())
    {
        return;
    }
    let limit = container.get("resources.limits.cpu");
    found.at(&limit, format!("{} has no CPU limit: set resources.limits.cpu", container.title()));
}

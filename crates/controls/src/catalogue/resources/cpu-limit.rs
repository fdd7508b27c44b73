//! A container without a CPU limit takes what its neighbours leave.
//!
//! ## What it checks
//! `resources.limits.cpu` of every container that runs (ephemeral ones cannot have resources). A limit
//! of 0 is no limit.
//! A limit of the pod as a whole (`spec.resources`) bounds them all and passes.
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
//! # The pod as a whole has one.
//! resources:
//!   limits: {cpu: "2"}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```

use crate::prelude::*;
use crate::support::pod_resources;

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
    check: Check::Container(check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    if container.kind() == ContainerKind::Ephemeral
        || container.limit("cpu").is_some_and(|limit| !limit.is_zero())
        || pod_resources::has_limit(container.pod(), "cpu")
    {
        return;
    }
    let limit = container.get("resources.limits.cpu");
    found.at(&limit, format!("{} has no CPU limit: set resources.limits.cpu", container.title()));
}

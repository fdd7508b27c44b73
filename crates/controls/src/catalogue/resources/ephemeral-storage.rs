//! A container without a limit on ephemeral storage can fill its node's disk.
//!
//! ## What it checks
//! `ephemeral-storage` among the limits of every container that runs; the request follows from the limit. Defaults of a
//! LimitRange aren't counted: they are given to pods that come after it alone. What can't be read counts as set:
//! another tool replaces `${NAME}`, and `manifest/invalid-value` speaks of the rest.
//!
//! ## Why it matters
//! Logs, the writable layer and `emptyDir` volumes share the node's disk. When it is full, the kubelet
//! evicts pods, other teams' too.
//!
//! ## How to fix
//! Set `resources.limits.ephemeral-storage`.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     limits: # <- here
//!       memory: 128Mi
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources:
//!     limits:
//!       ephemeral-storage: 1Gi
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resources: {limits: {ephemeral-storage: "500e6"}}
//! ```
//!
//! ```cel
//! (variables.spec.?initContainers.orValue([]) + variables.spec.containers)
//!   .filter(c, ![
//!     c.?resources.?limits[?"ephemeral-storage"]
//!   ].exists(q, q.hasValue() && quantity(q.value()).compareTo(quantity("0")) != 0))
//!   .map(c, 'container "' + c.name + '" has no limit on ephemeral storage: set resources.limits.ephemeral-storage')
//! ```

use crate::prelude::*;
use crate::support::resources;

pub const CONTROL: Control = Control {
    id: "resources/ephemeral-storage",
    title: "No limit on ephemeral storage",
    severity: Low,
    frameworks: &[nsa("network/resource-policies"), mitre("T1499"), microsoft("MS-TA9040"), owasp("K01")],
    aliases: &["kube-score:container-ephemeral-storage-request-and-limit"],
    profiles: &[],
    fix: None,
    check: Check::Container(Needs::Nothing, check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    if container.kind() == ContainerKind::Ephemeral || resources::has_limit(container, "ephemeral-storage") {
        return;
    }
    let limit = container.get("resources.limits").key("ephemeral-storage");
    found.at(
        &limit,
        format!(
            "{} has no limit on ephemeral storage: set resources.limits.ephemeral-storage",
            container.title()
        ),
    );
}

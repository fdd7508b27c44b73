//! A LimitRange for containers leaves some of their bounds open.
//!
//! ## What it checks
//! Every LimitRange: one of its `limits` of type `Container` should have `default`, `defaultRequest`, `max` and `min`.
//! One that speaks of other types alone (claims, pods) is left alone where another of the namespace speaks of
//! containers.
//!
//! ## Why it matters
//! Without `default` a container that says nothing has no limit; without `max` one that says something has any.
//!
//! ## How to fix
//! Write all four, for CPU and memory.
//!
//! ## How others differ
//! Trivy takes any type, and each LimitRange by itself.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: LimitRange
//! metadata: {name: containers, namespace: shop}
//! spec:
//!   limits: # <- here
//!   - type: Container
//!     default: {cpu: 500m, memory: 256Mi}
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: LimitRange
//! metadata: {name: containers, namespace: shop}
//! spec:
//!   limits:
//!   - type: Container
//!     default: {cpu: 500m, memory: 256Mi}
//!     defaultRequest: {cpu: 100m, memory: 128Mi}
//!     max: {cpu: "2", memory: 2Gi}
//!     min: {cpu: 10m, memory: 16Mi}
//! ```
//! ```yaml near-miss
//! # The second one speaks of claims, the first of containers.
//! apiVersion: v1
//! kind: LimitRange
//! metadata: {name: containers, namespace: shop}
//! spec:
//!   limits:
//!   - type: Container
//!     default: {cpu: 500m}
//!     defaultRequest: {cpu: 100m}
//!     max: {cpu: "2"}
//!     min: {cpu: 10m}
//! ---
//! apiVersion: v1
//! kind: LimitRange
//! metadata: {name: claims, namespace: shop}
//! spec:
//!   limits:
//!   - type: PersistentVolumeClaim
//!     max: {storage: 10Gi}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "namespace/limit-range-incomplete",
    title: "LimitRange without defaults and bounds",
    severity: Low,
    frameworks: &[nsa("network/resource-policies"), owasp("K01")],
    aliases: &["trivy:KSV-0039"],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "LimitRange")], check),
};

fn check<'d>(range: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let namespace = inventory.namespace_of(range);
    let speaks_of_containers =
        |range: &Object<'d>| range.get("spec.limits").items().any(|limit| limit.get("type").is("Container"));
    let is_complete = range.get("spec.limits").items().any(|limit| {
        limit.get("type").is("Container")
            && ["default", "defaultRequest", "max", "min"].iter().all(|key| !limit.key(key).is_empty())
    });
    let another_does = || {
        inventory
            .of_kind("", "LimitRange")
            .any(|other| inventory.namespace_of(other) == namespace && speaks_of_containers(other))
    };
    if !is_complete && (speaks_of_containers(range) || !another_does()) {
        found.at(
            &range.get("spec.limits"),
            "containers lack bounds here: set default, defaultRequest, max and min for the type Container",
        );
    }
}

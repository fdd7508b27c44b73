//! A namespace without a LimitRange gives containers that say nothing no bounds.
//!
//! ## What it checks
//! Every namespace that the scan defines or that it holds workloads of: a LimitRange with a default
//! limit for containers must be there. The finding stands at the Namespace, or at the first workload
//! where the scan doesn't hold the Namespace. `kube-*` namespaces are the cluster's own.
//!
//! ## Why it matters
//! What one team forgets in one manifest then takes a whole node.
//!
//! ## How to fix
//! Add a LimitRange of type Container with `default` and `defaultRequest` for CPU and memory.
//!
//! ## How others differ
//! Trivy looks at LimitRange objects, and not at namespaces that have none. KICS is content with any LimitRange of the
//! namespace, and asks for one beside a PersistentVolumeClaim too.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Namespace # <- here
//! metadata:
//!   name: shop
//! ---
//! apiVersion: v1
//! kind: LimitRange
//! metadata:
//!   name: claims
//!   namespace: shop
//! spec:
//!   limits:
//!   - type: PersistentVolumeClaim
//!     max: {storage: 10Gi}
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: shop
//! ---
//! apiVersion: v1
//! kind: LimitRange
//! metadata:
//!   name: defaults
//!   namespace: shop
//! spec:
//!   limits:
//!   - type: Container
//!     default: {cpu: 500m, memory: 256Mi}
//! ```
//! ```yaml near-miss
//! # A namespace of the cluster's own, and one that nothing but a Role is known of.
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: kube-system
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: reader
//!   namespace: shop
//! rules: []
//! ```

use crate::prelude::*;
use crate::support::namespaces::judged;

pub const CONTROL: Control = Control {
    id: "namespace/limit-range",
    title: "Namespace without a LimitRange",
    severity: Low,
    frameworks: &[nsa("network/resource-policies"), mitre("T1499"), microsoft("MS-TA9040"), owasp("K01")],
    aliases: &["trivy:KSV-0039", "kics:Pod-or-Container-Without-LimitRange"],
    profiles: &[],
    fix: None,
    check: Check::Inventory(&[GroupKind::new("", "Namespace"), GroupKind::new("", "LimitRange")], check),
};

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    for (name, object) in judged(inventory) {
        let limited = inventory.of_kind_in("", "LimitRange", name).any(|range| {
            range.get("spec.limits").items().any(|limit| {
                limit.get("type").is("Container")
                    && (!limit.get("default").is_empty() || !limit.get("max").is_empty())
            })
        });
        if !limited {
            found.on(
                &object,
                format!("the namespace {name} has no LimitRange with limits for containers: add one"),
            );
        }
    }
}

//! An autoscaler whose target isn't there scales nothing.
//!
//! ## What it checks
//! `spec.scaleTargetRef` of every HorizontalPodAutoscaler: the object of that group, kind and name in its
//! namespace. Judged where the scan holds an object of that kind in the namespace; and for the kinds of
//! Kubernetes itself, where it holds the pods of the namespace.
//!
//! ## Why it matters
//! After a rename the workload stays at its size, under load too, and nothing says so.
//!
//! ## How to fix
//! Name the workload as it is called, with its current `apiVersion`.
//!
//! ## How others differ
//! kube-linter ignores the namespace. It and kube-score compare the whole `apiVersion`, its version too; Kubescape
//! compares none of it. KICS has no such query: its `HPA Targets Invalid Object` is about metrics
//! (`manifest/missing-field`).
//!
//! ```yaml bad
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: web}
//! spec:
//!   scaleTargetRef:
//!     apiVersion: apps/v1
//!     kind: Deployment
//!     name: website # <- here
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! ```
//! ```yaml bad
//! # It is there, in another group.
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: web, namespace: shop}
//! spec:
//!   scaleTargetRef:
//!     apiVersion: extensions/v1beta1 # <- here
//!     kind: Deployment
//!     name: web
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web, namespace: shop}
//! spec:
//!   template:
//!     spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ```
//! ```yaml good
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: web}
//! spec:
//!   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! ```
//! ```yaml near-miss
//! # The workloads of this namespace aren't part of the scan.
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: web, namespace: shop}
//! spec:
//!   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: api, namespace: bank}
//! ```

use plimsoll_kubernetes::group_of;

use crate::prelude::*;
use crate::support::{scope, workloads};

pub const CONTROL: Control = Control {
    id: "reliability/autoscaler-target",
    title: "Autoscaler without its target",
    severity: Medium,
    frameworks: &[],
    aliases: &[
        "kubescape:C-0300",
        "kube-linter:dangling-horizontalpodautoscaler",
        "kube-score:horizontalpodautoscaler-has-target",
        "popeye:POP-600",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("autoscaling", "HorizontalPodAutoscaler")], check),
};

fn check<'d>(autoscaler: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    let namespace = inventory.namespace_of(autoscaler);
    let target = autoscaler.get("spec.scaleTargetRef");
    let (kind, name) = (target.get("kind").text(), target.get("name"));
    let group = group_of(target.get("apiVersion").text());
    let mut candidates = inventory.of_kind_in(group, kind, namespace);
    let is_own = matches!(group, "" | "apps" | "extensions");
    let is_judged = candidates.next().is_some() || (is_own && scope::holds_pods_of(inventory, namespace));
    if !is_judged || inventory.find(group, kind, namespace, name.text()).is_some() {
        return;
    }
    // The kind and the name may be right, of another group.
    let of_kind = workloads::COUNTED.iter().filter(|counted| counted.kind == kind);
    let other =
        of_kind.filter_map(|counted| inventory.find(counted.group, kind, namespace, name.text())).next();
    match other {
        Some(other) => {
            let right = other.api_version();
            found.at(
                &target.get("apiVersion"),
                format!("the {kind} {} is one of {right}: write apiVersion: {right}", name.text()),
            );
        }
        None => {
            found.at(
                &name,
                format!("there is no {kind} {} in the namespace {namespace}: name the workload", name.text()),
            );
        }
    }
}

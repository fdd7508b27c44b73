//! Replicas without anti-affinity may all stand on one node.
//!
//! ## What it checks
//! Deployments and StatefulSets with two replicas or more: a pod anti-affinity term, required or preferred, whose
//! selector matches the pods themselves, or a topology spread constraint that does.
//!
//! ## Why it matters
//! One node that fails takes every replica. The scheduler spreads by default as well as it can, so this control is
//! in the profile `all` alone.
//!
//! ## How to fix
//! Add a preferred anti-affinity with `topologyKey: kubernetes.io/hostname`, or a spread constraint.
//!
//! ## How others differ
//! kube-linter, kube-score and KICS don't count spread constraints, which do the same.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   replicas: 2
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec: # <- here
//!       containers:
//!       - {name: web, image: registry.example.com/web:1.4}
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   replicas: 2
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec:
//!       affinity:
//!         podAntiAffinity:
//!           preferredDuringSchedulingIgnoredDuringExecution:
//!           - weight: 1
//!             podAffinityTerm:
//!               topologyKey: kubernetes.io/hostname
//!               labelSelector: {matchLabels: {app: web}}
//!       containers:
//!       - {name: web, image: registry.example.com/web:1.4}
//! ```
//! ```yaml near-miss
//! # One replica; and a spread constraint in place of anti-affinity.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: one}
//! spec:
//!   template:
//!     spec:
//!       containers:
//!       - {name: one, image: registry.example.com/one:1.4}
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   replicas: 3
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec:
//!       topologySpreadConstraints:
//!       - maxSkew: 1
//!         topologyKey: kubernetes.io/hostname
//!         whenUnsatisfiable: ScheduleAnyway
//!         labelSelector: {matchLabels: {app: web}}
//!       containers:
//!       - {name: web, image: registry.example.com/web:1.4}
//! ```

use crate::prelude::*;
use crate::support::workloads;

pub const CONTROL: Control = Control {
    id: "reliability/anti-affinity",
    title: "Replicas may share a node",
    severity: Low,
    frameworks: &[],
    aliases: &[
        "kube-linter:no-anti-affinity",
        "kube-score:deployment-has-host-podantiaffinity",
        "kube-score:statefulset-has-host-podantiaffinity",
        "kics:Deployment-Has-No-PodAntiAffinity",
        "kics:StatefulSet-Has-No-PodAntiAffinity",
    ],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let object = pod.object();
    if !workloads::REPLICATED.iter().any(|kind| kind.matches(object.group(), object.kind()))
        || workloads::replicas(&object) < 2
    {
        return;
    }
    let labels = Labels(pod.labels());
    let matches_itself = |term: Field<'d>| {
        let selector = term.get("labelSelector");
        selector.exists() && LabelSelector::new(selector).matches(labels)
    };
    let affinity = pod.get("affinity.podAntiAffinity");
    let spread = affinity.get("requiredDuringSchedulingIgnoredDuringExecution").items().any(matches_itself)
        || affinity
            .get("preferredDuringSchedulingIgnoredDuringExecution")
            .items()
            .any(|preference| matches_itself(preference.get("podAffinityTerm")))
        || pod.get("topologySpreadConstraints").items().any(matches_itself);
    if !spread {
        found.at(
            &affinity,
            "all replicas may stand on one node: add pod anti-affinity or a spread constraint",
        );
    }
}

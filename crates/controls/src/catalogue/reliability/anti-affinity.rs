//! Replicas without anti-affinity may all stand on one node.
//!
//! ## What it checks
//! Deployments, StatefulSets and OpenShift's DeploymentConfigs with two replicas or more (or scaled by an autoscaler,
//! KEDA too): a pod anti-affinity term, required or preferred, whose selector and namespaces match the pods themselves,
//! or a topology spread constraint that does; what it asks of labels that controllers give to pods (`pod-template-hash`
//! and the like) is taken to match. Its `topologyKey` must tell places apart: the operating system, the architecture
//! and the instance type of nodes don't.
//!
//! ## Why it matters
//! One node that fails takes every replica. The scheduler spreads by default as well as it can, so this control is
//! in the profile `all` alone.
//!
//! ## How to fix
//! Add a preferred anti-affinity with `topologyKey: kubernetes.io/hostname`, or a spread constraint.
//!
//! ## How others differ
//! kube-linter, kube-score and KICS don't count spread constraints, which do the same. kube-linter takes the topology
//! key `kubernetes.io/hostname` alone.
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
//! ```yaml bad
//! apiVersion: apps.openshift.io/v1
//! kind: DeploymentConfig
//! metadata: {name: shop}
//! spec:
//!   replicas: 2
//!   template:
//!     metadata: {labels: {app: shop}}
//!     spec: # <- here
//!       containers: [{name: shop, image: registry.example.com/shop:1.4}]
//! ```
//! ```yaml bad
//! # Nothing is spread over operating systems, nor away from pods of another namespace.
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web, namespace: shop}
//! spec:
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec:
//!       affinity:
//!         podAntiAffinity: # <- here
//!           requiredDuringSchedulingIgnoredDuringExecution:
//!           - topologyKey: kubernetes.io/hostname
//!             labelSelector: {matchLabels: {app: web}}
//!             namespaces: [bank]
//!           preferredDuringSchedulingIgnoredDuringExecution:
//!           - weight: 1
//!             podAffinityTerm:
//!               topologyKey: kubernetes.io/os
//!               labelSelector: {matchLabels: {app: web}}
//!       containers:
//!       - {name: web, image: registry.example.com/web:1.4}
//! ---
//! apiVersion: autoscaling/v2
//! kind: HorizontalPodAutoscaler
//! metadata: {name: web, namespace: shop}
//! spec:
//!   minReplicas: 3
//!   maxReplicas: 5
//!   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
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
//! # One replica, or none where there is no default; and a spread constraint in place of anti-affinity.
//! apiVersion: apps.openshift.io/v1
//! kind: DeploymentConfig
//! metadata: {name: none}
//! spec:
//!   template:
//!     metadata: {labels: {app: none}}
//!     spec: {containers: [{name: none, image: registry.example.com/none:1.4}]}
//! ---
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
//! ```yaml near-miss
//! # Every pod of a Deployment has this label.
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
//!           requiredDuringSchedulingIgnoredDuringExecution:
//!           - topologyKey: kubernetes.io/hostname
//!             labelSelector:
//!               matchLabels: {app: web}
//!               matchExpressions: [{key: pod-template-hash, operator: Exists}]
//!       containers:
//!       - {name: web, image: registry.example.com/web:1.4}
//! ```

use crate::prelude::*;
use crate::support::{scope, workloads};

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

/// Labels of nodes that say what a node is and not where; and none at all.
const SAME_EVERYWHERE: &[&str] = &[
    "",
    "kubernetes.io/arch",
    "kubernetes.io/os",
    "beta.kubernetes.io/arch",
    "beta.kubernetes.io/os",
    "node.kubernetes.io/instance-type",
    "beta.kubernetes.io/instance-type",
];

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    if !workloads::has_several_replicas(&pod.object(), found.inventory()) {
        return;
    }
    let namespace = found.inventory().namespace_of(&pod.object());
    let matches_itself = |term: Field<'d>| {
        let (selector, namespaces) = (term.get("labelSelector"), term.get("namespaces"));
        selector.exists()
            && scope::can_select(LabelSelector::new(selector), pod)
            && !SAME_EVERYWHERE.contains(&term.get("topologyKey").text())
            // Which namespaces a selector of them matches isn't known.
            && (namespaces.is_empty() || namespaces.contains(namespace) || term.get("namespaceSelector").exists())
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

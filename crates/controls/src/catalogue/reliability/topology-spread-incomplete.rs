//! A topology spread constraint that spreads nothing.
//!
//! ## What it checks
//! Every constraint under `topologySpreadConstraints`: a `labelSelector` that selects the pod itself, a
//! `topologyKey`, `maxSkew` (and `minDomains`, where set) of at least 1, and `whenUnsatisfiable` of `DoNotSchedule`
//! or `ScheduleAnyway`. Pods without constraints pass. What a selector asks of labels that controllers give to pods
//! (`pod-template-hash` and the like) is taken to match.
//!
//! ## Why it matters
//! The scheduler counts the pods that the selector selects. Without one, or with that of another workload, it counts
//! none of these and puts them anywhere. The API server rejects the other mistakes.
//!
//! ## How to fix
//! Give `labelSelector` the labels of the pod template.
//!
//! ```yaml bad
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec:
//!       topologySpreadConstraints:
//!       - maxSkew: 1 # <- here
//!         topologyKey: topology.kubernetes.io/zone
//!         whenUnsatisfiable: ScheduleAnyway
//!       - maxSkew: 1
//!         topologyKey: topology.kubernetes.io/zone
//!         whenUnsatisfiable: ScheduleAnyway
//!         labelSelector: {matchLabels: {app: wbe}} # <- here
//!       - maxSkew: 0 # <- here
//!         topologyKey: kubernetes.io/hostname
//!         whenUnsatisfiable: Always # <- here
//!         labelSelector: {matchLabels: {app: web}}
//!       containers:
//!       - {name: web, image: registry.example.com/web:1.4}
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec:
//!       topologySpreadConstraints:
//!       - maxSkew: 1
//!         minDomains: 3
//!         topologyKey: topology.kubernetes.io/zone
//!         whenUnsatisfiable: DoNotSchedule
//!         labelSelector: {matchLabels: {app: web}}
//!       containers:
//!       - {name: web, image: registry.example.com/web:1.4}
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: nothing-to-spread}
//! spec:
//!   containers:
//!   - {name: one, image: registry.example.com/one:1.4}
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
//!       topologySpreadConstraints:
//!       - maxSkew: 1
//!         topologyKey: topology.kubernetes.io/zone
//!         whenUnsatisfiable: ScheduleAnyway
//!         labelSelector:
//!           matchLabels: {app: web}
//!           matchExpressions: [{key: pod-template-hash, operator: Exists}]
//!       containers:
//!       - {name: web, image: registry.example.com/web:1.4}
//! ```

use crate::prelude::*;
use crate::support::scope;

pub const CONTROL: Control = Control {
    id: "reliability/topology-spread-incomplete",
    title: "Topology spread constraint that spreads nothing",
    severity: Low,
    frameworks: &[],
    aliases: &["kube-score:pod-topology-spread-constraints"],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Key(&["topologySpreadConstraints"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for constraint in pod.get("topologySpreadConstraints").items() {
        let selector = constraint.get("labelSelector");
        if !selector.exists() {
            found.at(&selector, "the constraint selects no pods and spreads none: add the pod's labels");
        } else if !scope::can_select(LabelSelector::new(selector), pod) {
            found.at(&selector, "the constraint doesn't select the pod itself: use the pod's labels");
        }
        let key = constraint.get("topologyKey");
        if key.text().is_empty() {
            found.at(&key, "the constraint names no topologyKey: name a label of nodes");
        }
        for name in ["maxSkew", "minDomains"] {
            let number = constraint.key(name);
            if number.as_i64().is_some_and(|number| number < 1) || (name == "maxSkew" && !number.exists()) {
                found.at(&number, format!("{name} must be at least 1"));
            }
        }
        let otherwise = constraint.get("whenUnsatisfiable");
        if !matches!(otherwise.text(), "DoNotSchedule" | "ScheduleAnyway") {
            found.at(&otherwise, "whenUnsatisfiable must be DoNotSchedule or ScheduleAnyway");
        }
    }
}

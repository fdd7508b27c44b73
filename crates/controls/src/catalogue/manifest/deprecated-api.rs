//! An API version that Kubernetes serves still, and will remove.
//!
//! ## What it checks
//! The `apiVersion` of every object against the API versions that the parameter `kubernetes-version` (the newest known
//! unless set) serves with a warning. Source: the Deprecated API Migration Guide of the Kubernetes documentation, and
//! the life cycles that the API's types declare.
//!
//! ## Why it matters
//! An upgrade of the cluster will refuse the object.
//!
//! ## How to fix
//! Write the new version before the upgrade, or the best one that the release serves, where the new one is newer than
//! that.
//!
//! ## How others differ
//! The other tools don't tell what is removed from what is deprecated; here that is `manifest/removed-api`.
//!
//! ```yaml bad parameters={"kubernetes-version":"1.24"}
//! apiVersion: policy/v1beta1 # <- here
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec: {maxUnavailable: 1}
//! ```
//! ```yaml fixed
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec: {maxUnavailable: 1}
//! ```
//! ```yaml bad
//! # Fields differ, or the kind does: no fix.
//! apiVersion: v1 # <- here
//! kind: Endpoints
//! metadata: {name: web}
//! ---
//! apiVersion: resource.k8s.io/v1beta1 # <- here
//! kind: ResourceClaim
//! metadata: {name: gpu}
//! ```
//! ```yaml bad parameters={"kubernetes-version":"1.24"}
//! # No fix either: an empty selector selects no pod here, and every pod in v1.
//! apiVersion: policy/v1beta1 # <- here
//! kind: PodDisruptionBudget
//! metadata: {name: none}
//! spec: {maxUnavailable: 1, selector: {}}
//! ```
//! ```yaml good
//! apiVersion: discovery.k8s.io/v1
//! kind: EndpointSlice
//! metadata: {name: web}
//! addressType: IPv4
//! ```
//! ```yaml near-miss
//! # Removed is another control's; a beta that isn't deprecated; another group's kind.
//! apiVersion: policy/v1beta1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! ---
//! apiVersion: scheduling.k8s.io/v1beta1
//! kind: PodGroup
//! metadata: {name: train}
//! ---
//! apiVersion: example.com/v1
//! kind: Endpoints
//! metadata: {name: web}
//! ```
//! ```yaml near-miss parameters={"kubernetes-version":"1.20"}
//! # Not deprecated yet in that release.
//! apiVersion: policy/v1beta1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! ```
//! ```yaml bad parameters={"kubernetes-version":"1.35"}
//! # 1.35 serves v1beta1, and v1 comes later: no fix.
//! apiVersion: certificates.k8s.io/v1alpha1 # <- here
//! kind: ClusterTrustBundle
//! metadata: {name: internal}
//! ```
//! ```yaml fixed
//! # 1.35 serves v1beta1, and v1 comes later: no fix.
//! apiVersion: certificates.k8s.io/v1alpha1
//! kind: ClusterTrustBundle
//! metadata: {name: internal}
//! ```

use plimsoll_kubernetes::lifecycle::deprecation_of;

use crate::prelude::*;
use crate::support::api_version::report;

pub const CONTROL: Control = Control {
    id: "manifest/deprecated-api",
    title: "Deprecated API version",
    severity: Low,
    frameworks: &[],
    aliases: &[
        "popeye:POP-403",
        "trivy:KSV-0107",
        "kube-score:stable-version",
        "kics:Object-Is-Using-A-Deprecated-API-Version",
    ],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::AnyObject(Needs::Nothing, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let parameters = found.parameters();
    if let Some(known) =
        deprecation_of(object).filter(|known| known.is_deprecated_in(parameters.kubernetes_minor()))
    {
        report(object, known, found);
    }
}

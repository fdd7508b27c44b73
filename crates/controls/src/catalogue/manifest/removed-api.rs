//! An API version that Kubernetes no longer serves.
//!
//! ## What it checks
//! The `apiVersion` of every object against the API versions that Kubernetes has removed up to the parameter
//! `kubernetes-version` (the newest known unless set). Source: the Deprecated API Migration Guide of the Kubernetes
//! documentation, and the life cycles that the API's types declare.
//!
//! ## Why it matters
//! The API server refuses the object. Where it was there before the upgrade it can't be changed any more, and what
//! cleans up, rolls out or restores it stops.
//!
//! ## How to fix
//! Write the new version, or the best one that the release serves, where the new one is newer than that. Where fields
//! changed, `kubectl convert` helps.
//!
//! ## How others differ
//! Trivy flags the versions that go as well as those that are gone; here the ones that are served still are
//! `manifest/deprecated-api`. kube-score and KICS know short lists, kube-linter the group `extensions` alone.
//!
//! ```yaml bad
//! apiVersion: policy/v1beta1 # <- here
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec: {maxUnavailable: 1}
//! ---
//! apiVersion: batch/v1beta1 # <- here
//! kind: CronJob
//! metadata: {name: web}
//! ```
//! ```yaml fixed
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec: {maxUnavailable: 1}
//! ---
//! apiVersion: batch/v1
//! kind: CronJob
//! metadata: {name: web}
//! ```
//! ```yaml bad
//! # Fields changed: no fix.
//! apiVersion: extensions/v1beta1 # <- here
//! kind: Ingress
//! metadata: {name: web}
//! ---
//! apiVersion: policy/v1beta1 # <- here
//! kind: PodSecurityPolicy
//! metadata: {name: web}
//! ```
//! ```yaml bad parameters={"kubernetes-version":"v1.22.4"}
//! apiVersion: networking.k8s.io/v1beta1 # <- here
//! kind: Ingress
//! metadata: {name: web}
//! ---
//! # Still served by 1.22.
//! apiVersion: batch/v1beta1
//! kind: CronJob
//! metadata: {name: web}
//! ```
//! ```yaml good
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! spec: {maxUnavailable: 1}
//! ```
//! ```yaml near-miss
//! # Deprecated, and served still; another group's beta.
//! apiVersion: resource.k8s.io/v1beta2
//! kind: ResourceClaim
//! metadata: {name: gpu}
//! ---
//! apiVersion: example.com/v1beta1
//! kind: CronJob
//! metadata: {name: web}
//! ```
//! ```yaml bad parameters={"kubernetes-version":"1.33"}
//! # 1.33 has v1beta2, and v1 came with 1.34: no fix.
//! apiVersion: resource.k8s.io/v1alpha2 # <- here
//! kind: ResourceClaim
//! metadata: {name: gpu}
//! ```
//! ```yaml fixed
//! # 1.33 has v1beta2, and v1 came with 1.34: no fix.
//! apiVersion: resource.k8s.io/v1alpha2
//! kind: ResourceClaim
//! metadata: {name: gpu}
//! ```

use plimsoll_kubernetes::lifecycle::deprecation_of;

use crate::prelude::*;
use crate::support::api_version::report;

pub const CONTROL: Control = Control {
    id: "manifest/removed-api",
    title: "Removed API version",
    severity: High,
    frameworks: &[],
    aliases: &[
        "kics:Object-Is-Using-A-Deprecated-API-Version",
        "kube-score:stable-version",
        "popeye:POP-403",
        "trivy:KSV-0107",
    ],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::AnyObject(Needs::Nothing, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let parameters = found.parameters();
    if let Some(known) =
        deprecation_of(object).filter(|known| known.is_removed_in(parameters.kubernetes_minor()))
    {
        report(object, known, found);
    }
}

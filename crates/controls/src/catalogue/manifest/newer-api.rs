//! An API version that is newer than the cluster: it isn't served there.
//!
//! ## What it checks
//! The `apiVersion` of every object of a kind that Kubernetes itself serves: that the release of the parameter
//! `kubernetes-version` has it. Unless that is set there is none that is too new. Source: the OpenAPI documents that
//! the API servers of the releases publish; they don't tell whether an alpha or a beta is turned on.
//!
//! ## Why it matters
//! The API server refuses the object: `no matches for kind`. Whoever waits for its protection waits in vain.
//!
//! ## How to fix
//! Write the version that the cluster serves, or do without the object until the cluster is of that release.
//!
//! ```yaml bad parameters={"kubernetes-version":"1.29"}
//! apiVersion: admissionregistration.k8s.io/v1 # <- here
//! kind: ValidatingAdmissionPolicy
//! metadata: {name: no-latest}
//! ---
//! apiVersion: resource.k8s.io/v1 # <- here
//! kind: DeviceClass
//! metadata: {name: gpu}
//! ```
//! ```yaml bad parameters={"kubernetes-version":"1.20"}
//! # There is v1beta1, and an alpha.
//! apiVersion: batch/v1 # <- here
//! kind: CronJob
//! metadata: {name: report}
//! ```
//! ```yaml good parameters={"kubernetes-version":"1.30"}
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingAdmissionPolicy
//! metadata: {name: no-latest}
//! ```
//! ```yaml near-miss
//! # The newest release has it.
//! apiVersion: resource.k8s.io/v1
//! kind: DeviceClass
//! metadata: {name: gpu}
//! ```
//! ```yaml near-miss parameters={"kubernetes-version":"1.29"}
//! # Removed, unknown, and another group's: other controls speak of them, or none.
//! apiVersion: policy/v1beta1
//! kind: PodDisruptionBudget
//! metadata: {name: web}
//! ---
//! apiVersion: apps/v1
//! kind: Widget
//! metadata: {name: web}
//! ---
//! apiVersion: example.com/v1
//! kind: DeviceClass
//! metadata: {name: gpu}
//! ```

use plimsoll_kubernetes::schema;

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "manifest/newer-api",
    title: "API version newer than the cluster",
    severity: Medium,
    frameworks: &[],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::AnyObject(Needs::Nothing, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let (group, kind) = (object.group(), object.kind());
    let life = object.served().map(|known| known.life);
    let Some(since) = life.and_then(schema::Life::since) else { return };
    let release = found.parameters().kubernetes_minor();
    if since <= release {
        return;
    }
    let what = format!("{} {kind} came with Kubernetes 1.{since}", object.api_version());
    let instead = schema::versions_in(group, kind, release).max_by_key(|version| schema::rank(version));
    let advice = match instead {
        Some(version) if group.is_empty() => format!("use {version}"),
        Some(version) => format!("use {group}/{version}"),
        None => "it isn't served".to_owned(),
    };
    found.at(&object.get("apiVersion"), format!("{what}; the cluster is 1.{release}: {advice}"));
}

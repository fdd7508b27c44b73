//! A field that is newer than the cluster: its API server doesn't know it, and what it was to do isn't done.
//!
//! ## What it checks
//! Every field of every kind that Kubernetes itself serves, and of the pod templates in other kinds: that the release
//! of the parameter `kubernetes-version` has it. Unless that is set there is none that is too new. Source: the OpenAPI
//! documents that the API servers of the releases publish.
//!
//! ## Why it matters
//! The API server drops the field, or refuses the object where the client asks for strict validation. A workload that
//! is to have its own user namespace (`hostUsers: false`) runs in the node's.
//!
//! ## How to fix
//! Do without the field until the cluster is of that release, and protect the workload in another way.
//!
//! ```yaml bad parameters={"kubernetes-version":"1.24"}
//! hostUsers: false # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   resizePolicy: [] # <- here
//!   securityContext:
//!     procMount: Unmasked
//! ```
//! ```yaml bad parameters={"kubernetes-version":"v1.29.4"}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   securityContext:
//!     appArmorProfile: {type: RuntimeDefault} # <- here
//! ```
//! ```yaml bad parameters={"kubernetes-version":"1.29"}
//! apiVersion: argoproj.io/v1alpha1
//! kind: Rollout
//! metadata: {name: web}
//! spec:
//!   template:
//!     spec:
//!       supplementalGroupsPolicy: Strict
//!       securityContext:
//!         supplementalGroupsPolicy: Strict # <- here
//!       containers:
//!       - {name: web, image: registry.example.com/web:1.4}
//! ```
//! ```yaml good parameters={"kubernetes-version":"1.25"}
//! hostUsers: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # The newest release has them; a field that no release has is another control's.
//! hostUsers: false
//! hostUser: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss parameters={"kubernetes-version":"1.24"}
//! # A whole kind that is newer is another control's too.
//! apiVersion: resource.k8s.io/v1
//! kind: ResourceClaim
//! metadata: {name: gpu}
//! ```

use plimsoll_kubernetes::schema::Trouble;

use crate::prelude::*;
use crate::support::schema::shown;

pub const CONTROL: Control = Control {
    id: "manifest/newer-field",
    title: "Field newer than the cluster",
    severity: Medium,
    frameworks: &[],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::AnyObject(Needs::Nothing, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    for problem in inventory.problems_of(object) {
        let Trouble::Dated { of, life } = problem.trouble else { continue };
        let release = found.parameters().kubernetes_minor();
        if let Some(since) = life.since().filter(|since| *since > release) {
            let key = shown(problem.field.anchor().key().unwrap_or_default());
            let what = format!("{key} of {} came with Kubernetes 1.{since}", of.name());
            let message = format!("{what}; the cluster is 1.{release}: it is ignored, so do without it");
            found.at_key(&problem.field, message);
        }
    }
}

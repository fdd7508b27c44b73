//! A kind that its group doesn't have in that version.
//!
//! ## What it checks
//! Every object whose group is Kubernetes' own (`v1`, `apps/…`, `batch/…`, `networking.k8s.io/…`): that there is such a
//! kind in that version; and kinds of Kubernetes in a group that looks like one of its groups and is none (`app/v1`,
//! `networking/v1`): the group of a custom resource has a dot. Versions that there once were belong to
//! `manifest/removed-api`. Of custom resources it asks that their version is served, where their
//! CustomResourceDefinition is in the scan too.
//!
//! ## Why it matters
//! No cluster takes the object: `no matches for kind`. Whoever waits for its protection waits in vain.
//!
//! ## How to fix
//! Correct the kind or the apiVersion.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Deployment # <- here
//! metadata: {name: web}
//! ---
//! apiVersion: batch/v1
//! kind: Cronjob # <- here
//! metadata: {name: web}
//! ---
//! apiVersion: networking.k8s.io/v2
//! kind: Ingress # <- here
//! metadata: {name: web}
//! ---
//! apiVersion: apps/v1
//! kind: Widget # <- here
//! metadata: {name: web}
//! ```
//! ```yaml bad
//! # Groups that nobody has.
//! apiVersion: app/v1
//! kind: Deployment # <- here
//! metadata: {name: web}
//! ---
//! apiVersion: Apps/v1
//! kind: Deployment # <- here
//! metadata: {name: web}
//! ---
//! apiVersion: networking/v1
//! kind: Ingress # <- here
//! metadata: {name: web}
//! ---
//! apiVersion: extension/v1beta1
//! kind: Ingress # <- here
//! metadata: {name: web}
//! ---
//! apiVersion: core/v1
//! kind: Pod # <- here
//! metadata: {name: web}
//! ```
//! ```yaml bad
//! apiVersion: apiextensions.k8s.io/v1
//! kind: CustomResourceDefinition
//! metadata: {name: widgets.example.com}
//! spec:
//!   group: example.com
//!   names: {plural: widgets, kind: Widget}
//!   versions:
//!   - {name: v1alpha1, served: false}
//!   - {name: v1, served: true}
//! ---
//! apiVersion: example.com/v1alpha1
//! kind: Widget # <- here
//! metadata: {name: web}
//! ---
//! apiVersion: example.com/v1
//! kind: Widget
//! metadata: {name: web}
//! ```
//! ```yaml good
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! ```
//! ```yaml near-miss
//! # Removed, not unknown; lists; a client's configuration; another program's file; a group of custom resources with a like name.
//! apiVersion: extensions/v1beta1
//! kind: Deployment
//! metadata: {name: web}
//! ---
//! apiVersion: apps/v1
//! kind: DeploymentList
//! metadata: {}
//! ---
//! apiVersion: v1
//! kind: Config
//! clusters: []
//! ---
//! apiVersion: 0.1.0
//! kind: Application
//! metadata: {name: web}
//! ---
//! apiVersion: gateway.networking.k8s.io/v1
//! kind: Gateway
//! metadata: {name: web}
//! ```
//! ```yaml near-miss
//! # Other programs' files.
//! apiVersion: openslo/v1
//! kind: Service
//! metadata: {name: web}
//! ---
//! apiVersion: skaffold/v4beta11
//! kind: Config
//! metadata: {name: web}
//! ---
//! apiVersion: n9/v1alpha
//! kind: RoleBinding
//! metadata: {name: web}
//! ```

use plimsoll_engine::nearest;
use plimsoll_kubernetes::{lifecycle, schema};

use crate::prelude::*;
use crate::support::schema::shown;

pub const CONTROL: Control = Control {
    id: "manifest/unknown-kind",
    title: "Kind that its group doesn't have",
    severity: Medium,
    frameworks: &[],
    aliases: &["kube-linter:schema-validation"],
    profiles: &[Recommended],
    fix: None,
    check: Check::AnyObject(Needs::Nothing, check),
};

/// Files of clients and answers of servers that bear the core group's version; and what OpenShift 3 kept there.
const OTHERS_OF_CORE: &[&str] = &[
    "APIGroup",
    "APIResourceList",
    "APIVersions",
    "BuildConfig",
    "Config",
    "DeleteOptions",
    "DeploymentConfig",
    "EncryptionConfig",
    "ImageStream",
    "List",
    "Preferences",
    "Route",
    "SecurityContextConstraints",
    "Status",
    "Template",
];

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if let Some(versions) = found.inventory().versions_of(object) {
        let versions: Vec<_> = versions.collect();
        if !versions.contains(&object.version()) {
            let what = format!("the definition of {} serves no {}", object.kind(), shown(object.version()));
            let message = match versions.iter().max_by_key(|version| schema::rank(version)) {
                Some(version) => format!("{what}: write apiVersion {}/{version}", object.group()),
                None => format!("{what}, nor any other version"),
            };
            found.on(object, message);
        }
        return;
    }
    let (group, version, kind) = (object.group(), object.version(), object.kind());
    if schema::type_of(group, version, kind).is_some()
        || !(schema::is_built_in_group(group) || group == FORMER || is_mistyped(group, kind))
        || lifecycle::deprecation_of(object).is_some()
        || (group.is_empty() && OTHERS_OF_CORE.contains(&kind))
        || is_list(group, version, kind)
        // Other programs' files have an apiVersion without a group too, such as "0.1.0".
        || (group.is_empty() && version != "v1" && schema::kinds().all(|(_, _, known)| known != kind))
    {
        return;
    }
    let elsewhere = schema::kinds()
        .filter(|(_, _, known)| *known == kind)
        .max_by_key(|(_, version, _)| schema::rank(version));
    let hint = if let Some((group, version, _)) = elsewhere {
        let separator = if group.is_empty() { "" } else { "/" };
        format!(": write apiVersion {group}{separator}{version}")
    } else if let Some(near) = nearest(
        kind,
        schema::kinds().filter(|known| known.0 == group && known.1 == version).map(|known| known.2),
    ) {
        format!(": did you mean {near}?")
    } else {
        ": correct the kind or the apiVersion".to_owned()
    };
    found.on(object, format!("{} has no kind {}{hint}", shown(object.api_version()), shown(kind)));
}

/// The group that many kinds came from.
const FORMER: &str = "extensions";

/// Whether a group that no cluster has is meant to be one of a kind that Kubernetes has. The group of a custom resource
/// is a domain with a dot; other programs' files have groups without one, too, and may have a kind of the same name.
fn is_mistyped(group: &str, kind: &str) -> bool {
    if group.contains('.') {
        return false;
    }
    let mut groups =
        schema::kinds().filter(|(_, _, known)| *known == kind).map(|(known, _, _)| known).peekable();
    if groups.peek().is_none() {
        return false;
    }
    groups.chain([FORMER]).any(|known| {
        // `networking` of networking.k8s.io.
        let first = known.split_once('.').map_or(known, |(first, _)| first);
        let first = if first.is_empty() { "core" } else { first };
        nearest(&group.to_ascii_lowercase(), [first]).is_some()
    })
}

/// Whether the kind is the list of a kind.
fn is_list(group: &str, version: &str, kind: &str) -> bool {
    kind.strip_suffix("List").is_some_and(|item| schema::type_of(group, version, item).is_some())
}

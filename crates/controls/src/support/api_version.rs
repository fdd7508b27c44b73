//! What to write instead of an API version that goes.

use plimsoll_kubernetes::lifecycle::{Deprecation, Minor, Replacement};
use plimsoll_kubernetes::{group_of, schema};

use crate::prelude::*;
use crate::support::workloads;

/// "deprecated in Kubernetes 1.21 and removed in 1.25"
pub(crate) fn history(known: &Deprecation) -> String {
    match (known.deprecated, known.removed) {
        (Some(deprecated), Some(removed)) => {
            format!("deprecated since Kubernetes 1.{deprecated} and removed in 1.{removed}")
        }
        (Some(deprecated), None) => format!("deprecated since Kubernetes 1.{deprecated}"),
        (None, Some(removed)) => format!("removed in Kubernetes 1.{removed}"),
        (None, None) => "deprecated".to_owned(),
    }
}

/// Whether the fields of an object mean something else in the version that took its place: the empty selector of a
/// PodDisruptionBudget does.
fn changes_meaning(object: &Object<'_>) -> bool {
    object.is("policy", "PodDisruptionBudget")
        && object.get("spec.selector").exists()
        && workloads::budget_selector(object).is_none()
}

/// Reports an object's API version, with a fix where nothing else of the manifest changes. What is to be used instead
/// is what the release in question serves.
pub(crate) fn report<'d>(object: &Object<'d>, known: &Deprecation, found: &mut Findings<'_, 'd>) {
    let field = object.get("apiVersion");
    let what = format!("{} {} is {}", object.api_version(), object.kind(), history(known));
    let release = found.parameters().kubernetes_minor();
    if let Replacement::Same(instead) | Replacement::Changed(instead) = known.replacement
        && !is_served(object, instead, release)
    {
        let message = match best_until(object, instead, release) {
            Some(until) => format!("{what}: use {until}, whose fields may differ, until {instead} is served"),
            None => format!("{what}: use {instead} once the cluster serves it, which 1.{release} doesn't"),
        };
        found.at(&field, message);
        return;
    }
    match known.replacement {
        Replacement::Same(instead) if changes_meaning(object) => {
            let message =
                format!("{what}: use {instead}, in which an empty selector selects every pod and not none");
            found.at(&field, message);
        }
        Replacement::Same(instead) => {
            found.at(&field, format!("{what}: use {instead}")).unsafe_fix(set(&field, instead));
        }
        Replacement::Changed(instead) => {
            found.at(&field, format!("{what}: use {instead}, whose fields differ"));
        }
        Replacement::Other(instead) => {
            found.at(&field, format!("{what}: use {instead}"));
        }
    }
}

/// Whether a release serves an object's kind in another version. Where the kind has another name there, as EndpointSlice
/// has for Endpoints, it is old enough for every release that is known.
fn is_served(object: &Object<'_>, api_version: &str, release: Minor) -> bool {
    let version = version_of(api_version);
    schema::served(group_of(api_version), version, object.kind())
        .is_none_or(|served| served.life.is_in(release))
}

/// The best version, short of the one that is to be used in the end, in which a release serves an object's kind; better
/// than the object's own.
fn best_until(object: &Object<'_>, api_version: &str, release: Minor) -> Option<String> {
    let group = group_of(api_version);
    let best =
        schema::versions_in(group, object.kind(), release).max_by_key(|version| schema::rank(version))?;
    let is_better = group != object.group() || schema::rank(best) > schema::rank(object.version());
    is_better.then(|| format!("{group}/{best}"))
}

fn version_of(api_version: &str) -> &str {
    api_version.split_once('/').map_or(api_version, |(_, version)| version)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use plimsoll_doc::{Limits, SourceFile, parse};
    use plimsoll_kubernetes::objects;

    use super::*;

    #[test]
    fn what_is_advised_is_served() {
        for (own, kind, instead, release, until) in [
            ("resource.k8s.io/v1alpha2", "ResourceClaim", "resource.k8s.io/v1", 33, Some("v1beta2")),
            ("resource.k8s.io/v1alpha2", "ResourceClaim", "resource.k8s.io/v1", 32, Some("v1beta1")),
            (
                "certificates.k8s.io/v1alpha1",
                "ClusterTrustBundle",
                "certificates.k8s.io/v1",
                35,
                Some("v1beta1"),
            ),
            ("scheduling.k8s.io/v1alpha1", "Workload", "scheduling.k8s.io/v1beta1", 36, Some("v1alpha2")),
            (
                "storagemigration.k8s.io/v1alpha1",
                "StorageVersionMigration",
                "storagemigration.k8s.io/v1",
                36,
                Some("v1beta1"),
            ),
            // The best there is already.
            ("resource.k8s.io/v1beta2", "ResourceClaim", "resource.k8s.io/v1", 33, None),
        ] {
            let text = format!("apiVersion: {own}\nkind: {kind}\nmetadata: {{name: web}}\n");
            let file = Arc::new(SourceFile::new("test.yaml", text.into_bytes()));
            let document = parse(&file, &Limits::default()).pop().expect("a document").expect("YAML");
            objects(document.root(), |object| {
                let object = object.expect("an object");
                assert!(!is_served(&object, instead, release), "{own} {kind} in 1.{release}");
                let until = until.map(|version| format!("{}/{version}", object.group()));
                assert_eq!(best_until(&object, instead, release), until, "{own} {kind} in 1.{release}");
                assert!(is_served(&object, instead, schema::VERSION.1), "{own} {kind}");
            });
        }
    }
}

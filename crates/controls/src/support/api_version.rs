//! What to write instead of an API version that goes.

use plimsoll_kubernetes::lifecycle::{Deprecation, Replacement};

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

/// Reports an object's API version, with a fix where nothing else of the manifest changes.
pub(crate) fn report<'d>(object: &Object<'d>, known: &Deprecation, found: &mut Findings<'_, 'd>) {
    let field = object.get("apiVersion");
    let what = format!("{} {} is {}", object.api_version(), object.kind(), history(known));
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

//! The types of the Kubernetes API: which kinds there are, which fields they have, and what an object
//! says that the API server would refuse to read.
//!
//! The facts are those of the releases from [`OLDEST`] to [`VERSION`], each with the release that it came
//! with and the one that it was gone in; `cargo xtask schema` writes them. A type's own are those of the
//! newest release that has it: the API only grows within a version of a group, but for alphas.

mod check;
mod custom;
mod facts;
mod malformed;
mod strict;
#[rustfmt::skip]
mod table;

pub(crate) use check::{Found, problems};
pub use check::{Problem, Trouble, Wanted};
pub use custom::{CustomProblem, CustomTrouble, Definition, Schema, strict_custom};
pub(crate) use custom::{defined, served_versions};
pub use facts::{Life, Type};
pub use strict::{Mistyped, StrictError, Strictness, Verdict, strict};

use crate::lifecycle::Minor;

/// The newest release of Kubernetes that is known: major, minor.
pub const VERSION: (u16, u16) = (1, table::NEWEST);

/// The oldest release that is known. What was there then counts as having always been.
pub const OLDEST: Minor = table::OLDEST;

/// A kind of a group and version.
#[derive(Clone, Copy, Debug)]
pub struct Served {
    pub of: &'static Type,
    /// The releases that serve it, where its group and version are turned on.
    pub life: Life,
}

/// What is known of a kind in a version of its group, whatever the release; `None` for what Kubernetes itself
/// never served since [`OLDEST`], custom resources above all.
pub fn served(group: &str, version: &str, kind: &str) -> Option<Served> {
    let at = table::KINDS
        .binary_search_by(|known| (known.kind, known.group, known.version).cmp(&(kind, group, version)))
        .ok()?;
    let known = table::KINDS.get(at)?;
    Some(Served { of: table::TYPES.get(usize::from(known.of))?, life: known.life })
}

/// The type of a kind that the newest release serves.
pub fn type_of(group: &str, version: &str, kind: &str) -> Option<&'static Type> {
    let known = served(group, version, kind)?;
    known.life.is_in(table::NEWEST).then_some(known.of)
}

/// The kinds that the newest release serves: group, version, kind.
pub fn kinds() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let is_served = |known: &&facts::Kind| known.life.is_in(table::NEWEST);
    table::KINDS.iter().filter(is_served).map(|known| (known.group, known.version, known.kind))
}

/// The versions of a group in which a release serves a kind, in alphabetical order.
pub fn versions_in(group: &str, kind: &str, release: Minor) -> impl Iterator<Item = &'static str> {
    table::KINDS
        .iter()
        .filter(move |known| known.kind == kind && known.group == group && known.life.is_in(release))
        .map(|known| known.version)
}

/// Whether a group is Kubernetes' own: what it doesn't have there, no custom resource can add.
pub fn is_built_in_group(group: &str) -> bool {
    kinds().any(|(known, _, _)| known == group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_for_their_searches() {
        assert!(
            table::KINDS.is_sorted_by(|a, b| (a.kind, a.group, a.version) < (b.kind, b.group, b.version))
        );
        for of in table::TYPES {
            let names: Vec<_> = of.fields().collect();
            assert!(names.is_sorted_by(|a, b| (a.len(), a) < (b.len(), b)), "{}", of.name());
            assert!(names.len() <= 64, "{} has more fields than a set of them holds", of.name());
        }
    }

    #[test]
    fn kinds_are_found_by_group_and_version() {
        assert_eq!(type_of("apps", "v1", "Deployment").map(Type::name), Some("Deployment"));
        assert_eq!(type_of("", "v1", "Pod").map(Type::name), Some("Pod"));
        assert!(type_of("", "v1", "Deployment").is_none());
        assert!(type_of("apps", "v1beta1", "Deployment").is_none());
        assert!(is_built_in_group("") && is_built_in_group("apps") && !is_built_in_group("argoproj.io"));
    }

    #[test]
    fn types_know_their_fields() {
        let pod = type_of("", "v1", "Pod").and_then(|pod| pod.child("spec"));
        assert_eq!(pod.map(Type::name), Some("PodSpec"));
        let container = pod.and_then(|pod| pod.child("containers"));
        assert_eq!(container.map(Type::name), Some("Container"));
        assert!(container.is_some_and(|of| of.has("securityContext") && !of.has("securitycontext")));
    }
}

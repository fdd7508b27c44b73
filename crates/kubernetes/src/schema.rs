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
pub use check::{Problem, Trouble, Wanted, is_replaced};
pub use custom::{CustomProblem, CustomTrouble, Definition, Schema, strict_custom};
pub(crate) use custom::{defined, served_versions};
pub(crate) use facts::Kind;
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
    find(group, version, kind)?.served()
}

/// The same, as it stands in the table.
pub(crate) fn find(group: &str, version: &str, kind: &str) -> Option<&'static Kind> {
    let at = table::KINDS
        .binary_search_by(|known| (known.kind, known.group, known.version).cmp(&(kind, group, version)))
        .ok()?;
    table::KINDS.get(at)
}

impl Kind {
    pub(crate) fn served(&self) -> Option<Served> {
        Some(Served { of: table::TYPES.get(usize::from(self.of))?, life: self.life })
    }
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

/// Where a version stands among those of a kind, the best one last: stable ones before betas before alphas, and of
/// these the highest number. What isn't of that form comes first.
pub fn rank(version: &str) -> (u8, u32, u32) {
    let Some(numbers) = version.strip_prefix('v') else { return (0, 0, 0) };
    let digits = numbers.bytes().take_while(u8::is_ascii_digit).count();
    let (major, rest) = numbers.split_at(digits);
    let (stability, minor) = if let Some(minor) = rest.strip_prefix("beta") {
        (2, minor)
    } else if let Some(minor) = rest.strip_prefix("alpha") {
        (1, minor)
    } else {
        (3, rest)
    };
    match (major.parse(), minor.parse()) {
        (Ok(major), Ok(minor)) if stability < 3 => (stability, major, minor),
        (Ok(major), _) if stability == 3 && minor.is_empty() => (stability, major, 0),
        _ => (0, 0, 0),
    }
}

/// Whether a group is Kubernetes' own: what it doesn't have there, no custom resource can add.
pub fn is_built_in_group(group: &str) -> bool {
    // Its groups with a dot all end so.
    (group.ends_with(".k8s.io") || !group.contains('.')) && kinds().any(|(known, _, _)| known == group)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycle::DEPRECATIONS;

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

    /// Two sources: what the servers publish, and what was announced.
    #[test]
    fn what_went_is_among_the_deprecations() {
        // Subresources: an eviction of the old version was taken longer than it was published, and nobody
        // writes the other one.
        let is_subresource = |kind| matches!(kind, "Eviction" | "EphemeralContainers");
        for known in table::KINDS.iter().filter(|known| !is_subresource(known.kind)) {
            let row = DEPRECATIONS
                .iter()
                .find(|row| (row.group, row.version, row.kind) == (known.group, known.version, known.kind));
            let removed = row.and_then(|row| row.removed).filter(|removed| *removed <= VERSION.1);
            assert_eq!(removed, known.life.gone(), "{}/{} {}", known.group, known.version, known.kind);
        }
    }

    #[test]
    fn releases_have_what_was_there() {
        let life = |group, version, kind| served(group, version, kind).map(|known| known.life);
        let policy = life("policy", "v1beta1", "PodSecurityPolicy");
        assert!(policy.is_some_and(|life| life.is_in(OLDEST) && life.is_in(24) && !life.is_in(25)));
        let claim = life("resource.k8s.io", "v1", "ResourceClaim");
        assert!(claim.is_some_and(|life| !life.is_in(33) && life.is_in(34) && life.is_in(VERSION.1)));
        let versions = |release| versions_in("batch", "CronJob", release).collect::<Vec<_>>();
        assert_eq!(
            [versions(20), versions(21), versions(25)].map(|versions| versions.join(" ")),
            ["v1beta1 v2alpha1", "v1 v1beta1", "v1"]
        );
        let pod = type_of("", "v1", "Pod").and_then(|pod| pod.child("spec"));
        let users = pod.and_then(|pod| pod.life("hostUsers"));
        assert_eq!(users.map(|life| (life.since(), life.gone())), Some((Some(25), None)));
    }

    #[test]
    fn types_know_their_fields() {
        let pod = type_of("", "v1", "Pod").and_then(|pod| pod.child("spec"));
        assert_eq!(pod.map(Type::name), Some("PodSpec"));
        let container = pod.and_then(|pod| pod.child("containers"));
        assert_eq!(container.map(Type::name), Some("Container"));
        assert!(container.is_some_and(|of| of.has("securityContext") && !of.has("securitycontext")));
    }

    #[test]
    fn versions_have_a_rank() {
        let sorted = ["v1.2", "v1alpha1", "v2alpha1", "v1beta1", "v1beta2", "v1beta10", "v1", "v2", "v10"];
        assert!(sorted.is_sorted_by(|a, b| rank(a) < rank(b)));
        assert_eq!(rank("beta1"), rank("v1gamma1"));
    }
}

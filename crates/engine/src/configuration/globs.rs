//! Patterns over paths and names.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use plimsoll_kubernetes::schema;

/// What a pattern is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlobKind {
    /// Paths relative to the configuration's folder: `*` stays within a folder, `**` doesn't, and a
    /// folder's pattern holds for everything in it.
    Paths,
    /// Names of objects and namespaces.
    Names,
    /// `Deployment` or `apps/Deployment`.
    Kinds,
}

/// A set of patterns.
#[derive(Clone, Debug)]
pub struct Globs {
    kind: GlobKind,
    patterns: Vec<String>,
    set: GlobSet,
}

impl Globs {
    /// The error is one plain line.
    pub fn new<'p>(kind: GlobKind, patterns: impl IntoIterator<Item = &'p str>) -> Result<Globs, String> {
        let mut set = GlobSetBuilder::new();
        let mut kept = Vec::new();
        for pattern in patterns {
            let path;
            let mut glob = pattern;
            if kind == GlobKind::Paths {
                if pattern.starts_with('/') {
                    return Err(format!(
                        "{pattern:?} is absolute: patterns are relative to the configuration's folder"
                    ));
                }
                path = straightened(pattern);
                glob = if path.is_empty() { "**" } else { &path };
            }
            if kind == GlobKind::Kinds {
                is_kind(pattern)?;
            }
            let glob = GlobBuilder::new(glob)
                .literal_separator(kind == GlobKind::Paths)
                .build()
                .map_err(|error| format!("{pattern:?} is no pattern: {}", error.kind()))?;
            set.add(glob);
            kept.push(pattern.to_owned());
        }
        let set = set.build().map_err(|error| format!("these patterns are too large: {}", error.kind()))?;
        Ok(Globs { kind, patterns: kept, set })
    }

    /// As they were written.
    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }

    pub fn matches(&self, text: &str) -> bool {
        match self.kind {
            GlobKind::Names | GlobKind::Kinds => self.set.is_match(text),
            GlobKind::Paths => {
                let ends = text.match_indices('/').map(|(at, _)| at).chain([text.len()]);
                ends.into_iter().any(|end| text.get(..end).is_some_and(|path| self.set.is_match(path)))
            }
        }
    }
}

/// Characters that make a text a pattern.
const SPECIAL: [char; 4] = ['*', '?', '[', '{'];

/// A path's pattern without what leads nowhere: paths are compared by their text.
fn straightened(pattern: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in pattern.split('/').filter(|part| !matches!(*part, "" | ".")) {
        let is_folder = |last: &&str| *last != ".." && !last.contains(SPECIAL);
        if part == ".." && parts.last().is_some_and(is_folder) {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// Refuses what looks like a kind and is none: it would match nothing.
fn is_kind(pattern: &str) -> Result<(), String> {
    if pattern.contains(SPECIAL) {
        return Ok(());
    }
    let (group, kind) = pattern.rsplit_once('/').unwrap_or(("", pattern));
    let (group, version) = group.rsplit_once('/').unwrap_or(match is_version(group) {
        true => ("", group),
        false => (group, ""),
    });
    let whole = |kind: &str| if group.is_empty() { kind.to_owned() } else { format!("{group}/{kind}") };
    if !version.is_empty() {
        return Err(format!("{pattern:?} has a version: write {}", whole(kind)));
    }
    let known = || schema::kinds().map(|(_, _, known)| known);
    match known().find(|known| is_misspelt(kind, known)) {
        Some(meant) if known().all(|known| known != kind) => {
            Err(format!("{pattern:?} is no kind: did you mean {}?", whole(meant)))
        }
        _ => Ok(()),
    }
}

/// `v1`, `v2beta1`.
fn is_version(group: &str) -> bool {
    group
        .strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) && !rest.contains('.'))
}

/// Whether a kind is another one in other letters, or the name of its resource.
fn is_misspelt(kind: &str, known: &str) -> bool {
    let (kind, known) = (kind.to_ascii_lowercase(), known.to_ascii_lowercase());
    kind == known
        || kind.strip_prefix(&known).is_some_and(|rest| matches!(rest, "s" | "es"))
        || kind.strip_suffix("ies").is_some_and(|stem| known.strip_suffix('y') == Some(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for (pattern, path, expected) in [
            ("k8s", "k8s/web.yaml", true),
            ("k8s/", "k8s/deep/web.yaml", true),
            ("./k8s/*.yaml", "k8s/web.yaml", true),
            ("k8s/*.yaml", "k8s/deep/web.yaml", false),
            ("k8s/**/*.yaml", "k8s/deep/er/web.yaml", true),
            ("**/test", "a/b/test/x.yaml", true),
            ("*.yaml", "k8s/web.yaml", false),
            ("**/*.yaml", "web.yaml", true),
            ("k8", "k8s/web.yaml", false),
            ("{a,b}/x.yaml", "b/x.yaml", true),
            ("../shared/**", "../shared/x.yaml", true),
            (".", "k8s/web.yaml", true),
            ("k8s/.", "k8s/web.yaml", true),
            ("k8s/./web.yaml", "k8s/web.yaml", true),
            ("x/../k8s", "k8s/web.yaml", true),
            ("../../shared", "../shared/x.yaml", false),
            ("*/../k8s", "k8s/web.yaml", false),
        ] {
            let globs = Globs::new(GlobKind::Paths, [pattern]).expect("a pattern");
            assert_eq!(globs.matches(path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn names() {
        for (pattern, name, expected) in [
            ("team-*", "team-a", true),
            ("team-*", "my-team-a", false),
            ("apps/*", "apps/Deployment", true),
            ("*", "apps/Deployment", true),
            ("Deployment", "deployment", false),
            ("web-?", "web-1", true),
            ("web-?", "web-10", false),
        ] {
            let globs = Globs::new(GlobKind::Names, [pattern]).expect("a pattern");
            assert_eq!(globs.matches(name), expected, "{pattern} {name}");
        }
        assert!(!Globs::new(GlobKind::Names, []).expect("no patterns").matches("x"));
    }

    #[test]
    fn kinds() {
        for pattern in [
            "Pod",
            "apps/Deployment",
            "Endpoints",
            "example.com/Widgets",
            "v1.example.com/Thing",
            "*/Pods",
            "pod?",
        ] {
            assert!(Globs::new(GlobKind::Kinds, [pattern]).is_ok(), "{pattern}");
        }
        for (pattern, error) in [
            ("Pods", "\"Pods\" is no kind: did you mean Pod?"),
            ("apps/deployment", "\"apps/deployment\" is no kind: did you mean apps/Deployment?"),
            ("NetworkPolicies", "\"NetworkPolicies\" is no kind: did you mean NetworkPolicy?"),
            ("v1/Pod", "\"v1/Pod\" has a version: write Pod"),
            ("apps/v1/Deployment", "\"apps/v1/Deployment\" has a version: write apps/Deployment"),
        ] {
            assert_eq!(Globs::new(GlobKind::Kinds, [pattern]).err().as_deref(), Some(error));
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for pattern in ["a[", "{a", "a{b,{c}"] {
            assert!(Globs::new(GlobKind::Names, [pattern]).is_err(), "{pattern}");
        }
        assert!(Globs::new(GlobKind::Paths, ["/etc"]).is_err());
    }
}

//! Patterns over paths and names.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// What a pattern is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlobKind {
    /// Paths relative to the configuration's folder: `*` stays within a folder, `**` doesn't, and a
    /// folder's pattern holds for everything in it.
    Paths,
    /// Names of objects and namespaces.
    Names,
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
            let mut glob = pattern;
            if kind == GlobKind::Paths {
                if pattern.starts_with('/') {
                    return Err(format!(
                        "{pattern:?} is absolute: patterns are relative to the configuration's folder"
                    ));
                }
                glob = glob.strip_prefix("./").unwrap_or(glob).trim_end_matches('/');
                glob = if glob == "." { "**" } else { glob };
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
            GlobKind::Names => self.set.is_match(text),
            GlobKind::Paths => {
                let ends = text.match_indices('/').map(|(at, _)| at).chain([text.len()]);
                ends.into_iter().any(|end| text.get(..end).is_some_and(|path| self.set.is_match(path)))
            }
        }
    }
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
    fn what_is_no_pattern_is_refused() {
        for pattern in ["a[", "{a", "a{b,{c}"] {
            assert!(Globs::new(GlobKind::Names, [pattern]).is_err(), "{pattern}");
        }
        assert!(Globs::new(GlobKind::Paths, ["/etc"]).is_err());
    }
}

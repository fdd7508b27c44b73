//! Globs: which paths a pattern means.

use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher, GlobSet, GlobSetBuilder};

use crate::{Error, name};

/// Characters that make a path a pattern.
const SPECIAL: [char; 4] = ['*', '?', '[', '{'];

/// A pattern that was given in the place of a path.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// The directory above the first component with a wildcard, as it was written.
    pub base: PathBuf,
    matcher: GlobMatcher,
    /// The components below the base; `None` where their number isn't fixed (`**`, `{a,b/c}`).
    components: Option<Vec<String>>,
    /// Whether the last component says nothing of the name: then only manifests are meant.
    pub any_name: bool,
    /// Whether a component asks for names with a dot in front.
    pub hidden: bool,
    /// Whether `**` occurs.
    pub recursive: bool,
}

impl Pattern {
    pub fn new(pattern: &str) -> Result<Pattern, Error> {
        let mut base = PathBuf::new();
        let mut rest = Vec::new();
        if pattern.starts_with('/') {
            base.push("/");
        }
        for component in pattern.split('/').filter(|component| !matches!(*component, "" | ".")) {
            if rest.is_empty() && !component.contains(SPECIAL) {
                base.push(component);
            } else {
                rest.push(component.to_owned());
            }
        }
        let matcher = build(pattern, &rest.join("/"))?.compile_matcher();
        let any_name = rest.last().is_some_and(|last| last == "*" || last == "**");
        let hidden = rest.iter().any(|component| component.starts_with('.'));
        let recursive = rest.iter().any(|component| component == "**");
        let fixed = !recursive && !rest.iter().any(|component| component.contains('{'));
        Ok(Pattern { base, matcher, components: fixed.then_some(rest), any_name, hidden, recursive })
    }

    /// Whether a path below the base is meant. As in a shell, a wildcard doesn't match the dot that
    /// hides a file.
    pub fn matches(&self, below: &Path) -> bool {
        if let Some(components) = &self.components {
            let hides = |component: Component| component.as_os_str().as_encoded_bytes().starts_with(b".");
            let reveals = |component: &String| component.starts_with('.');
            if below.components().zip(components).any(|(found, wanted)| hides(found) && !reveals(wanted)) {
                return false;
            }
        }
        self.matcher.is_match(below)
    }

    /// How many directories deep the pattern reaches; `None` for any depth.
    pub fn depth(&self) -> Option<usize> {
        self.components.as_ref().map(Vec::len)
    }
}

/// Whether a path is a pattern, given that no file has that very name.
pub(crate) fn is_pattern(path: &str) -> bool {
    path.contains(SPECIAL)
}

/// What is left out.
#[derive(Debug)]
pub(crate) struct Exclusion {
    set: GlobSet,
}

impl Exclusion {
    /// Patterns relative to a directory, which has no `.` and `..` in its path.
    pub fn new(patterns: &[String], directory: &Path) -> Result<Exclusion, Error> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            // Everything is compared by its whole path, so that `../x/*` works as well.
            let whole = name::resolve(&directory.join(pattern.trim_end_matches('/')));
            let prefix = whole
                .components()
                .zip(directory.components())
                .take_while(|(one, other)| one == other)
                .map(|(component, _)| component)
                .collect::<PathBuf>();
            let rest = whole.strip_prefix(&prefix).unwrap_or(&whole);
            let prefix = globset::escape(&prefix.to_string_lossy());
            let whole = format!("{}/{}", prefix.trim_end_matches('/'), rest.to_string_lossy());
            set.add(build(pattern, &whole)?);
        }
        let set = set.build().map_err(|error| Error::Glob {
            pattern: patterns.join(", "),
            reason: error.kind().to_string(),
        })?;
        Ok(Exclusion { set })
    }

    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// Whether a whole path without `.` and `..` is left out.
    pub fn matches(&self, path: &Path) -> bool {
        self.set.is_match(path)
    }

    /// Whether the path or a directory that it stands in is left out.
    pub fn covers(&self, path: &Path) -> bool {
        !self.is_empty() && path.ancestors().any(|ancestor| self.matches(ancestor))
    }
}

fn build(pattern: &str, glob: &str) -> Result<globset::Glob, Error> {
    GlobBuilder::new(glob)
        .literal_separator(true)
        .build()
        .map_err(|error| Error::Glob { pattern: pattern.to_owned(), reason: error.kind().to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        let pattern = Pattern::new(pattern).unwrap();
        Path::new(path).strip_prefix(&pattern.base).is_ok_and(|below| pattern.matches(below))
    }

    #[test]
    fn a_star_stays_in_its_directory() {
        assert!(matches("k8s/*.yaml", "k8s/web.yaml"));
        assert!(!matches("k8s/*.yaml", "k8s/web.yml"));
        assert!(!matches("k8s/*.yaml", "k8s/deep/web.yaml"));
        assert!(!matches("k8s/*.yaml", "other/web.yaml"));
    }

    #[test]
    fn two_stars_go_through_directories() {
        assert!(matches("k8s/**/*.yaml", "k8s/web.yaml"));
        assert!(matches("k8s/**/*.yaml", "k8s/a/b/web.yaml"));
        assert!(matches("**/web.yaml", "a/web.yaml"));
        assert!(!matches("k8s/**/*.yaml", "k8s/a/web.json"));
    }

    #[test]
    fn a_wildcard_does_not_match_the_dot_that_hides() {
        assert!(!matches("k8s/*.yaml", "k8s/.web.yaml"));
        assert!(!matches("*/web.yaml", ".git/web.yaml"));
        assert!(matches("k8s/.*.yaml", "k8s/.web.yaml"));
        assert!(matches(".github/*.yaml", ".github/web.yaml"));
    }

    #[test]
    fn the_base_is_what_has_no_wildcard() {
        assert_eq!(Pattern::new("./a//b/*/c.yaml").unwrap().base, Path::new("a/b"));
        assert_eq!(Pattern::new("/srv/*.yaml").unwrap().base, Path::new("/srv"));
        assert_eq!(Pattern::new("*.yaml").unwrap().base, Path::new(""));
        assert_eq!(Pattern::new("{a,b}/*.yaml").unwrap().depth(), None);
        assert_eq!(Pattern::new("a/*/*.yaml").unwrap().depth(), Some(2));
    }

    #[test]
    fn a_broken_glob_is_an_error_that_names_it() {
        let error = Pattern::new("k8s/[a.yaml").unwrap_err();
        assert!(error.to_string().starts_with("k8s/[a.yaml: not a valid glob"), "{error}");
        assert!(Exclusion::new(&["{a".to_owned()], Path::new("/srv")).is_err());
    }

    #[test]
    fn exclusions_are_relative_to_the_directory() {
        let patterns = ["vendor/", "./tests/**", "*.json", "../other/*.yaml", "**/secret.yaml"];
        let exclusion = Exclusion::new(&patterns.map(str::to_owned), Path::new("/a[1]/b")).unwrap();
        for path in [
            "/a[1]/b/vendor/deep/x.yaml",
            "/a[1]/b/tests/x.yaml",
            "/a[1]/b/x.json",
            "/a[1]/other/x.yaml",
            "/a[1]/b/c/d/secret.yaml",
        ] {
            assert!(exclusion.covers(Path::new(path)), "{path}");
        }
        for path in ["/a[1]/b/c/vendor/x.yaml", "/a1/b/x.json", "/a[1]/b/c/x.json", "/a[1]/vendor/x.yaml"] {
            assert!(!exclusion.covers(Path::new(path)), "{path}");
        }
    }
}

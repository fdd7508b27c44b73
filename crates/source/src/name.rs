//! Paths as people write them.

use std::path::{Component, Path, PathBuf};

/// The path without `.` components and doubled separators, for people: `./k8s//web.yaml` is
/// `k8s/web.yaml`.
pub(crate) fn clean(path: &Path) -> PathBuf {
    path.components().filter(|component| *component != Component::CurDir).collect()
}

/// The text of a [`clean`] path, with `/` between the components everywhere.
pub(crate) fn display(path: &Path) -> String {
    let path = clean(path);
    if path.as_os_str().is_empty() {
        return ".".to_owned();
    }
    let text = text(&path);
    if std::path::MAIN_SEPARATOR == '/' { text } else { text.replace('\\', "/") }
}

/// The path as text. Bytes that are not UTF-8 are written `\xff`, so that two names stay two.
pub(crate) fn text(path: &Path) -> String {
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("\\x{byte:02x}")));
    }
    text
}

/// The path with `.` and `..` resolved by their text alone.
pub(crate) fn resolve(path: &Path) -> PathBuf {
    let mut resolved = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => match resolved.components().next_back() {
                Some(Component::Normal(_)) => {
                    resolved.pop();
                }
                // The parent of the root is the root.
                Some(Component::RootDir) => {}
                _ => resolved.push(".."),
            },
            other => resolved.push(other),
        }
    }
    resolved
}

/// Whether a file of this name is read when it is found in a directory.
pub(crate) fn is_manifest(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "Kustomization")
        || path.extension().and_then(|extension| extension.to_str()).is_some_and(|extension| {
            ["yaml", "yml", "json"].iter().any(|known| extension.eq_ignore_ascii_case(known))
        })
}

/// Whether the name ends with `.json`.
pub(crate) fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_a_person_writes_them() {
        for (given, expected) in [
            ("./k8s", "k8s"),
            ("././k8s//web.yaml", "k8s/web.yaml"),
            ("k8s/./web.yaml", "k8s/web.yaml"),
            (".", "."),
            ("./", "."),
            ("../k8s/", "../k8s"),
            ("/etc/./x.yaml", "/etc/x.yaml"),
            ("./.hidden.yaml", ".hidden.yaml"),
        ] {
            assert_eq!(display(Path::new(given)), expected, "{given}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_not_text_keep_names_apart() {
        use std::os::unix::ffi::OsStrExt;
        let name = |bytes: &[u8]| display(Path::new(std::ffi::OsStr::from_bytes(bytes)));
        assert_eq!(name(b"./a\xff.yaml"), "a\\xff.yaml");
        assert_ne!(name(b"a\xff.yaml"), name(b"a\xfe.yaml"));
        assert_eq!(name("grün.yaml".as_bytes()), "grün.yaml");
    }

    #[test]
    fn parents_are_resolved_by_text() {
        assert_eq!(resolve(Path::new("/a/b/../c/./d")), Path::new("/a/c/d"));
        assert_eq!(resolve(Path::new("/../a")), Path::new("/a"));
        assert_eq!(resolve(Path::new("a/../../b/../..")), Path::new("../.."));
        assert_eq!(resolve(Path::new("overlays/prod/../../base")), Path::new("base"));
    }

    #[test]
    fn manifests_have_three_extensions() {
        for name in ["a.yaml", "a.yml", "a.json", "a.YAML", "a.tar.yml", "a/Kustomization"] {
            assert!(is_manifest(Path::new(name)), "{name}");
        }
        for name in ["a.yaml.bak", "yaml", ".yaml", "a.jsonc", "a.tpl", "a"] {
            assert!(!is_manifest(Path::new(name)), "{name}");
        }
    }
}

//! What relative paths and absent namespaces mean.

use std::path::{Component, Path, PathBuf};

use plimsoll_kubernetes::{group_of, is_cluster_scoped};

use crate::ObjectName;

/// What relative paths and absent namespaces mean in a run.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The folder of the configuration: its patterns are relative to it.
    pub root: &'a Path,
    /// The folder that names of files are relative to. Absolute, as `root` is.
    pub working_directory: &'a Path,
    /// Where objects go that name no namespace.
    pub namespace: &'a str,
}

impl<'a> Surroundings<'a> {
    /// A file's path relative to the root, with `/` between its parts: `k8s/web.yaml`, `../x.yaml`.
    pub fn path(&self, file: &str) -> String {
        let root = resolve(self.root);
        let whole = resolve(&self.working_directory.join(file));
        let shared = root.components().zip(whole.components()).take_while(|(a, b)| a == b).count();
        let up = root.components().skip(shared).map(|_| "..".into());
        let down = whole.components().skip(shared).map(|part| part.as_os_str().to_string_lossy());
        up.chain(down).collect::<Vec<_>>().join("/")
    }

    /// The namespace that an object belongs to: a Namespace to itself; `None` for any other kind
    /// outside namespaces.
    pub fn namespace_of<'o>(&self, object: &'o ObjectName) -> Option<&'o str>
    where
        'a: 'o,
    {
        let group = group_of(&object.api_version);
        if group.is_empty() && object.kind == "Namespace" {
            return Some(&object.name);
        }
        match &object.namespace {
            Some(namespace) => Some(namespace),
            None if is_cluster_scoped(group, &object.kind) => None,
            None => Some(self.namespace),
        }
    }
}

/// The path with `.` and `..` resolved by their text alone.
fn resolve(path: &Path) -> PathBuf {
    let mut resolved = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                resolved.pop();
            }
            other => resolved.push(other),
        }
    }
    resolved
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surroundings<'a>(root: &'a str, working_directory: &'a str) -> Surroundings<'a> {
        Surroundings {
            root: Path::new(root),
            working_directory: Path::new(working_directory),
            namespace: "default",
        }
    }

    #[test]
    fn paths_are_relative_to_the_root() {
        for (root, working_directory, file, expected) in [
            ("/repo", "/repo", "k8s/web.yaml", "k8s/web.yaml"),
            ("/repo", "/repo/k8s", "web.yaml", "k8s/web.yaml"),
            ("/repo", "/repo/k8s", "../web.yaml", "web.yaml"),
            ("/repo", "/other", "/repo/k8s/web.yaml", "k8s/web.yaml"),
            ("/repo/a", "/repo/a", "../b/./web.yaml", "../b/web.yaml"),
            ("/repo", "/repo2", "web.yaml", "../repo2/web.yaml"),
            ("/repo/", "/repo", "./web.yaml", "web.yaml"),
        ] {
            assert_eq!(surroundings(root, working_directory).path(file), expected, "{file} from {root}");
        }
    }

    #[test]
    fn objects_belong_to_namespaces() {
        for (api_version, kind, namespace, expected) in [
            ("apps/v1", "Deployment", Some("shop"), Some("shop")),
            ("apps/v1", "Deployment", None, Some("default")),
            ("v1", "Namespace", None, Some("name")),
            ("rbac.authorization.k8s.io/v1", "ClusterRole", None, None),
            ("example.com/v1", "Widget", None, Some("default")),
        ] {
            let object = ObjectName {
                api_version: api_version.to_owned(),
                kind: kind.to_owned(),
                namespace: namespace.map(str::to_owned),
                name: "name".to_owned(),
            };
            assert_eq!(surroundings("/", "/").namespace_of(&object), expected, "{api_version} {kind}");
        }
    }
}

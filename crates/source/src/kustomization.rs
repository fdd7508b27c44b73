//! What a kustomization is made of: which files and directories it uses, and what keeps it from
//! being rendered here.

use std::fs;
use std::path::{Path, PathBuf};

use plimsoll_doc::{Document, Limits, Value};

use crate::render::Directory;
use crate::{name, yaml};

/// The names that kustomize knows.
pub(crate) const NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// The group of the kinds that a kustomization file may have.
const GROUP: &str = "kustomize.config.k8s.io/";

/// A directory with a kustomization file, and what that file names.
#[derive(Debug)]
pub(crate) struct Kustomization {
    pub directory: Directory,
    /// The kustomization file.
    pub file: PathBuf,
    /// A part for other kustomizations, that is never rendered alone.
    pub is_component: bool,
    /// Files that are manifests, by identity.
    pub resources: Vec<PathBuf>,
    /// Files that are no manifests by themselves (patches, generators' files, settings), by identity.
    pub parts: Vec<PathBuf>,
    /// Directories that are kustomizations again.
    pub directories: Vec<Directory>,
    /// Why it cannot be rendered without network and plugins.
    pub obstacles: Vec<Obstacle>,
}

/// Something that keeps a kustomization from being rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// Something that would be fetched.
    Remote(String),
    /// A base, component or resource that is neither here nor clearly elsewhere.
    Missing(String),
    /// A plugin or function that would be run.
    Plugin(String),
    /// Charts that would be inflated.
    Charts,
    /// The file cannot be read, so nobody knows what it would do.
    Unreadable(String),
}

impl Obstacle {
    /// Whether a person's leave to use the network takes it away.
    pub fn is_of_the_network(&self) -> bool {
        matches!(self, Obstacle::Remote(_))
    }
}

impl std::fmt::Display for Obstacle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Obstacle::Remote(entry) => {
                write!(f, "{entry} is remote, and nothing is fetched without --allow-network")
            }
            Obstacle::Missing(entry) => write!(f, "{entry} is not there; correct the entry"),
            Obstacle::Plugin(plugin) => {
                write!(f, "{plugin} would be run, and no plugin is; scan what kustomize renders with it")
            }
            Obstacle::Charts => {
                write!(f, "helmCharts are not inflated; scan the output of kustomize build --enable-helm")
            }
            Obstacle::Unreadable(reason) => write!(f, "the kustomization file cannot be read: {reason}"),
        }
    }
}

/// Whether a file is a kustomization by its name.
pub(crate) fn is_named(path: &Path) -> bool {
    path.file_name().is_some_and(|name| NAMES.iter().any(|known| name == *known))
}

impl Kustomization {
    /// Reads the kustomization of a directory. `None` if it has none: a file of another kind may
    /// have the name, such as one of Flux.
    pub fn read(directory: Directory, limits: &Limits) -> Option<Kustomization> {
        let file =
            NAMES.iter().find_map(|name| fs::metadata(directory.path.join(name)).ok().map(|_| name))?;
        let path = directory.path.join(file);
        let mut kustomization = Kustomization {
            file: directory.identity.join(file),
            directory,
            is_component: false,
            resources: Vec::new(),
            parts: Vec::new(),
            directories: Vec::new(),
            obstacles: Vec::new(),
        };
        match yaml::single(&path, limits) {
            Ok(Some(document)) => {
                let root = document.root();
                let group = root.get("apiVersion").and_then(Value::as_str);
                if group.is_some_and(|group| !group.starts_with(GROUP)) {
                    return None;
                }
                kustomization.is_component = root.get("kind").and_then(Value::as_str) == Some("Component");
                kustomization.take(root, limits);
            }
            // What is wrong with an empty one, kustomize says best.
            Ok(None) => {}
            Err(reason) => kustomization.obstacles.push(Obstacle::Unreadable(reason)),
        }
        Some(kustomization)
    }

    fn take(&mut self, root: Value<'_>, limits: &Limits) {
        for field in ["resources", "bases", "components"] {
            strings(root.get(field)).for_each(|entry| self.resource(entry));
        }
        for field in ["crds", "configurations"] {
            strings(root.get(field)).for_each(|entry| self.part(entry));
        }
        strings(root.get("patchesStrategicMerge"))
            .filter(|entry| !is_inline(entry))
            .for_each(|entry| self.part(entry));
        for field in ["patches", "patchesJson6902", "replacements"] {
            items(root.get(field))
                .filter_map(|item| item.get("path")?.as_str())
                .for_each(|path| self.part(path));
        }
        if let Some(path) = root.get("openapi").and_then(|openapi| openapi.get("path")?.as_str()) {
            self.part(path);
        }
        for generator in
            ["configMapGenerator", "secretGenerator"].into_iter().flat_map(|field| items(root.get(field)))
        {
            for file in strings(generator.get("files")) {
                self.part(file.split_once('=').map_or(file, |(_, path)| path));
            }
            strings(generator.get("envs")).for_each(|file| self.part(file));
            if let Some(file) = generator.get("env").and_then(Value::as_str) {
                self.part(file);
            }
        }
        for field in ["generators", "transformers", "validators"] {
            strings(root.get(field)).for_each(|entry| self.plugin(entry, limits));
        }
        if ["helmCharts", "helmChartInflationGenerator"]
            .iter()
            .any(|field| root.get(field).is_some_and(|charts| !charts.is_empty()))
        {
            self.obstacles.push(Obstacle::Charts);
        }
    }

    /// A manifest, or a directory that is a kustomization again.
    fn resource(&mut self, entry: &str) {
        if is_remote(entry) {
            self.obstacles.push(Obstacle::Remote(shown(entry)));
            return;
        }
        let path = self.directory.path.join(entry);
        match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => self.enter(entry, path),
            Ok(_) => self.resources.push(self.identity(entry, &path)),
            // kustomize would try to clone it.
            Err(_) => self.obstacles.push(Obstacle::Missing(shown(entry))),
        }
    }

    fn enter(&mut self, entry: &str, path: PathBuf) {
        let name = name::display(&name::resolve(&Path::new(&self.directory.name).join(entry)));
        let identity = self.identity(entry, &path);
        self.directories.push(Directory { name, path, identity });
    }

    /// A file that is no manifest by itself. That it is missing, kustomize says best.
    fn part(&mut self, entry: &str) {
        if is_remote(entry) {
            self.obstacles.push(Obstacle::Remote(shown(entry)));
            return;
        }
        let path = self.directory.path.join(entry);
        self.parts.push(self.identity(entry, &path));
    }

    /// A generator, transformer or validator: written here, in a file, or in a directory.
    fn plugin(&mut self, entry: &str, limits: &Limits) {
        let documents = if is_inline(entry) {
            yaml::text(entry.as_bytes().to_vec(), limits)
        } else if is_remote(entry) {
            self.obstacles.push(Obstacle::Remote(shown(entry)));
            return;
        } else {
            let path = self.directory.path.join(entry);
            match fs::metadata(&path) {
                Ok(metadata) if metadata.is_dir() => return self.enter(entry, path),
                Ok(_) => {
                    self.part(entry);
                    yaml::all(&path, limits)
                }
                Err(_) => return self.obstacles.push(Obstacle::Missing(shown(entry))),
            }
        };
        match documents {
            Ok(documents) => self.obstacles.extend(documents.iter().filter_map(runs)),
            Err(reason) => self.obstacles.push(Obstacle::Unreadable(reason)),
        }
    }

    /// The whole path of an entry; links are only asked for where the text alone doesn't decide.
    fn identity(&self, entry: &str, path: &Path) -> PathBuf {
        fs::canonicalize(path).unwrap_or_else(|_| name::resolve(&self.directory.identity.join(entry)))
    }
}

/// What a plugin's configuration would run, unless it is one of kustomize's own.
fn runs(document: &Document) -> Option<Obstacle> {
    let root = document.root();
    let kind = root.get("kind").and_then(Value::as_str).unwrap_or("a plugin without a kind");
    let built_in = root.get("apiVersion").and_then(Value::as_str) == Some("builtin");
    let function = root
        .get("metadata")
        .and_then(|metadata| metadata.get("annotations"))
        .is_some_and(|annotations| annotations.get("config.kubernetes.io/function").is_some());
    if kind == "HelmChartInflationGenerator" {
        return Some(Obstacle::Charts);
    }
    (!built_in || function).then(|| Obstacle::Plugin(shown(kind)))
}

fn items<'d>(value: Option<Value<'d>>) -> impl Iterator<Item = Value<'d>> {
    value.into_iter().flat_map(Value::items)
}

fn strings<'d>(value: Option<Value<'d>>) -> impl Iterator<Item = &'d str> {
    items(value).filter_map(Value::as_str)
}

/// Whether an entry is YAML rather than a path to some.
fn is_inline(entry: &str) -> bool {
    entry.contains('\n') || entry.trim_start().starts_with('{')
}

/// Whether kustomize could take an entry for something to fetch: by HTTP, or with git in any of the
/// spellings that it knows.
fn is_remote(entry: &str) -> bool {
    let entry = entry.trim().to_ascii_lowercase();
    let hosts = ["github.com", "www.github.com", "gitlab.com", "bitbucket.org", "dev.azure.com"];
    let at_host =
        hosts.iter().any(|host| entry.strip_prefix(host).is_some_and(|rest| rest.starts_with(['/', ':'])));
    // git@host:path, and user@host:path as scp has it.
    let first = entry.split('/').next().unwrap_or_default();
    let copied =
        first.split_once('@').is_some_and(|(_, rest)| rest.contains(':')) || first.starts_with("git@");
    at_host
        || copied
        || entry.contains("://")
        || ["git::", "gh:", "ssh:", "http:", "https:", "file:"].iter().any(|prefix| entry.starts_with(prefix))
        || ["?ref=", "?version=", "&ref=", "&version="].iter().any(|query| entry.contains(query))
}

/// An entry for people: without credentials that stand in an address, and not at any length.
fn shown(entry: &str) -> String {
    let entry: String = entry.chars().filter(|character| !character.is_control()).take(200).collect();
    match entry.split_once("://").and_then(|(scheme, rest)| {
        let host = rest.split('/').next()?;
        let (_, bare) = host.rsplit_once('@')?;
        Some(format!("{scheme}://{bare}{}", rest.get(host.len()..)?))
    }) {
        Some(bare) => bare,
        None => entry,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remote_entries_are_known_in_every_spelling() {
        for entry in [
            "https://example.com/base.yaml",
            "HTTPS://example.com/base.yaml",
            "http://example.com/org/repo//base?ref=v1",
            "github.com/org/repo/base",
            "github.com:org/repo",
            "GitHub.com/org/repo?ref=v1",
            "git@example.com:org/repo",
            "git@example.com/org/repo",
            "me@example.com:org/repo",
            "ssh://git@example.com/org/repo",
            "git::https://example.com/org/repo",
            "file:///srv/repo",
            "example.com/org/repo?ref=main",
            "gh:org/repo",
        ] {
            assert!(is_remote(entry), "{entry}");
        }
        for entry in [
            "../base",
            "web.yaml",
            "github.community/x",
            "git/base",
            "./github",
            "a@b/web.yaml",
            "https.yaml",
        ] {
            assert!(!is_remote(entry), "{entry}");
        }
    }

    #[test]
    fn credentials_of_an_address_are_not_shown() {
        assert_eq!(shown("https://me:hunter2@example.com/a@b"), "https://example.com/a@b");
        assert_eq!(shown("https://example.com/a@b"), "https://example.com/a@b");
        assert_eq!(shown("git@example.com:org/repo"), "git@example.com:org/repo");
    }
}

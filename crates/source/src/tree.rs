//! What is in a directory and below it, in the order of the names, links behind everything else.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

use crate::git::{Rules, Verdict};
use crate::glob::Exclusion;
use crate::name;

/// What is looked for in a directory.
pub(crate) struct Tree<'a> {
    pub exclusion: &'a Exclusion,
    /// Whether files of other names than a manifest's are passed over.
    pub manifests_alone: bool,
    /// Whether names with a dot in front count.
    pub hidden: bool,
    /// How many directories deep; `None` for any depth.
    pub depth: Option<usize>,
    /// Whether what git ignores is left out.
    pub as_git: bool,
}

/// What a walk comes to.
pub(crate) enum Met<'m> {
    Directory(&'m Entry),
    /// A file, or what is neither a file nor a directory.
    Other(Entry),
    /// A link that leads back to a directory that it stands in.
    Loop {
        ancestor: &'m Path,
        link: &'m Path,
    },
    Failed {
        path: &'m Path,
        error: io::Error,
    },
    /// A repository of which it can't be known what it tracks.
    Untold(&'m Path),
}

/// What stands in a directory.
pub(crate) struct Entry {
    /// The path to open it by: below the path of the walk.
    pub path: PathBuf,
    /// Its whole path without links.
    pub identity: PathBuf,
    pub kind: FileType,
}

impl Tree<'_> {
    /// Walks through a directory, given by a path and by its whole path, and follows links, each to one directory
    /// only once, so that links between directories cannot multiply the work.
    pub fn walk(
        &self,
        path: &Path,
        identity: PathBuf,
        followed: &mut HashSet<PathBuf>,
        meet: &mut dyn FnMut(Met<'_>),
    ) {
        let rules = if self.as_git { Rules::above(&identity) } else { Rules::default() };
        let mut walk = Walk { tree: self, rules, followed, stack: Vec::new(), meet };
        walk.directory(path.to_owned(), identity, Verdict::Taken);
        let Walk { rules, meet, .. } = walk;
        rules.untold().for_each(|repository| meet(Met::Untold(repository)));
    }
}

struct Walk<'w> {
    tree: &'w Tree<'w>,
    rules: Rules,
    followed: &'w mut HashSet<PathBuf>,
    /// The directories that the walk is in, with their whole paths.
    stack: Vec<(PathBuf, PathBuf)>,
    meet: &'w mut dyn FnMut(Met<'_>),
}

impl Walk<'_> {
    fn directory(&mut self, path: PathBuf, identity: PathBuf, verdict: Verdict) {
        let mut entries = self.entries(&path);
        let holds = |wanted: &str| {
            entries.binary_search_by(|(name, _)| name.as_os_str().cmp(wanted.as_ref())).is_ok()
        };
        let has_level = self.tree.as_git && self.rules.enter(&identity, holds);
        self.stack.push((path, identity));
        // What a link leads to is known by its own name where that is here too.
        entries.sort_by_key(|(_, kind)| kind.is_symlink());
        for (name, kind) in entries {
            self.entry(&name, kind, verdict);
        }
        self.stack.pop();
        if has_level && let Some(repository) = self.rules.leave() {
            (self.meet)(Met::Untold(&repository));
        }
    }

    /// What is in a directory, by name.
    fn entries(&mut self, path: &Path) -> Vec<(OsString, FileType)> {
        let mut entries = Vec::new();
        match fs::read_dir(path) {
            Ok(listing) => {
                for entry in listing {
                    match entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))) {
                        Ok(entry) => entries.push(entry),
                        Err(error) => (self.meet)(Met::Failed { path, error }),
                    }
                }
            }
            Err(error) => (self.meet)(Met::Failed { path, error }),
        }
        entries.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        entries
    }

    fn entry(&mut self, name: &OsStr, kind: FileType, within: Verdict) {
        let tree = self.tree;
        let is_other = tree.manifests_alone && !name::is_manifest(name.as_ref());
        // A link may lead to a directory.
        if !tree.hidden && name.as_encoded_bytes().starts_with(b".") || is_other && kind.is_file() {
            return;
        }
        let Some((directory, identity)) = self.stack.last() else { return };
        let mut entry = Entry { path: directory.join(name), identity: identity.join(name), kind };
        if !tree.exclusion.is_empty() && tree.exclusion.matches(&name::resolve(&entry.path)) {
            return;
        }
        let target = kind.is_symlink().then(|| fs::metadata(&entry.path));
        if let Some(Ok(target)) = &target {
            entry.kind = target.file_type();
        }
        let is_directory = entry.kind.is_dir();
        let verdict = match tree.as_git {
            true => self.rules.verdict(&entry.identity, is_directory, within),
            false => Verdict::Taken,
        };
        if verdict == Verdict::LeftOut {
            return;
        }
        if let Some(target) = target {
            match target.and_then(|_| fs::canonicalize(&entry.path)) {
                Ok(identity) => entry.identity = identity,
                Err(error) => return (self.meet)(Met::Failed { path: &entry.path, error }),
            }
            if is_directory {
                if let Some((ancestor, _)) = self.stack.iter().find(|(_, above)| *above == entry.identity) {
                    return (self.meet)(Met::Loop { ancestor, link: &entry.path });
                }
                if !self.followed.insert(entry.identity.clone()) {
                    return;
                }
            }
        }
        if !is_directory {
            if !is_other {
                (self.meet)(Met::Other(entry));
            }
            return;
        }
        (self.meet)(Met::Directory(&entry));
        if tree.depth.is_none_or(|depth| self.stack.len() < depth) {
            self.directory(entry.path, entry.identity, verdict);
        }
    }
}

//! From paths to the files that are to be read.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use plimsoll_engine::Incomplete;

use crate::glob::{Exclusion, Pattern, is_pattern};
use crate::tree::{Entry, Met, Tree};
use crate::{Error, git, name, read};

/// The name of standard input in reports.
pub(crate) const STDIN: &str = "<stdin>";

/// Why what is neither a file nor a directory isn't read when it is found in a directory.
const SPECIAL: &str = "a pipe, a socket or a device, not a file; remove it, exclude it, or name it";

/// Why what git ignores may have been left out wrongly.
/// Files that there is room for from the beginning.
const MANY: usize = 1 << 10;

const UNTOLD: &str =
    "the repository's index cannot be read, so tracked files that .gitignore names were left out; name them";

/// How a file came to be read, which says how strictly it is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Via {
    /// A person named it: it must be readable whatever its name is.
    Named,
    /// A glob matched it: it must be readable too, but what is rendered covers it.
    Matched,
    /// Found in a directory by its extension.
    Walked,
    /// Found beside what a chart or a kustomization renders: read only if it is an object by itself.
    Beside,
}

/// A file that is to be read.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Its place among all that were found.
    pub number: usize,
    /// As people know it.
    pub name: String,
    /// `None` for standard input.
    pub file: Option<Place>,
    pub via: Via,
}

/// Where a file is.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The path to open it by.
    pub path: PathBuf,
    /// Its whole path without links, `.` and `..`: the same for every way that leads to it.
    pub identity: PathBuf,
}

/// What the paths of a request mean.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// In the order of the paths, then sorted; no file twice.
    pub files: Vec<Candidate>,
    pub incomplete: Vec<Incomplete>,
}

/// Finds what the paths mean, and tells of each file at once. Relative paths are relative to the directory.
pub(crate) fn find(
    paths: &[PathBuf],
    exclusion: Exclusion,
    directory: &Path,
    tell: &mut dyn FnMut(&Candidate),
) -> Result<Found, Error> {
    let mut finder = Finder {
        directory,
        tell,
        exclusion: &exclusion,
        found: Found { files: Vec::with_capacity(MANY), ..Found::default() },
        seen: HashSet::default(),
        followed: HashSet::new(),
        loops: HashSet::new(),
    };
    for path in paths {
        if path.as_os_str() == "-" {
            finder.stdin();
            continue;
        }
        // An empty path is a variable that isn't set, not the working directory.
        if path.as_os_str().is_empty() {
            return Err(Error::NotFound { path: "\"\"".to_owned() });
        }
        match fs::metadata(directory.join(path)) {
            Ok(metadata) => finder.named(path, metadata.is_dir()),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                match path.to_str().filter(|path| is_pattern(path)) {
                    Some(pattern) => finder.glob(pattern)?,
                    None => return Err(Error::NotFound { path: name::text(path) }),
                }
            }
            Err(error) => finder.incomplete(name::display(path), read::reason(&error)),
        }
    }
    Ok(finder.found)
}

struct Finder<'a> {
    /// What relative paths are relative to.
    directory: &'a Path,
    tell: &'a mut dyn FnMut(&Candidate),
    exclusion: &'a Exclusion,
    found: Found,
    /// Files, by identity: whole paths, so that they are the same where their text is.
    seen: HashSet<OsString, foldhash::fast::RandomState>,
    /// Directories that a walk has come to through a link, by identity: none is walked so twice,
    /// so that links between directories cannot multiply the work.
    followed: HashSet<PathBuf>,
    /// Directories that a link leads back to, by identity.
    loops: HashSet<PathBuf>,
}

impl Finder<'_> {
    fn incomplete(&mut self, file: String, reason: String) {
        self.found.incomplete.push(Incomplete { file, line: None, reason });
    }

    fn stdin(&mut self) {
        if self.found.files.iter().all(|candidate| candidate.file.is_some()) {
            self.push(STDIN.to_owned(), None, Via::Named);
        }
    }

    fn file(&mut self, name: String, place: Place, via: Via) {
        if self.seen.insert(place.identity.clone().into_os_string()) {
            self.push(name, Some(place), via);
        }
    }

    fn push(&mut self, name: String, file: Option<Place>, via: Via) {
        let candidate = Candidate { number: self.found.files.len(), name, file, via };
        (self.tell)(&candidate);
        self.found.files.push(candidate);
    }

    /// A file or directory that a person named.
    fn named(&mut self, given: &Path, is_directory: bool) {
        let path = self.directory.join(given);
        let lexical = name::resolve(&path);
        if self.exclusion.covers(&lexical) {
            return;
        }
        // What has no path of its own (a pipe of the shell) keeps the one that it was named by.
        let identity = fs::canonicalize(&path).unwrap_or(lexical);
        if is_directory {
            self.tree(given, &path, identity);
        } else {
            self.file(name::display(given), Place { path, identity }, Via::Named);
        }
    }

    /// Everything in a directory that looks like a manifest by its name.
    fn tree(&mut self, given: &Path, path: &Path, identity: PathBuf) {
        let mut followed = std::mem::take(&mut self.followed);
        let exclusion = self.exclusion;
        let tree = Tree { exclusion, manifests_alone: true, hidden: false, depth: None, as_git: true };
        tree.walk(path, identity, &mut followed, &mut |met| match met {
            Met::Directory(_) => {}
            Met::Other(Entry { path: file, identity, kind }) => {
                let name = shown(given, path, &file);
                if kind.is_file() {
                    self.file(name, Place { path: file, identity }, Via::Walked);
                } else {
                    // Reading one could wait for ever; who means it names it.
                    self.incomplete(name, SPECIAL.to_owned());
                }
            }
            trouble => self.trouble(given, path, trouble),
        });
        self.followed = followed;
    }

    /// What a glob matches: a file as though it had been named, a directory likewise. `**` looks
    /// into directories as a walk does, so it leaves out what git ignores.
    fn glob(&mut self, text: &str) -> Result<(), Error> {
        let pattern = Pattern::new(text)?;
        let path = self.directory.join(&pattern.base);
        let Ok(identity) = fs::canonicalize(&path) else {
            return Err(Error::NoMatch { pattern: text.to_owned() });
        };
        let tree = Tree {
            exclusion: self.exclusion,
            manifests_alone: pattern.any_name,
            hidden: pattern.hidden,
            depth: pattern.depth(),
            as_git: pattern.recursive,
        };
        let mut matched = false;
        let mut directories = Vec::new();
        tree.walk(&path, identity, &mut HashSet::new(), &mut |met| {
            let entry = match &met {
                Met::Directory(entry) => *entry,
                Met::Other(entry) => entry,
                Met::Failed { path: failed, .. } => {
                    let is_meant = pattern.matches(failed.strip_prefix(&path).unwrap_or(failed));
                    matched |= is_meant;
                    // A file that cannot be read and isn't meant is nobody's concern.
                    if is_meant || failed.is_dir() {
                        self.trouble(&pattern.base, &path, met);
                    }
                    return;
                }
                _ => return self.trouble(&pattern.base, &path, met),
            };
            let below = entry.path.strip_prefix(&path).unwrap_or(&entry.path);
            if !pattern.matches(below) {
                return;
            }
            let given = pattern.base.join(below);
            match met {
                Met::Other(Entry { path, identity, .. }) => {
                    matched = true;
                    self.file(name::display(&given), Place { path, identity }, Via::Matched);
                }
                Met::Directory(entry) => {
                    directories.push((given, entry.path.clone(), entry.identity.clone()))
                }
                _ => {}
            }
        });
        // `**` has been through its directories already.
        if !pattern.recursive {
            matched |= !directories.is_empty();
            for (given, path, identity) in directories {
                self.tree(&given, &path, identity);
            }
        }
        if matched { Ok(()) } else { Err(Error::NoMatch { pattern: text.to_owned() }) }
    }

    /// What went wrong on the way through a directory.
    fn trouble(&mut self, given: &Path, root: &Path, met: Met<'_>) {
        match met {
            Met::Directory(_) | Met::Other(_) => {}
            Met::Loop { ancestor, link } => {
                let identity = fs::canonicalize(ancestor).unwrap_or_else(|_| ancestor.to_owned());
                if self.loops.insert(identity) {
                    let ancestor = shown(given, root, ancestor);
                    let reason = format!(
                        "a symbolic link that leads back to {ancestor}, not followed; remove it or exclude it"
                    );
                    self.incomplete(shown(given, root, link), reason);
                }
            }
            Met::Failed { path, error } => {
                // A link to nowhere counts where its name says that a manifest was meant.
                let dangling = error.kind() == io::ErrorKind::NotFound && !name::is_manifest(path);
                if !dangling && !self.exclusion.covers(&name::resolve(path)) {
                    self.incomplete(shown(given, root, path), read::reason(&error));
                }
            }
            Met::Untold(repository) => {
                self.incomplete(shown(given, root, &repository.join(git::REPOSITORY)), UNTOLD.to_owned());
            }
        }
    }
}

/// A path met in a walk, as it follows from what was given.
fn shown(given: &Path, root: &Path, path: &Path) -> String {
    match path.strip_prefix(root) {
        Ok(below) => name::display(&given.join(below)),
        Err(_) => name::display(path),
    }
}

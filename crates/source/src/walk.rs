//! From paths to the files that are to be read.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ignore::{DirEntry, WalkBuilder};
use plimsoll_engine::Incomplete;

use crate::glob::{Exclusion, Pattern, is_pattern};
use crate::{Error, name, read};

/// The name of standard input in reports.
pub(crate) const STDIN: &str = "<stdin>";

/// Why what is neither a file nor a directory isn't read when it is found in a directory.
const SPECIAL: &str = "a pipe, a socket or a device, not a file; remove it, exclude it, or name it";

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
        exclusion: Arc::new(exclusion),
        found: Found::default(),
        seen: HashSet::new(),
        followed: Arc::default(),
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
    exclusion: Arc<Exclusion>,
    found: Found,
    /// Files, by identity: whole paths, so that they are the same where their text is.
    seen: HashSet<OsString>,
    /// Directories that a walk has come to through a link, by identity: none is walked so twice,
    /// so that links between directories cannot multiply the work.
    followed: Arc<Mutex<HashSet<PathBuf>>>,
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
        let links = Arc::new(Mutex::new(Links::new(path, identity)));
        let mut builder = WalkBuilder::new(path);
        read_git(&mut builder, true);
        for entry in self.walk(builder, &links, Arc::clone(&self.followed)) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.failure(given, path, &error);
                    continue;
                }
            };
            if entry.depth() == 0 || !name::is_manifest(entry.path()) {
                continue;
            }
            let name = shown(given, path, entry.path());
            match entry.file_type() {
                Some(kind) if kind.is_dir() => {}
                Some(kind) if kind.is_file() => {
                    let identity = lock(&links).identity(&entry);
                    self.file(name, Place { path: entry.into_path(), identity }, Via::Walked);
                }
                // Reading one could wait for ever; who means it names it.
                _ => self.incomplete(name, SPECIAL.to_owned()),
            }
        }
    }

    /// What a glob matches: a file as though it had been named, a directory likewise. `**` looks
    /// into directories as a walk does, so it leaves out what git ignores.
    fn glob(&mut self, text: &str) -> Result<(), Error> {
        let pattern = Pattern::new(text)?;
        let path = self.directory.join(&pattern.base);
        let Ok(identity) = fs::canonicalize(&path) else {
            return Err(Error::NoMatch { pattern: text.to_owned() });
        };
        let links = Arc::new(Mutex::new(Links::new(&path, identity)));
        let mut builder = WalkBuilder::new(&path);
        builder.hidden(!pattern.hidden).max_depth(pattern.depth());
        read_git(&mut builder, pattern.recursive);
        let mut matched = false;
        let mut directories = Vec::new();
        for entry in self.walk(builder, &links, Arc::default()) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.failure(&pattern.base, &path, &error);
                    continue;
                }
            };
            let below = entry.path().strip_prefix(&path).unwrap_or(entry.path());
            if entry.depth() == 0 || !pattern.matches(below) {
                continue;
            }
            let given = pattern.base.join(below);
            let identity = lock(&links).identity(&entry);
            if entry.file_type().is_some_and(|kind| kind.is_dir()) {
                directories.push((given, entry.into_path(), identity));
            } else if !pattern.any_name || name::is_manifest(entry.path()) {
                matched = true;
                self.file(name::display(&given), Place { path: entry.into_path(), identity }, Via::Matched);
            }
        }
        // `**` has been through its directories already.
        if !pattern.recursive {
            matched |= !directories.is_empty();
            for (given, path, identity) in directories {
                self.tree(&given, &path, identity);
            }
        }
        if matched { Ok(()) } else { Err(Error::NoMatch { pattern: text.to_owned() }) }
    }

    /// A walk in the order of the names that follows links, each to one directory only once.
    fn walk(
        &self,
        mut builder: WalkBuilder,
        links: &Arc<Mutex<Links>>,
        followed: Arc<Mutex<HashSet<PathBuf>>>,
    ) -> ignore::Walk {
        let links = Arc::clone(links);
        let exclusion = Arc::clone(&self.exclusion);
        builder.filter_entry(move |entry| {
            if !exclusion.is_empty() && exclusion.matches(&name::resolve(entry.path())) {
                return false;
            }
            let is_directory = entry.file_type().is_some_and(|kind| kind.is_dir());
            if !is_directory || !entry.path_is_symlink() {
                return true;
            }
            lock(&links).enter(entry.path()).is_none_or(|identity| lock(&followed).insert(identity))
        });
        builder.follow_links(true).sort_by_file_name(Ord::cmp).build()
    }

    /// What went wrong on the way through a directory.
    fn failure(&mut self, given: &Path, root: &Path, error: &ignore::Error) {
        match trouble(error, root) {
            Trouble::Loop { ancestor, child } => {
                let identity = fs::canonicalize(ancestor).unwrap_or_else(|_| ancestor.to_owned());
                if self.loops.insert(identity) {
                    let ancestor = shown(given, root, ancestor);
                    let reason = format!(
                        "a symbolic link that leads back to {ancestor}, not followed; remove it or exclude it"
                    );
                    self.incomplete(shown(given, root, child), reason);
                }
            }
            Trouble::Io { path, error } => {
                let below = path.strip_prefix(root).unwrap_or(path);
                let hidden =
                    below.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."));
                // A link to nowhere counts where its name says that a manifest was meant.
                let dangling = error.kind() == io::ErrorKind::NotFound && !name::is_manifest(path);
                if !hidden && !dangling && !self.exclusion.covers(&name::resolve(path)) {
                    self.incomplete(shown(given, root, path), read::reason(error));
                }
            }
            Trouble::Other(reason) => self.incomplete(name::display(given), reason),
        }
    }
}

/// Whole paths of what a walk meets, without asking the system where no link was followed.
struct Links {
    root: PathBuf,
    identity: PathBuf,
    /// Followed links that the walk is below, and where they lead.
    stack: Vec<(PathBuf, PathBuf)>,
}

impl Links {
    fn new(root: &Path, identity: PathBuf) -> Links {
        Links { root: root.to_owned(), identity, stack: Vec::new() }
    }

    /// Notes a link to a directory, and says where it leads.
    fn enter(&mut self, path: &Path) -> Option<PathBuf> {
        self.leave(path);
        let target = fs::canonicalize(path).ok()?;
        self.stack.push((path.to_owned(), target.clone()));
        Some(target)
    }

    /// Forgets the links that the walk has come out of.
    fn leave(&mut self, path: &Path) {
        while self.stack.last().is_some_and(|(link, _)| !path.starts_with(link)) {
            self.stack.pop();
        }
    }

    fn identity(&mut self, entry: &DirEntry) -> PathBuf {
        let path = entry.path();
        self.leave(path);
        if entry.path_is_symlink()
            && entry.depth() > 0
            && let Ok(target) = fs::canonicalize(path)
        {
            return target;
        }
        let (link, target) = match self.stack.last() {
            Some((link, target)) => (link, target),
            None => (&self.root, &self.identity),
        };
        match path.strip_prefix(link) {
            Ok(below) => target.join(below),
            Err(_) => name::resolve(path),
        }
    }
}

/// What a walk's error comes down to.
enum Trouble<'e> {
    Loop { ancestor: &'e Path, child: &'e Path },
    Io { path: &'e Path, error: &'e io::Error },
    Other(String),
}

fn trouble<'e>(error: &'e ignore::Error, path: &'e Path) -> Trouble<'e> {
    match error {
        ignore::Error::WithPath { path, err } => trouble(err, path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            trouble(err, path)
        }
        ignore::Error::Loop { ancestor, child } => Trouble::Loop { ancestor, child },
        ignore::Error::Io(error) => Trouble::Io { path, error },
        other => Trouble::Other(other.to_string()),
    }
}

/// Whether what git ignores is left out; a repository isn't needed for that.
fn read_git(builder: &mut WalkBuilder, leave_out: bool) {
    builder
        .ignore(false)
        .git_ignore(leave_out)
        .git_exclude(leave_out)
        .git_global(leave_out)
        .parents(leave_out)
        .require_git(false);
}

/// A path met in a walk, as it follows from what was given.
fn shown(given: &Path, root: &Path, path: &Path) -> String {
    match path.strip_prefix(root) {
        Ok(below) => name::display(&given.join(below)),
        Err(_) => name::display(path),
    }
}

/// Nothing that holds these locks leaves its value half changed.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! What git leaves out.

mod index;

use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use self::index::Index;

/// The rules of a directory, beside its files.
const RULES: &str = ".gitignore";

/// What makes a directory a repository: git's own directory, or a file that names it.
pub(crate) const REPOSITORY: &str = ".git";

/// What holds where a walk is: its directory's rules, and those of the directories above up to the repository's
/// root. Without a repository, those of all directories above hold.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    /// Of directories that have rules or are repositories, the outermost first.
    levels: Vec<Level>,
    /// A person's own, for all repositories; looked for in the first one.
    global: OnceCell<Option<Gitignore>>,
}

/// What a directory says.
#[derive(Debug)]
struct Level {
    directory: PathBuf,
    rules: Option<Gitignore>,
    repository: Option<Repository>,
}

#[derive(Debug)]
struct Repository {
    git: PathBuf,
    /// Rules that are not shared.
    exclude: Option<Gitignore>,
    /// Asked for where something would be left out; `None` where it can't be read.
    index: OnceCell<Option<Index>>,
}

/// What the rules make of a file or a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Taken,
    /// A directory that is left out, but for what is tracked in it.
    TrackedAlone,
    LeftOut,
}

impl Rules {
    /// The rules for what is in and below a directory, given by its whole path, but for its own.
    pub fn above(directory: &Path) -> Rules {
        let mut levels = Vec::new();
        if !directory.join(REPOSITORY).exists() {
            for above in directory.ancestors().skip(1) {
                let is_repository = above.join(REPOSITORY).exists();
                levels.extend(Level::of(above, above.join(RULES).is_file(), is_repository));
                if is_repository {
                    break;
                }
            }
        }
        levels.reverse();
        Rules { levels, global: OnceCell::new() }
    }

    /// Comes into a directory, whose names are told; says whether there is anything to leave again.
    pub fn enter(&mut self, directory: &Path, holds: impl Fn(&str) -> bool) -> bool {
        let level = Level::of(directory, holds(RULES), holds(REPOSITORY));
        let is_any = level.is_some();
        self.levels.extend(level);
        is_any
    }

    /// Leaves it; its repository, where it isn't known what that tracks.
    pub fn leave(&mut self) -> Option<PathBuf> {
        self.levels.pop().filter(Level::is_untold).map(|level| level.directory)
    }

    /// What becomes of a path. What is tracked is never left out, whatever the rules say of it.
    pub fn verdict(&self, path: &Path, is_directory: bool, within: Verdict) -> Verdict {
        if within == Verdict::Taken && !self.name(path, is_directory) {
            return Verdict::Taken;
        }
        match (self.tracks(path, is_directory), is_directory) {
            (false, _) => Verdict::LeftOut,
            (true, false) => Verdict::Taken,
            (true, true) => Verdict::TrackedAlone,
        }
    }

    /// Repositories above of which it isn't known what they track.
    pub fn untold(&self) -> impl Iterator<Item = &Path> {
        self.levels.iter().filter(|level| level.is_untold()).map(|level| level.directory.as_path())
    }

    /// Whether the rules name the path as one to leave out. The nearest one decides.
    fn name(&self, path: &Path, is_directory: bool) -> bool {
        let own = self.repository();
        let inside = &self.levels[own.unwrap_or(0)..];
        let rules = inside.iter().rev().filter_map(|level| level.rules.as_ref());
        let exclude = own.and_then(|at| self.levels[at].repository.as_ref()?.exclude.as_ref());
        let global = own.and_then(|_| self.global.get_or_init(global).as_ref());
        rules
            .chain(exclude)
            .chain(global)
            .map(|rules| rules.matched(path, is_directory))
            .find(|found| !found.is_none())
            .is_some_and(|found| matches!(found, Match::Ignore(_)))
    }

    fn tracks(&self, path: &Path, is_directory: bool) -> bool {
        let Some(level) = self.repository().map(|at| &self.levels[at]) else { return false };
        let (Some(repository), Ok(below)) = (&level.repository, path.strip_prefix(&level.directory)) else {
            return false;
        };
        let index = repository.index.get_or_init(|| Index::read(&repository.git));
        index.as_ref().is_some_and(|index| index.holds(below, is_directory))
    }

    /// The repository that the walk is in: the innermost.
    fn repository(&self) -> Option<usize> {
        self.levels.iter().rposition(|level| level.repository.is_some())
    }
}

impl Level {
    fn of(directory: &Path, has_rules: bool, is_repository: bool) -> Option<Level> {
        (has_rules || is_repository).then(|| Level {
            directory: directory.to_owned(),
            rules: if has_rules { rules(directory, &directory.join(RULES)) } else { None },
            repository: is_repository.then(|| Repository::of(directory)),
        })
    }

    /// Whether something would be left out, and the index that may hold it can't be read.
    fn is_untold(&self) -> bool {
        self.repository.as_ref().and_then(|repository| repository.index.get()).is_some_and(Option::is_none)
    }
}

impl Repository {
    fn of(directory: &Path) -> Repository {
        let git = git_directory(directory);
        // Work trees of one repository have these rules in common.
        let common = fs::read_to_string(git.join("commondir"))
            .map_or_else(|_| git.clone(), |common| git.join(common.trim_end()));
        Repository { exclude: rules(directory, &common.join("info/exclude")), git, index: OnceCell::new() }
    }
}

/// Where git keeps what belongs to the repository of a directory.
fn git_directory(directory: &Path) -> PathBuf {
    let git = directory.join(REPOSITORY);
    match fs::read_to_string(&git) {
        Ok(text) => match text.strip_prefix("gitdir:") {
            Some(elsewhere) => directory.join(elsewhere.trim()),
            None => git,
        },
        Err(_) => git,
    }
}

/// The rules that a person has for all repositories.
fn global() -> Option<Gitignore> {
    Some(Gitignore::global().0).filter(|rules| !rules.is_empty())
}

/// The rules of a file, which are about a directory. What of them isn't one is no rule for git either.
fn rules(directory: &Path, file: &Path) -> Option<Gitignore> {
    if !file.is_file() {
        return None;
    }
    let mut builder = GitignoreBuilder::new(directory);
    let _ = builder.add(file);
    builder.build().ok().filter(|rules| !rules.is_empty())
}

//! Charts whose dependencies are not in their folder: completed in a copy of it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use plimsoll_doc::Limits;
use tempfile::TempDir;

use crate::helm::Dependency;
use crate::name;
use crate::render::Directory;
use crate::tool::Tools;

/// Files and directories that a chart's folder may have to be copied.
const ENTRIES: usize = 10_000;

/// A copy of a chart that has its dependencies. It goes when this does.
pub(crate) struct Completed {
    /// Has the copy and a place for Helm's caches in it.
    folder: TempDir,
}

/// The name of the copy.
const COPY: &str = "chart";

impl Completed {
    /// Copies a chart and lets Helm bring what is missing: from directories beside it, and from
    /// anywhere where the tools may use the network.
    pub fn new(
        tools: &Tools,
        program: &Path,
        directory: &Directory,
        missing: &[Dependency],
        limits: &Limits,
    ) -> Result<Completed, String> {
        let failed =
            |error: io::Error| format!("not rendered: no copy could be made to complete it: {error}");
        let folder = tempfile::tempdir().map_err(failed)?;
        let chart = folder.path().join(COPY);
        let mut left = Left { entries: ENTRIES, bytes: limits.bytes as u64 };
        copy(&directory.path, &chart, &mut left).map_err(failed)?;
        for file in ["Chart.yaml", "requirements.yaml"] {
            anchor(&directory.path, &chart.join(file), missing).map_err(failed)?;
        }
        // The lock file pins what stood in the repositories, and knows directories by their old place.
        if missing.iter().any(|dependency| dependency.folder().is_some()) {
            for file in ["Chart.lock", "requirements.lock"] {
                let _ = fs::remove_file(chart.join(file));
            }
        }
        let home = folder.path().join("home");
        fs::create_dir(&home).map_err(failed)?;
        let mut arguments = vec!["dependency".as_ref(), "update".as_ref(), chart.as_os_str()];
        if !tools.allow_network {
            arguments.push("--skip-refresh".as_ref());
        }
        let done = tools.run_at(&home, program, &arguments);
        let completed = Completed { folder };
        match done {
            Ok(_) => Ok(completed),
            Err(reason) => Err(completed.told_of(directory, &reason)),
        }
    }

    /// A message about the copy, as though it were of the chart itself.
    pub fn told_of(&self, directory: &Directory, message: &str) -> String {
        message.replace(&*self.folder().to_string_lossy(), &directory.path.to_string_lossy())
    }

    /// The copy's folder.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().join(COPY)
    }
}

/// Makes the directories that a chart's metadata names independent of where it is.
fn anchor(from: &Path, metadata: &Path, missing: &[Dependency]) -> io::Result<()> {
    let Ok(mut text) = fs::read_to_string(metadata) else { return Ok(()) };
    for dependency in missing {
        if let Some(folder) = dependency.folder().filter(|folder| !Path::new(folder).is_absolute()) {
            let whole = name::resolve(&from.join(folder));
            text = text.replace(&dependency.repository, &format!("file://{}", whole.display()));
        }
    }
    fs::write(metadata, text)
}

/// What may still be copied.
struct Left {
    entries: usize,
    bytes: u64,
}

/// Copies a directory; what is neither a file nor a directory after following links is left out.
fn copy(from: &Path, to: &Path, left: &mut Left) -> io::Result<()> {
    let mut open = vec![(from.to_owned(), to.to_owned())];
    while let Some((from, to)) = open.pop() {
        fs::create_dir(&to)?;
        for entry in fs::read_dir(&from)? {
            let entry = entry?;
            let (from, to) = (entry.path(), to.join(entry.file_name()));
            let Ok(metadata) = fs::metadata(&from) else { continue };
            let size = if metadata.is_file() { metadata.len() } else { 0 };
            left.entries = left.entries.checked_sub(1).ok_or_else(too_large)?;
            left.bytes = left.bytes.checked_sub(size).ok_or_else(too_large)?;
            if metadata.is_dir() {
                open.push((from, to));
            } else if metadata.is_file() {
                fs::copy(&from, &to)?;
            }
        }
    }
    Ok(())
}

fn too_large() -> io::Error {
    io::Error::other("the chart's folder is too large")
}

//! Writing a changed file, whole or not at all.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why a file was not written; it is as it was.
#[derive(Debug)]
pub enum WriteError {
    /// It isn't any more what was read.
    Changed(PathBuf),
    /// It may not be written.
    ReadOnly(PathBuf),
    Io(PathBuf, io::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Changed(path) => {
                write!(f, "{} has changed since it was read: run the fix again", path.display())
            }
            WriteError::ReadOnly(path) => write!(f, "{} is read-only", path.display()),
            WriteError::Io(path, error) => write!(f, "{} can't be written: {error}", path.display()),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            WriteError::Io(_, error) => Some(error),
            _ => None,
        }
    }
}

/// Puts `text` in place of a file that still holds `before`: into a new file next to it, with the same
/// permissions, which then takes its name. A symbolic link stays, and what it leads to is replaced.
pub fn write(path: &Path, before: &str, text: &str) -> Result<(), WriteError> {
    let failed = |error| WriteError::Io(path.to_owned(), error);
    let target = fs::canonicalize(path).map_err(failed)?;
    let permissions = fs::metadata(&target).map_err(failed)?.permissions();
    if permissions.readonly() {
        return Err(WriteError::ReadOnly(path.to_owned()));
    }
    if fs::read(&target).map_err(failed)? != before.as_bytes() {
        return Err(WriteError::Changed(path.to_owned()));
    }
    let (temporary, file) = create_beside(&target).map_err(failed)?;
    let replaced = fill(file, text, permissions).and_then(|()| fs::rename(&temporary, &target));
    if let Err(error) = replaced {
        // The first error is the one to tell.
        let _ = fs::remove_file(&temporary);
        return Err(failed(error));
    }
    // The name is safe on disk once its folder is; not every system can do that for a folder.
    if let Some(folder) = target.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// A new file in the folder of another, which only its owner may read until it is complete.
fn create_beside(target: &Path) -> io::Result<(PathBuf, File)> {
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut attempt = 0;
    loop {
        let temporary = target.with_file_name(format!(".{name}.plimsoll-{}-{attempt}", std::process::id()));
        match options.open(&temporary) {
            Ok(file) => return Ok((temporary, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < 100 => attempt += 1,
            Err(error) => return Err(error),
        }
    }
}

fn fill(mut file: File, text: &str, permissions: fs::Permissions) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    file.set_permissions(permissions)?;
    file.sync_all()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    /// A folder of its own, removed afterwards.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("plimsoll-write-{}-{name}", std::process::id()));
            fs::create_dir_all(&path).expect("a folder");
            Folder(path)
        }

        fn names(&self) -> Vec<String> {
            let entries = fs::read_dir(&self.0).expect("the folder");
            let mut names: Vec<_> =
                entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
            names.sort();
            names
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn replaces_the_text_and_keeps_the_permissions() {
        let folder = Folder::new("replace");
        let path = folder.0.join("a.yaml");
        fs::write(&path, "a: 1\n").expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("permissions");
        write(&path, "a: 1\n", "a: 2\n").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("read"), "a: 2\n");
        assert_eq!(fs::metadata(&path).expect("metadata").permissions().mode() & 0o777, 0o640);
        assert_eq!(folder.names(), ["a.yaml"]);
    }

    #[test]
    fn follows_a_link_to_its_target() {
        let folder = Folder::new("link");
        let (path, link) = (folder.0.join("a.yaml"), folder.0.join("link.yaml"));
        fs::write(&path, "a: 1\n").expect("written");
        symlink("a.yaml", &link).expect("a link");
        write(&link, "a: 1\n", "a: 2\n").expect("written");
        assert!(fs::symlink_metadata(&link).expect("metadata").is_symlink());
        assert_eq!(fs::read_to_string(&path).expect("read"), "a: 2\n");
    }

    #[test]
    fn refuses_a_file_that_changed_or_may_not_be_written() {
        let folder = Folder::new("refuse");
        let path = folder.0.join("a.yaml");
        fs::write(&path, "a: 9\n").expect("written");
        assert!(matches!(write(&path, "a: 1\n", "a: 2\n"), Err(WriteError::Changed(_))));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("permissions");
        assert!(matches!(write(&path, "a: 9\n", "a: 2\n"), Err(WriteError::ReadOnly(_))));
        assert!(matches!(write(&folder.0.join("b"), "", "a: 2\n"), Err(WriteError::Io(..))));
        assert_eq!(fs::read_to_string(&path).expect("read"), "a: 9\n");
        assert_eq!(folder.names(), ["a.yaml"]);
    }
}

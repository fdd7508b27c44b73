//! Scans of real directories.

mod charts;
mod files;
mod git;
mod globs;
mod kustomizations;
mod links;
mod tools;

use std::ffi::OsString;
use std::fs;
use std::io::Cursor;
use std::path::PathBuf;
use std::time::Duration;

use tempfile::TempDir;

use crate::load::{Surroundings, load_in};
use crate::{Error, Loaded, Render, Request};

/// A manifest with a name to know it by.
fn manifest(name: &str) -> String {
    format!("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\n")
}

/// A directory with files in it, and the request that is made of it.
struct Estate {
    folder: TempDir,
    stdin: Vec<u8>,
    search_path: OsString,
    time: Duration,
    request: Request,
}

impl Estate {
    fn new(files: &[(&str, &str)]) -> Estate {
        let estate = Estate {
            folder: tempfile::tempdir().unwrap(),
            stdin: Vec::new(),
            search_path: OsString::new(),
            time: Duration::from_secs(60),
            request: Request::default(),
        };
        for (path, text) in files {
            estate.write(path, text);
        }
        estate
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// A program in `bin/` that runs this shell script, on a search path of its own.
    #[cfg(unix)]
    fn program(&mut self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt;
        self.write("text", format!("#!/bin/sh\n{script}\n"));
        let program = self.at("bin").join(name);
        fs::create_dir_all(self.at("bin")).unwrap();
        // A file that this process has written itself cannot be run while another test forks.
        let copied = std::process::Command::new("cp").arg(self.at("text")).arg(&program).status().unwrap();
        assert!(copied.success());
        fs::remove_file(self.at("text")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        self.search_path = self.at("bin").into_os_string();
    }

    /// Uses one of the programs of this machine, alone. Says so and gives `false` where it is missing.
    #[cfg(unix)]
    fn uses(&mut self, name: &str) -> bool {
        let found = std::env::var_os("PATH").and_then(|path| {
            std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file())
        });
        let Some(program) = found else {
            eprintln!("skipped: {name} is not installed");
            return false;
        };
        self.program(name, &format!("exec '{}' \"$@\"", program.display()));
        true
    }

    fn never(mut self) -> Estate {
        self.request.render = Render::Never;
        self
    }

    fn exclude(mut self, patterns: &[&str]) -> Estate {
        self.request.exclude = patterns.iter().map(|&pattern| pattern.to_owned()).collect();
        self
    }

    fn try_load(&self, paths: &[&str]) -> Result<Loaded, Error> {
        let request =
            Request { paths: paths.iter().map(std::path::PathBuf::from).collect(), ..self.request.clone() };
        let surroundings = Surroundings {
            directory: self.folder.path().to_owned(),
            stdin: &mut Cursor::new(self.stdin.clone()),
            search_path: self.search_path.clone(),
            time: self.time,
        };
        load_in(&request, surroundings)
    }

    fn load(&self, paths: &[&str]) -> Loaded {
        self.try_load(paths).unwrap()
    }

    /// The files that documents came from, in order.
    fn files(&self, paths: &[&str]) -> Vec<String> {
        files(&self.load(paths))
    }
}

/// The files that documents came from, in order, each once.
fn files(loaded: &Loaded) -> Vec<String> {
    let mut files: Vec<String> =
        loaded.documents.iter().map(|document| document.file().name().to_owned()).collect();
    files.dedup();
    files
}

/// The names of the objects, in order.
fn names(loaded: &Loaded) -> Vec<String> {
    let name = |document: &plimsoll_doc::Document| {
        Some(document.root().get("metadata")?.get("name")?.as_str()?.to_owned())
    };
    loaded.documents.iter().filter_map(name).collect()
}

/// What was not covered: file, line where there is one, reason.
fn incomplete(loaded: &Loaded) -> Vec<String> {
    loaded
        .coverage
        .incomplete
        .iter()
        .map(|one| match one.line {
            Some(line) => format!("{}:{line}: {}", one.file, one.reason),
            None => format!("{}: {}", one.file, one.reason),
        })
        .collect()
}

/// Exactly one thing was not covered, and it is told so.
#[track_caller]
fn assert_incomplete(loaded: &Loaded, expected: &str) {
    let incomplete = incomplete(loaded);
    assert!(incomplete.len() == 1 && incomplete[0].starts_with(expected), "{incomplete:#?}");
}

/// Everything was covered.
#[track_caller]
fn assert_complete(loaded: &Loaded) {
    assert_eq!(incomplete(loaded), Vec::<String>::new());
}

#[test]
fn a_text_takes_the_place_of_a_file() {
    let limits = plimsoll_doc::Limits::default();
    let (documents, broken) = crate::reparse("web.yaml", manifest("web") + "---\na: [\n", &limits);
    assert_eq!(documents.len(), 1);
    assert_eq!(documents[0].file().name(), "web.yaml");
    assert_eq!(broken.len(), 1);
    assert_eq!(broken[0].file, "web.yaml");
}

#[test]
fn relative_paths_are_relative_to_the_working_directory() {
    let read = |path: &str| crate::load(&Request { paths: vec![path.into()], ..Request::default() });
    assert_eq!(incomplete(&read("Cargo.toml").unwrap()).len(), 1);
    assert!(read("no-such-file").is_err());
}

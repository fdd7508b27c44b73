//! Programs in Go, made of the API server's own code, that tests compare with.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use serde::de::DeserializeOwned;

/// A Go program, built.
#[derive(Clone, Debug)]
pub struct GoProgram {
    program: PathBuf,
    /// Its source.
    folder: PathBuf,
}

impl GoProgram {
    /// Builds `tests/NAME` into the folder `into` (`env!("CARGO_TARGET_TMPDIR")`), once in each test process.
    ///
    /// `None` where Go isn't installed or the program's modules can't be had: standard error says so, or the test
    /// fails if `PLIMSOLL_REQUIRE_GO` is set. A program that doesn't compile fails the test in any case.
    pub fn build(name: &str, into: &str) -> Option<GoProgram> {
        static BUILT: Mutex<BTreeMap<String, Result<GoProgram, String>>> = Mutex::new(BTreeMap::new());
        // The tests of a file run side by side: they wait for the one that builds.
        let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
        let program = built.entry(name.to_owned()).or_insert_with(|| build(name, into)).clone();
        drop(built);
        program.map_err(|reason| skip(name, &reason)).ok()
    }

    pub fn command(&self) -> Command {
        Command::new(&self.program)
    }

    /// Where the source of a Go module is that the program is made of.
    pub fn module(&self, module: &str) -> PathBuf {
        let list = ["list", "-m", "-f", "{{.Dir}}", module];
        let listed = Command::new("go").args(list).current_dir(&self.folder).output().expect("go runs");
        PathBuf::from(String::from_utf8(listed.stdout).expect("UTF-8").trim())
    }
}

/// Builds a program, or says why that can't be done here.
fn build(name: &str, into: &str) -> Result<GoProgram, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    assert!(folder.is_dir(), "there is no tests/{name}");
    let go = |arguments: &[&OsStr]| Command::new("go").args(arguments).current_dir(&folder).output();
    let Ok(listed) = go(&["list".as_ref(), "-deps".as_ref(), ".".as_ref()]) else {
        return Err("go is not installed".to_owned());
    };
    if !listed.status.success() {
        return Err(format!("its modules can't be had: {}", String::from_utf8_lossy(&listed.stderr).trim()));
    }
    let program = Path::new(into).join(name);
    let built = go(&["build".as_ref(), "-o".as_ref(), program.as_ref(), ".".as_ref()]).expect("go runs");
    assert!(built.status.success(), "go build: {}", String::from_utf8_lossy(&built.stderr));
    Ok(GoProgram { program, folder })
}

fn skip(name: &str, reason: &str) {
    assert!(std::env::var_os("PLIMSOLL_REQUIRE_GO").is_none(), "tests/{name}: {reason}");
    // Not by eprintln, which is shown only when a test fails.
    writeln!(io::stderr(), "skipped: what compares with tests/{name}: {reason}").expect("standard error");
}

/// Runs a command, and reads what it writes: JSON, a value each line. `feed` writes to it meanwhile.
pub fn lines<T: DeserializeOwned>(
    command: &mut Command,
    feed: impl FnOnce(&mut ChildStdin) -> io::Result<()> + Send,
) -> Vec<T> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let stdout = child.stdout.take().expect("a pipe");
    let lines = std::thread::scope(|scope| {
        scope.spawn(move || feed(&mut stdin).expect("the program reads"));
        let lines = BufReader::new(stdout).lines();
        lines.map(|line| serde_json::from_str(&line.expect("UTF-8")).expect("JSON")).collect()
    });
    assert!(child.wait().expect("the program ends").success(), "{command:?} failed");
    lines
}

/// What a command answers to texts, each of which it is told with its length in front.
pub fn answers<T: DeserializeOwned>(command: &mut Command, texts: &[impl ToString + Sync]) -> Vec<T> {
    let answers = lines(command, |stdin| {
        texts.iter().map(ToString::to_string).try_for_each(|text| write!(stdin, "{}\n{text}", text.len()))
    });
    assert_eq!(answers.len(), texts.len());
    answers
}

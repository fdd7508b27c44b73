//! Runs the real program in a folder of its own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A pod that is privileged.
#[allow(dead_code, reason = "not every test file needs it")]
pub const PRIVILEGED: &str = "\
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
  - name: web
    image: registry.example.com/web:1.4 # kept
    securityContext:
      privileged: yes
";

/// A folder that goes with the test.
pub struct Folder(TempDir);

/// What a run did.
#[derive(Debug)]
#[allow(dead_code, reason = "not every test file needs all of it")]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

#[allow(dead_code, reason = "not every test file needs all of it")]
impl Folder {
    pub fn new() -> Folder {
        Folder(TempDir::new().expect("a folder"))
    }

    /// A folder with one file.
    pub fn with(name: &str, text: impl AsRef<[u8]>) -> Folder {
        let folder = Folder::new();
        folder.write(name, text);
        folder
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).expect("folders are made");
        }
        std::fs::write(&path, text).expect("a file is written");
        path
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).expect("a file is read")
    }

    /// The program, with nothing of the surroundings that could change what it says.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plimsoll"));
        command.current_dir(self.path()).args(arguments).stdin(Stdio::null());
        for name in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM"] {
            command.env_remove(name);
        }
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::new(self.command(arguments).output().expect("the program starts"))
    }

    /// Runs with a text on standard input.
    pub fn pipe(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it reads");
        Ran::new(child.wait_with_output().expect("it ends"))
    }

    /// Runs a scan and gives its JSON.
    pub fn json(&self, arguments: &[&str]) -> (i32, serde_json::Value) {
        let arguments = [&["scan", "--output", "json"], arguments].concat();
        let ran = self.run(&arguments);
        let json = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        (ran.code, json)
    }
}

impl Ran {
    pub fn new(output: Output) -> Ran {
        Ran {
            code: output.status.code().expect("it is not killed"),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

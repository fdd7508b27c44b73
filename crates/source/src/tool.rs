//! Other programs: found, run without a shell, kept away from the person's settings, and bounded.

use std::collections::HashMap;
use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// Bytes of complaints that are kept.
const COMPLAINTS: u64 = 64 << 10;

/// Characters of a complaint that are shown.
const LINE: usize = 300;

/// A directory that isn't there, for programs that insist on one for their settings.
const NOWHERE: &str = "/nonexistent";

/// Variables without which programs do not start on some systems; none of them names a setting.
const NEEDED: [&str; 5] = ["SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "TEMP", "TMP"];

/// Where other programs are looked for, and how far they may go.
#[derive(Clone, Debug)]
pub(crate) struct Tools {
    /// As the `PATH` variable has it.
    pub search_path: OsString,
    /// Time that one run may take.
    pub time: Duration,
    /// Bytes that one run may write.
    pub bytes: usize,
    /// Whether programs keep the person's environment, and so reach the network and git.
    pub allow_network: bool,
}

impl Tools {
    /// The program of a name in the first absolute directory of the search path that has it. A
    /// relative one could be a part of what is scanned.
    pub fn find(&self, name: &str) -> Option<PathBuf> {
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        env::split_paths(&self.search_path)
            .filter(|directory| directory.is_absolute())
            .map(|directory| directory.join(&file))
            .find(|path| is_program(path))
    }

    /// What a program writes to standard output, or why it failed, in one line.
    pub fn run(&self, program: &Path, arguments: &[&OsStr]) -> Result<Vec<u8>, String> {
        self.run_at(Path::new(NOWHERE), program, arguments)
    }

    /// The same with a directory for the settings and caches of a program that insists on some.
    pub fn run_at(&self, home: &Path, program: &Path, arguments: &[&OsStr]) -> Result<Vec<u8>, String> {
        let name = program.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if !self.allow_network {
            command.env_clear().envs(confined(home));
        }
        // Plugins are never wanted, and neither is a cluster.
        command.env("HELM_PLUGINS", NOWHERE).env("HELM_NO_PLUGINS", "1").env("KUBECONFIG", NOWHERE);
        let mut child = command.spawn().map_err(|error| format!("{name} could not be started: {error}"))?;
        let result = self.watch(&mut child, &name);
        if result.is_err() {
            // It may have ended by itself.
            let _ = child.kill();
        }
        let _ = child.wait();
        result
    }

    fn watch(&self, child: &mut Child, name: &str) -> Result<Vec<u8>, String> {
        let deadline = Instant::now() + self.time;
        let late = || format!("{name} did not finish in {} seconds", self.time.as_secs_f32());
        let complaints = child.stderr.take().map(|pipe| collect(pipe, COMPLAINTS, Beyond::Drop));
        let output = child.stdout.take().map(|pipe| collect(pipe, self.bytes as u64 + 1, Beyond::Close));
        let output = receive(output, deadline).ok_or_else(late)?;
        if output.len() > self.bytes {
            return Err(format!("{name} wrote more than {} bytes", self.bytes));
        }
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break status,
                Ok(None) if Instant::now() < deadline => thread::sleep(Duration::from_millis(1)),
                Ok(None) => return Err(late()),
                Err(error) => return Err(format!("{name} was lost: {error}")),
            }
        };
        if status.success() {
            return Ok(output);
        }
        let complaints = receive(complaints, deadline).unwrap_or_default();
        match complaint(&String::from_utf8_lossy(&complaints)) {
            Some(line) => Err(format!("{name} failed: {line}")),
            None => Err(format!("{name} failed with {status} and said nothing")),
        }
    }
}

/// Variables among which no program, no setting and no server is found.
fn confined(home: &Path) -> HashMap<OsString, OsString> {
    let mut variables: HashMap<OsString, OsString> =
        ["HOME", "XDG_CONFIG_HOME", "HELM_CONFIG_HOME", "HELM_CACHE_HOME", "HELM_DATA_HOME"]
            .into_iter()
            .map(|name| (name.into(), home.into()))
            .collect();
    // Without git on it, kustomize cannot fetch a remote base.
    variables.insert("PATH".into(), NOWHERE.into());
    // Nothing listens on the discard port: what tries the network all the same fails at once.
    for name in ["HTTP_PROXY", "HTTPS_PROXY"] {
        variables.insert(name.into(), "http://127.0.0.1:9".into());
    }
    for name in NEEDED {
        if let Some(value) = env::var_os(name) {
            variables.insert(name.into(), value);
        }
    }
    variables
}

/// What is done with what a program writes beyond the limit.
#[derive(PartialEq, Eq)]
enum Beyond {
    /// The pipe is closed.
    Close,
    /// It is read and dropped, so that the program isn't held up.
    Drop,
}

/// Reads a pipe on a thread of its own: a program that is killed can leave children that keep its
/// pipes open, and those are not waited for.
fn collect(mut pipe: impl Read + Send + 'static, limit: u64, beyond: Beyond) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before an error is all there is.
        let _ = (&mut pipe).take(limit).read_to_end(&mut bytes);
        // Nobody may be waiting any more.
        let _ = sender.send(bytes);
        if beyond == Beyond::Drop {
            let _ = io::copy(&mut pipe, &mut io::sink());
        }
    });
    receiver
}

fn receive(pipe: Option<Receiver<Vec<u8>>>, deadline: Instant) -> Option<Vec<u8>> {
    pipe?.recv_timeout(deadline.saturating_duration_since(Instant::now())).ok()
}

/// The line that says what went wrong.
fn complaint(text: &str) -> Option<String> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let error = |line: &&str| line.to_ascii_lowercase().starts_with("error");
    let line = lines().find(error).or_else(|| lines().find(|line| !line.starts_with("WARNING")))?;
    let message = logged(line);
    let line = message.as_deref().unwrap_or(line);
    let line = line.strip_prefix("Error: ").or_else(|| line.strip_prefix("error: ")).unwrap_or(line);
    // The YAML library quotes values between backquotes, and one could be a secret.
    let mut shown: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`…`");
    // Control characters could paint the terminal.
    shown.retain(|character| !character.is_control());
    if let Some((end, _)) = shown.char_indices().nth(LINE) {
        shown.truncate(end);
        shown.push('…');
    }
    Some(shown)
}

/// The message of a line of Kubernetes' log, `E1231 23:59:59.000000 4711 run.go:72] "what" err="why"`,
/// without the time and the process, which differ from run to run.
fn logged(line: &str) -> Option<String> {
    let (level, rest) = line.split_at_checked(1)?;
    let (head, message) = rest.split_once("] ")?;
    if !"EWIF".contains(level) || !head.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let why = message.split_once("err=\"").and_then(|(_, why)| why.strip_suffix('"'));
    Some(why.map_or_else(|| message.to_owned(), |why| why.replace("\\\"", "\"")))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

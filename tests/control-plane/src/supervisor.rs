use std::io;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

/// Starts both programs, and ends both and removes the folder when its standard input closes: when the test drops
/// it, and when the test process is gone, however it went. No signal handler and no destructor can promise that.
///
/// They are killed, not asked: a graceful end takes seconds, and nothing of theirs is kept.
const SCRIPT: &str = r#"
cd "$1" || exit
sh ./etcd.sh </dev/null >etcd.log 2>&1 &
etcd=$!
sh ./kube-apiserver.sh </dev/null >kube-apiserver.log 2>&1 &
server=$!
exec 3<&0 </dev/null
{ read -r _ <&3; test -e ended || kill -9 $server; } &
wait $server
: >ended
kill -9 $etcd
wait
cd / && rm -rf "$1"
"#;

/// Two programs that run in a folder, and the shell that watches over them.
#[derive(Debug)]
pub struct Supervisor {
    shell: Child,
    /// Closed to end everything.
    input: Option<ChildStdin>,
    folder: PathBuf,
}

impl Supervisor {
    /// Takes the folder over. Each command is a program and its flags.
    pub fn start(folder: &Path, etcd: &[String], server: &[String]) -> io::Result<Self> {
        for (name, command) in [("etcd", etcd), ("kube-apiserver", server)] {
            let quoted: Vec<String> = command.iter().map(|word| quote(word)).collect();
            std::fs::write(folder.join(format!("{name}.sh")), format!("exec {}\n", quoted.join(" ")))?;
        }
        let mut shell = Command::new("sh")
            .args(["-c", SCRIPT, "control-plane"])
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // What the terminal sends to the tests (Ctrl-C) would end the shell before it has cleaned up.
            .process_group(0)
            .spawn()?;
        let input = shell.stdin.take();
        Ok(Self { shell, input, folder: folder.into() })
    }

    /// Whether the API server ended by itself.
    pub fn has_ended(&self) -> bool {
        self.folder.join("ended").exists()
    }

    /// What a program wrote: `etcd` or `kube-apiserver`.
    pub fn log(&self, program: &str) -> String {
        let bytes = std::fs::read(self.folder.join(format!("{program}.log"))).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        self.input = None;
        // Nothing is left to do about a shell that can't be waited for.
        let _ = self.shell.wait();
    }
}

fn quote(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

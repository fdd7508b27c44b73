//! The server's process: what it uses, as Linux tells.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

pub struct Child {
    child: std::process::Child,
    pub address: SocketAddr,
}

impl Child {
    /// Starts this program again as a server, on the first core where `taskset` is there.
    pub fn start(role: &str, folder: &Path) -> Self {
        let program = std::env::current_exe().expect("this program");
        let pinned = Command::new("taskset").arg("-V").stdout(Stdio::null()).status().is_ok();
        let mut command = Command::new(if pinned { Path::new("taskset") } else { &program });
        if pinned {
            command.args(["-c", "0"]).arg(&program);
        }
        let mut child = command
            .arg(role)
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a server");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("its address");
        Child { address: line.trim().parse().expect("an address"), child }
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(format!("/proc/{}/{name}", self.child.id())).unwrap_or_default()
    }

    /// User and system time so far.
    pub fn cpu(&self) -> Duration {
        let stat = self.read("stat");
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
        let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
        // utime and stime, of 100 ticks a second.
        Duration::from_millis((ticks(11) + ticks(12)) * 10)
    }

    /// Resident bytes.
    pub fn resident(&self) -> u64 {
        let status = self.read("status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("");
        line.split_whitespace().next().and_then(|text| text.parse::<u64>().ok()).unwrap_or(0) * 1024
    }

    pub fn end(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

//! A sign of life while a scan takes long, on a terminal alone.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Scans that are shorter than this show nothing.
const PATIENCE: Duration = Duration::from_millis(700);
const BEAT: Duration = Duration::from_millis(200);

/// One line on stderr that says what is being done and for how long. It goes away when this is dropped.
pub struct Progress(Option<(Sender<&'static str>, JoinHandle<()>)>);

impl Progress {
    /// Nothing where stderr is no terminal.
    pub fn start(stage: &'static str) -> Progress {
        if !io::stderr().is_terminal() {
            return Progress(None);
        }
        let (sender, stages) = mpsc::channel();
        let run = move || {
            let begin = Instant::now();
            let mut stage = stage;
            let mut wait = PATIENCE;
            let mut is_shown = false;
            loop {
                match stages.recv_timeout(wait) {
                    Ok(next) => stage = next,
                    Err(RecvTimeoutError::Disconnected) => break,
                    Err(RecvTimeoutError::Timeout) => {
                        let seconds = begin.elapsed().as_secs_f32();
                        let _ = write!(io::stderr(), "\r\x1b[K{stage} ({seconds:.1} s)");
                        is_shown = true;
                    }
                }
                wait = if is_shown { BEAT } else { PATIENCE.saturating_sub(begin.elapsed()) };
            }
            if is_shown {
                let _ = write!(io::stderr(), "\r\x1b[K");
            }
        };
        // Without a thread there is no sign of life, and the scan goes on.
        Progress(thread::Builder::new().spawn(run).ok().map(|thread| (sender, thread)))
    }

    /// Says what is being done from now on.
    pub fn stage(&self, stage: &'static str) {
        if let Some((sender, _)) = &self.0 {
            let _ = sender.send(stage);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.0.take() {
            drop(sender);
            let _ = thread.join();
        }
    }
}

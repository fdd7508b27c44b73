//! The log: one JSON object a line, on stderr. No object's content is in it, nor a secret's value: names,
//! controls and reasons alone.

use std::fmt::Write as _;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::{SystemTime, UNIX_EPOCH};

use plimsoll_doc::write_json_string;
use plimsoll_engine::Date;

use crate::metrics::Metrics;

/// Lines that wait for a slow reader before more are dropped, and counted.
const WAITING: usize = 4096;

/// Where lines go. Cheap to clone; never blocks who writes.
#[derive(Clone)]
pub struct Log {
    lines: Option<SyncSender<String>>,
    metrics: Arc<Metrics>,
}

impl Log {
    /// A log on stderr, written by a thread of its own.
    pub fn stderr(metrics: Arc<Metrics>) -> Self {
        let (lines, receiver) = sync_channel::<String>(WAITING);
        let spawned = std::thread::Builder::new().name("log".to_owned()).spawn(move || {
            for line in receiver {
                // Locked for a line at a time: notes and the words of a panic go there too. Nobody is left to tell
                // where it fails.
                let _ = std::io::stderr().write_all(line.as_bytes());
            }
        });
        Log { lines: spawned.is_ok().then_some(lines), metrics }
    }

    /// A log that nobody reads.
    pub fn silent(metrics: Arc<Metrics>) -> Self {
        Log { lines: None, metrics }
    }

    /// Writes a line.
    pub fn write(&self, level: &str, event: &str, fields: &[(&str, &str)]) {
        let Some(lines) = &self.lines else { return };
        let mut line = String::with_capacity(256);
        line.push_str("{\"time\":\"");
        write_time(SystemTime::now(), &mut line);
        line.push('"');
        for (key, value) in [("level", level), ("event", event)].iter().chain(fields) {
            line.push(',');
            write_json_string(key, &mut line);
            line.push(':');
            let end = value.char_indices().nth(LONGEST).map_or(value.len(), |(at, _)| at);
            write_json_string(value.get(..end).unwrap_or(""), &mut line);
        }
        line.push_str("}\n");
        if lines.try_send(line).is_err() {
            self.metrics.logs_dropped.fetch_add(1, Relaxed);
        }
    }
}

/// Values are cut after so many characters.
const LONGEST: usize = 2048;

/// `2026-11-28T09:12:44.120Z`
fn write_time(time: SystemTime, out: &mut String) {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = since.as_secs();
    let day = Date::from_unix_seconds(i64::try_from(seconds).unwrap_or(i64::MAX));
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    // Writing to a string cannot fail.
    let _ = write!(out, "{day}T{hour:02}:{minute:02}:{second:02}.{:03}Z", since.subsec_millis());
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn times_are_those_of_the_calendar() {
        let mut out = String::new();
        write_time(UNIX_EPOCH + Duration::from_millis(1_795_857_164_120), &mut out);
        assert_eq!(out, "2026-11-28T09:12:44.120Z");
    }
}

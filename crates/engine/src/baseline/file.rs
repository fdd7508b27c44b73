//! The file that a baseline is kept in: JSON, one entry a line, so that a review shows what changed.

use std::fmt;
use std::io;

use serde::{Deserialize, Serialize};

use crate::Fingerprint;
use crate::baseline::{Baseline, Entry};

/// The only version there is.
const VERSION: u64 = 1;

/// Why a baseline can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineError {
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1.
    pub column: usize,
    /// One plain line.
    pub message: String,
}

#[derive(Deserialize)]
struct File {
    #[serde(deserialize_with = "version")]
    #[expect(dead_code, reason = "checked while it is read")]
    version: u64,
    findings: Vec<Line>,
}

/// One finding. Later versions may add to it.
#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(serialize_with = "write_fingerprint", deserialize_with = "fingerprint")]
    fingerprint: Fingerprint,
    control: String,
    #[serde(default)]
    object: String,
    #[serde(default)]
    path: String,
}

impl Baseline {
    /// Reads a baseline from the text of its file.
    pub fn read(file: &str, text: &str) -> Result<Baseline, BaselineError> {
        let read: File = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            let place = format!(" at line {} column {}", error.line(), error.column());
            let message = error.to_string();
            BaselineError {
                file: file.to_owned(),
                line: error.line().max(1),
                column: error.column().max(1),
                message: message.strip_suffix(&place).unwrap_or(&message).to_owned(),
            }
        })?;
        let entry = |line: Line| {
            let Line { fingerprint, control, object, path } = line;
            Entry { control, object, path, fingerprint }
        };
        Ok(Baseline::new(read.findings.into_iter().map(entry).collect()))
    }

    /// Writes the baseline's file. The same baseline gives the same bytes.
    pub fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        write!(out, "{{\n\"version\": {VERSION},\n\"findings\": [")?;
        for (index, entry) in self.entries.iter().enumerate() {
            let Entry { control, object, path, fingerprint } = entry.clone();
            let line = serde_json::to_string(&Line { fingerprint, control, object, path })?;
            write!(out, "{}\n{line}", if index == 0 { "" } else { "," })?;
        }
        out.write_all(b"\n]\n}\n")
    }
}

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let BaselineError { file, line, column, message } = self;
        write!(f, "{file}:{line}:{column}: this is no baseline that can be read: {message}")
    }
}

impl std::error::Error for BaselineError {}

fn version<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    match u64::deserialize(deserializer)? {
        VERSION => Ok(VERSION),
        other => Err(serde::de::Error::custom(format!(
            "version {other} is not known, only {VERSION}: it may be of a later release"
        ))),
    }
}

fn fingerprint<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Fingerprint, D::Error> {
    let text = String::deserialize(deserializer)?;
    let is_hex = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let number = is_hex.then(|| u128::from_str_radix(&text, 16).ok()).flatten();
    number.map(Fingerprint).ok_or_else(|| serde::de::Error::custom("a fingerprint has 32 hexadecimal digits"))
}

fn write_fingerprint<S: serde::Serializer>(
    fingerprint: &Fingerprint,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_str(fingerprint)
}

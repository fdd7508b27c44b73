//! Findings become proven edits of files.

use std::sync::Arc;

use plimsoll_doc::SourceFile;
use plimsoll_engine::Finding;

/// What may be written.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Fixes that can change how a workload behaves, too.
    pub allow_unsafe: bool,
}

/// What would be written to one file.
#[derive(Debug)]
pub struct Change {
    pub file: Arc<SourceFile>,
    pub text: String,
    /// Findings, by their place among those given, that are fixed by the change.
    pub applied: Vec<usize>,
    pub refused: Vec<Refused>,
}

/// A finding whose fix is not written, and why.
#[derive(Debug)]
pub struct Refused {
    pub finding: usize,
    pub reason: String,
}

/// Judges replaced files: all findings of the whole scan with these texts (by file name) in place.
pub type Recheck<'c> = dyn FnMut(&[(&str, &str)]) -> Result<Vec<Finding>, String> + 'c;

/// Lowers, applies and proves.
pub fn fix(findings: &[Finding], options: &Options, check: &mut Recheck<'_>) -> Vec<Change> {
    let _ = (findings, options, check);
    Vec::new()
}

mod diff;
pub use diff::diff;

//! Findings for people and for machines: one format a file.
//!
//! Every output depends on the report alone: no clock, no random ids, no absolute paths that the
//! person did not give. Values that can be secrets are masked wherever source text is shown.

pub mod compliance;
pub mod docs;

mod controls;
mod counts;
mod excerpt;
mod explain;
mod format;
mod github;
mod gitlab;
mod html;
mod in_order;
mod json;
mod junit;
mod markdown;
mod paint;
mod sarif;
mod terminal;
mod text;
mod xml;

use std::io;
use std::path::Path;

use plimsoll_engine::{Coverage, Finding, Notice, Selected, Severity};

pub use compliance::write_compliance;
pub use controls::{controls_json, controls_table};
pub use counts::Counts;
pub use explain::{explain, explain_framework, explain_requirement};
pub use format::Format;
pub use text::shown;

/// Everything that a run has to say.
pub struct Report<'a> {
    /// Sorted by file and place; waived ones too.
    pub findings: &'a [Box<Finding>],
    pub coverage: &'a Coverage,
    pub notices: &'a [Notice],
    /// The controls that ran.
    pub controls: &'a [Selected],
    pub baseline: Option<BaselineSummary>,
    /// Findings at or above it fail the run.
    pub threshold: Severity,
    /// The folder that code hosts know files from; paths are shown relative to it where a format
    /// asks for that.
    pub root: Option<&'a Path>,
}

/// What a baseline did to a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BaselineSummary {
    /// Findings that are in the baseline and left out of the report.
    pub known: usize,
    /// Findings of the baseline that are gone.
    pub mended: usize,
}

/// How text for people looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    pub color: bool,
    /// Columns of the screen. Files and pipes have none: a message is one line there, for whoever searches or cuts it.
    pub width: Option<usize>,
    /// Whether the terminal knows OSC 8 links.
    pub hyperlinks: bool,
}

impl Style {
    /// Columns for what has to end somewhere, where nothing says how many there are.
    pub(crate) const WIDTH: usize = 100;
}

/// What a run comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Something at or above the threshold is wrong.
    Failed,
    /// Nothing is wrong in what was read, but not everything could be read.
    Incomplete,
    /// There was nothing to check: no object, and nothing that could not be read.
    Nothing,
    Passed,
}

impl Verdict {
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Failed => "failed",
            Verdict::Incomplete => "incomplete",
            Verdict::Nothing => "nothing",
            Verdict::Passed => "passed",
        }
    }
}

impl Report<'_> {
    /// Findings that count: those that are not waived.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().map(AsRef::as_ref).filter(|finding: &&Finding| finding.waived.is_none())
    }

    pub fn counts(&self) -> Counts {
        Counts::of(self.open())
    }

    pub fn verdict(&self) -> Verdict {
        if self.open().any(|finding| finding.severity >= self.threshold) {
            Verdict::Failed
        } else if !self.coverage.incomplete.is_empty() {
            Verdict::Incomplete
        } else if self.coverage.objects == 0 {
            Verdict::Nothing
        } else {
            Verdict::Passed
        }
    }

    /// A file's name as a code host knows it: relative to the root, with forward slashes.
    pub(crate) fn relative<'n>(&self, name: &'n str) -> std::borrow::Cow<'n, str> {
        let path = Path::new(name);
        let path = self.root.and_then(|root| path.strip_prefix(root).ok()).unwrap_or(path);
        let path = path.strip_prefix(".").unwrap_or(path);
        match path.to_str() {
            Some("") | None => name.into(),
            Some(path) if cfg!(windows) => path.replace('\\', "/").into(),
            Some(path) => path.into(),
        }
    }
}

/// Writes a report in one format.
pub fn write(format: Format, report: &Report<'_>, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Terminal => terminal::write(report, style, out),
        Format::Json => json::write(report, out),
        Format::Sarif => sarif::write(report, out),
        Format::Junit => junit::write(report, out),
        Format::Gitlab => gitlab::write(report, out),
        Format::Github => github::write(report, out),
        Format::Markdown => markdown::write(report, out),
        Format::Html => html::write(report, out),
    }
}

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

use plimsoll_engine::framework::Framework;
use plimsoll_engine::{Control, Coverage, Finding, Notice, Selected, Severity};

pub use controls::{controls_json, controls_table};
pub use counts::Counts;
pub use explain::{explain, explain_framework, explain_requirement};
pub use format::Format;
pub use text::{counted, shown};

/// Everything that a run has to say.
pub struct Report<'a> {
    /// Sorted by file and place; waived ones too.
    pub findings: &'a [Box<Finding>],
    /// What was found and isn't to be shown: it keeps requirements from passing.
    pub hidden: &'a [Box<Finding>],
    pub coverage: &'a Coverage,
    pub notices: &'a [Notice],
    /// The controls that ran.
    pub controls: &'a [Selected],
    /// The others: what they speak for is not known to be met.
    pub not_run: &'a [&'static Control],
    pub baseline: Option<BaselineSummary>,
    /// Findings at or above it fail the run.
    pub threshold: Severity,
    /// Milder ones were not looked for.
    pub least: Severity,
    /// The folder that code hosts know files from; paths are shown relative to it where a format
    /// asks for that.
    pub root: Option<&'a Path>,
    /// What is to be shown in place of the findings, or beside them: whether its requirements are met.
    pub framework: Option<&'static Framework>,
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
    /// There was nothing to check: no object, and nothing that could not be read; or no control was chosen.
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

/// Those that count: they aren't waived.
fn open(findings: &[Box<Finding>]) -> impl Iterator<Item = &Finding> {
    findings.iter().map(AsRef::as_ref).filter(|finding: &&Finding| finding.waived.is_none())
}

impl Report<'_> {
    /// Findings that count: those that are not waived.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        open(self.findings)
    }

    pub fn counts(&self) -> Counts {
        Counts::of(self.open())
    }

    /// Whether no control was chosen. That all of them are milder than what is to be shown is another thing.
    pub(crate) fn has_no_control(&self) -> bool {
        self.controls.is_empty() && self.least == Severity::Low
    }

    pub fn verdict(&self) -> Verdict {
        if self.open().any(|finding| finding.severity >= self.threshold) {
            Verdict::Failed
        } else if !self.coverage.incomplete.is_empty() {
            Verdict::Incomplete
        } else if self.coverage.objects == 0 || self.has_no_control() {
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

/// Writes a report in one format: where a framework is asked for, whether its requirements are met, in the formats
/// that have a view of them.
pub fn write(format: Format, report: &Report<'_>, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    match (format, report.framework) {
        (Format::Terminal, Some(framework)) => compliance::terminal::write(framework, report, style, out),
        (Format::Markdown, Some(framework)) => compliance::markdown::write(framework, report, out),
        (Format::Terminal, None) => terminal::write(report, style, out),
        (Format::Json, _) => json::write(report, out),
        (Format::Sarif, _) => sarif::write(report, out),
        (Format::Junit, _) => junit::write(report, out),
        (Format::Gitlab, _) => gitlab::write(report, out),
        (Format::Github, _) => github::write(report, out),
        (Format::Markdown, None) => markdown::write(report, out),
        (Format::Html, _) => html::write(report, out),
    }
}

//! GitLab code quality: an array of issues, in the subset of Code Climate's format that GitLab reads.
//!
//! Paths are relative to the repository. Fingerprints are unique in a report, as GitLab asks. What was
//! not covered stands in the list too, and so do notices of waivers: they would go unseen otherwise.

use std::io;

use plimsoll_engine::Severity;
use serde::Serialize;

use crate::Report;

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: String,
    severity: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "blocker",
        Severity::High => "critical",
        Severity::Medium => "major",
        Severity::Low => "minor",
    }
}

pub(crate) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    let mut is_first = true;
    io::Write::write_all(&mut out, b"[")?;
    for finding in report.open() {
        let (start, end) = (finding.place.start(), finding.place.end());
        let path = report.relative(finding.place.file.name());
        let issue = Issue {
            description: &finding.message,
            check_name: finding.control.id,
            fingerprint: finding.fingerprint.to_string(),
            severity: severity(finding.severity),
            location: Location { path: &path, lines: Lines { begin: start.line, end: end.line } },
        };
        add(&mut out, &issue, &mut is_first)?;
    }
    for (index, gap) in report.coverage.incomplete.iter().enumerate() {
        let line = gap.line.unwrap_or(1);
        let issue = Issue {
            description: &format!("Not covered: {}", gap.reason),
            check_name: "coverage",
            fingerprint: format!("coverage-{index}-{}", gap.file),
            severity: "info",
            location: Location { path: &report.relative(&gap.file), lines: Lines { begin: line, end: line } },
        };
        add(&mut out, &issue, &mut is_first)?;
    }
    for (index, notice) in report.notices.iter().enumerate() {
        let line = notice.line.unwrap_or(1);
        let issue = Issue {
            description: &notice.message,
            check_name: notice.kind.name(),
            fingerprint: format!("{}-{index}-{}", notice.kind.name(), notice.file),
            severity: "info",
            location: Location {
                path: &report.relative(&notice.file),
                lines: Lines { begin: line, end: line },
            },
        };
        add(&mut out, &issue, &mut is_first)?;
    }
    io::Write::write_all(&mut out, b"\n]\n")?;
    io::Write::flush(&mut out)
}

fn add(out: &mut impl io::Write, issue: &Issue<'_>, is_first: &mut bool) -> io::Result<()> {
    out.write_all(if std::mem::take(is_first) { b"\n" } else { b",\n" })?;
    serde_json::to_writer(out, issue).map_err(io::Error::from)
}

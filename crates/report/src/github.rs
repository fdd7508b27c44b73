//! GitHub workflow commands: annotations on the lines of a pull request.
//!
//! GitHub shows ten errors, ten warnings and ten notices of a step: the most severe findings come
//! first, and a last notice says how many there are. SARIF is the way to see all of them.

use std::io;

use plimsoll_engine::{Finding, Severity};

use crate::text::{counted, is_hostile};
use crate::{Report, Verdict};

/// Annotations of one level that GitHub shows of a step.
const SHOWN: usize = 10;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut findings: Vec<&Finding> = report.open().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let mut text = String::with_capacity(findings.len() * 160);
    let levels = ["error", "warning", "notice"];
    let mut counts = [0; 3];
    for gap in &report.coverage.incomplete {
        counts[1] += 1;
        command(
            &mut text,
            "warning",
            &[
                ("file", report.relative(&gap.file).into_owned()),
                ("line", gap.line.unwrap_or(1).to_string()),
                ("title", "not covered".to_owned()),
            ],
            &gap.reason,
        );
    }
    for notice in report.notices {
        counts[1] += 1;
        command(
            &mut text,
            "warning",
            &[
                ("file", report.relative(&notice.file).into_owned()),
                ("line", notice.line.unwrap_or(1).to_string()),
                ("title", notice.kind.name().to_owned()),
            ],
            &notice.message,
        );
    }
    for finding in &findings {
        let level = level(finding.severity);
        counts[level] += 1;
        let (start, end) = (finding.place.start(), finding.place.end());
        let mut properties = vec![
            ("file", report.relative(finding.place.file.name()).into_owned()),
            ("line", start.line.to_string()),
            ("endLine", end.line.to_string()),
        ];
        // GitHub refuses columns of an annotation over several lines.
        if start.line == end.line {
            properties.push(("col", start.column.to_string()));
            properties.push(("endColumn", end.column.max(start.column + 1).to_string()));
        }
        properties.push(("title", format!("{} {}", finding.severity, finding.control.id)));
        let message = match &finding.object {
            Some(object) => format!("{object}: {}", finding.message),
            None => finding.message.to_string(),
        };
        command(&mut text, levels[level], &properties, &message);
    }
    if counts.iter().any(|count| *count > SHOWN) {
        let message = format!(
            "GitHub shows {SHOWN} annotations of each level. There are {}, {} and {}: write a SARIF report to see all of them.",
            counted(counts[0], "error"),
            counted(counts[1], "warning"),
            counted(counts[2], "notice"),
        );
        command(&mut text, "notice", &[("title", "plimsoll".to_owned())], &message);
    }
    if text.is_empty() {
        text.push_str(match report.verdict() {
            Verdict::Nothing => "plimsoll: nothing to check\n",
            _ => "plimsoll: no findings\n",
        });
    }
    out.write_all(text.as_bytes())
}

const fn level(severity: Severity) -> usize {
    match severity {
        Severity::Critical | Severity::High => 0,
        Severity::Medium => 1,
        Severity::Low => 2,
    }
}

fn command(out: &mut String, level: &str, properties: &[(&str, String)], message: &str) {
    out.push_str("::");
    out.push_str(level);
    for (index, (name, value)) in properties.iter().enumerate() {
        out.push(if index == 0 { ' ' } else { ',' });
        out.push_str(name);
        out.push('=');
        escape(out, value, true);
    }
    out.push_str("::");
    escape(out, message, false);
    out.push('\n');
}

/// As the runner's own toolkit escapes: `%` and line ends everywhere, `:` and `,` in properties.
fn escape(out: &mut String, text: &str, is_property: bool) {
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            ':' if is_property => out.push_str("%3A"),
            ',' if is_property => out.push_str("%2C"),
            c if is_hostile(c) && c != '\t' => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
}

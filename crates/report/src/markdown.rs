//! Markdown for a comment on a pull request: a table of counts, then the findings by severity, folded.

use std::fmt::Write as _;
use std::io;

use plimsoll_engine::{Finding, Severity};

use crate::text::{counted, shown};
use crate::{Report, Verdict};

/// Characters that a comment on GitHub may have are 65,536, on GitLab 1,000,000. What doesn't fit is
/// counted; the space kept is for that and for what was not covered.
const LIMIT: usize = 60_000;
/// Gaps and notices that are listed; the others are counted.
const REMARKS: usize = 50;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let counts = report.counts();
    let coverage = report.coverage;
    let mut text = String::with_capacity(LIMIT);
    heading(&mut text, report);
    let _ = writeln!(
        text,
        "{} in {}, {} read.",
        capital(&counts.in_words()),
        counted(coverage.objects, "object"),
        counted(coverage.files, "file")
    );
    if counts.total() > 0 {
        text.push_str("\n| Severity | Findings | Fixable |\n|---|--:|--:|\n");
        for severity in Severity::ALL {
            let fixable =
                report.open().filter(|finding| finding.severity == severity && finding.fix.is_some()).count();
            let _ = writeln!(
                text,
                "| {} {} | {} | {} |",
                sign_of(severity),
                capital(severity.name()),
                counts.get(severity),
                fixable
            );
        }
    }
    let waived = report.findings.len() - counts.total();
    if waived > 0 {
        let _ = writeln!(text, "\n{} waived.", capital(&counted(waived, "finding")));
    }
    if let Some(baseline) = &report.baseline {
        let _ = writeln!(
            text,
            "\n{} in the baseline, {} mended.",
            counted(baseline.known, "finding"),
            baseline.mended
        );
    }
    gaps(&mut text, report);
    let notices: Vec<_> = report
        .notices
        .iter()
        .map(|notice| (notice.file.as_str(), notice.line, notice.message.as_str()))
        .collect();
    remarks(&mut text, "Notices", &notices);

    let mut left_out = 0;
    for severity in Severity::ALL {
        let findings: Vec<&Finding> = report.open().filter(|finding| finding.severity == severity).collect();
        if findings.is_empty() {
            continue;
        }
        if left_out > 0 {
            left_out += findings.len();
            continue;
        }
        let is_open = if severity >= Severity::High { " open" } else { "" };
        let _ = writeln!(
            text,
            "\n<details{is_open}>\n<summary>{} <b>{}</b>: {}</summary>\n",
            sign_of(severity),
            capital(severity.name()),
            counted(findings.len(), "finding")
        );
        text.push_str("| Place | Control | Object | Finding |\n|---|---|---|---|\n");
        for (index, finding) in findings.iter().enumerate() {
            let before = text.len();
            row(&mut text, report, finding);
            if text.len() > LIMIT {
                text.truncate(before);
                left_out += findings.len() - index;
                break;
            }
        }
        text.push_str("\n</details>\n");
    }
    if left_out > 0 {
        let _ = writeln!(
            text,
            "\n**{} left out here**, the least severe: a comment has a limit. The full report has all of them.",
            counted(left_out, "finding")
        );
    }
    out.write_all(text.as_bytes())
}

/// The verdict.
pub(crate) fn heading(text: &mut String, report: &Report<'_>) {
    let sign = match report.verdict() {
        Verdict::Failed => "❌ Failed",
        Verdict::Incomplete => "⚠️ Incomplete",
        Verdict::Nothing => "⚠️ Nothing to check",
        Verdict::Passed => "✅ Passed",
    };
    let _ = writeln!(text, "## Plimsoll: {sign}\n");
}

/// What was not covered.
pub(crate) fn gaps(text: &mut String, report: &Report<'_>) {
    let gaps = report.coverage.incomplete.iter();
    let gaps: Vec<_> = gaps.map(|gap| (gap.file.as_str(), gap.line, gap.reason.as_str())).collect();
    remarks(text, "Not covered", &gaps);
}

fn row(text: &mut String, report: &Report<'_>, finding: &Finding) {
    let place = finding.place.start();
    text.push_str("| ");
    code(text, &format!("{}:{}", report.relative(finding.place.file.name()), place.line));
    text.push_str(" | ");
    code(text, finding.control.id);
    text.push_str(" | ");
    if let Some(object) = &finding.object {
        plain(text, &object.to_string());
    }
    text.push_str(" | ");
    plain(text, &finding.message);
    match finding.fix_name() {
        "safe" => text.push_str(" *(fixable)*"),
        "unsafe" => text.push_str(" *(fixable, can change behaviour)*"),
        _ => {}
    }
    text.push_str(" |\n");
}

fn remarks(text: &mut String, title: &str, remarks: &[(&str, Option<u32>, &str)]) {
    if remarks.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n### {title}\n");
    for (file, line, reason) in remarks.iter().take(REMARKS) {
        text.push_str("- ");
        let line = line.map_or(String::new(), |line| format!(":{line}"));
        code(text, &format!("{file}{line}"));
        text.push(' ');
        plain(text, reason);
        text.push('\n');
    }
    if remarks.len() > REMARKS {
        let _ = writeln!(text, "- and {} more", remarks.len() - REMARKS);
    }
}

const fn sign_of(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "🟣",
        Severity::High => "🔴",
        Severity::Medium => "🟠",
        Severity::Low => "🔵",
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// Text from outside as plain text: nothing in it is markup, a mention or the end of a cell.
pub(crate) fn plain(out: &mut String, text: &str) {
    for c in shown(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A mention or a reference would notify someone: the entity breaks it.
            '@' => out.push_str("&#64;"),
            '#' => out.push_str("&#35;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
}

/// Text as code, whatever it holds.
pub(crate) fn code(out: &mut String, text: &str) {
    let text = shown(text);
    if text.contains(['`', '|']) {
        out.push_str("<code>");
        for c in text.chars() {
            match c {
                '`' => out.push_str("&#96;"),
                '|' => out.push_str("&#124;"),
                c => plain(out, c.encode_utf8(&mut [0; 4])),
            }
        }
        out.push_str("</code>");
    } else {
        out.push('`');
        out.push_str(&text);
        out.push('`');
    }
}

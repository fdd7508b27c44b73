//! JUnit XML: a test suite for each file, a test case for each control and object.
//!
//! Findings that fail the run are failures, waived ones are skipped, what was not covered is an error. A finding
//! below the threshold is a test case that passes and says something, as a notice is.

use std::fmt::Write as _;
use std::io;

use plimsoll_engine::{Finding, Incomplete, Notice, Severity};

use crate::Report;
use crate::xml::push;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let suites = suites(report);
    let (mut tests, mut failures, mut skipped) = (0, 0, 0);
    let mut body = String::with_capacity(report.findings.len() * 256);
    for suite in &suites {
        let cases = cases(suite);
        let count = |result| cases.iter().filter(|case| case.result(report.threshold) == result).count();
        let (failed, let_go) = (count(Outcome::Failed), count(Outcome::Waived));
        let of_suite = cases.len() + suite.gaps.len() + suite.notices.len();
        tests += of_suite;
        failures += failed;
        skipped += let_go;
        body.push_str("  <testsuite name=\"");
        push(&mut body, suite.name);
        let _ = writeln!(
            body,
            "\" tests=\"{of_suite}\" failures=\"{failed}\" errors=\"{}\" skipped=\"{let_go}\">",
            suite.gaps.len(),
        );
        for gap in &suite.gaps {
            body.push_str("    <testcase classname=\"coverage\" name=\"");
            push(
                &mut body,
                &format!("not covered{}", gap.line.map_or(String::new(), |l| format!(" from line {l}"))),
            );
            body.push_str("\">\n      <error message=\"");
            push(&mut body, &gap.reason);
            body.push_str("\" type=\"coverage\"/>\n    </testcase>\n");
        }
        for notice in &suite.notices {
            let line = notice.line.unwrap_or(1);
            let _ = write!(
                body,
                "    <testcase classname=\"{}\" name=\"line {line}\" file=\"",
                notice.kind.name()
            );
            push(&mut body, &notice.file);
            let _ = write!(body, "\" line=\"{line}\">\n      <system-out>");
            push(&mut body, &notice.message);
            body.push_str("</system-out>\n    </testcase>\n");
        }
        for case in &cases {
            case.write(report.threshold, &mut body);
        }
        body.push_str("  </testsuite>\n");
    }
    if suites.is_empty() {
        // Readers of JUnit take a report without a test for a broken run.
        tests = 1;
        body.push_str(
            "  <testsuite name=\"plimsoll\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">\n",
        );
        let _ = writeln!(
            body,
            "    <testcase classname=\"plimsoll\" name=\"{} controls over {} objects\"/>",
            report.controls.len(),
            report.coverage.objects
        );
        body.push_str("  </testsuite>\n");
    }
    let errors = report.coverage.incomplete.len();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"plimsoll\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\">"
    )?;
    out.write_all(body.as_bytes())?;
    out.write_all(b"</testsuites>\n")
}

/// What there is to say of one file.
struct Suite<'a> {
    name: &'a str,
    findings: Vec<&'a Finding>,
    gaps: Vec<&'a Incomplete>,
    notices: Vec<&'a Notice>,
}

/// One control and one object.
struct Case<'a> {
    findings: Vec<&'a Finding>,
}

fn suites<'a>(report: &'a Report<'_>) -> Vec<Suite<'a>> {
    let mut suites: std::collections::BTreeMap<&str, Suite<'a>> = std::collections::BTreeMap::new();
    let suite = |name| Suite { name, findings: Vec::new(), gaps: Vec::new(), notices: Vec::new() };
    for finding in report.findings {
        let name = finding.place.file.name();
        suites.entry(name).or_insert_with(|| suite(name)).findings.push(finding);
    }
    for gap in &report.coverage.incomplete {
        suites.entry(&gap.file).or_insert_with(|| suite(&gap.file)).gaps.push(gap);
    }
    for notice in report.notices {
        suites.entry(&notice.file).or_insert_with(|| suite(&notice.file)).notices.push(notice);
    }
    suites.into_values().collect()
}

fn cases<'a>(suite: &Suite<'a>) -> Vec<Case<'a>> {
    let mut findings = suite.findings.clone();
    findings.sort_by(|a, b| (a.control.id, &a.object).cmp(&(b.control.id, &b.object)));
    findings
        .chunk_by(|a, b| a.control.id == b.control.id && a.object == b.object)
        .map(|findings| Case { findings: findings.to_vec() })
        .collect()
}

/// What becomes of a test case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// A finding reaches the threshold.
    Failed,
    /// Findings are open, and none reaches it.
    Passed,
    Waived,
}

impl Outcome {
    fn of(finding: &Finding, threshold: Severity) -> Outcome {
        match finding.waived {
            Some(_) => Outcome::Waived,
            None if finding.severity >= threshold => Outcome::Failed,
            None => Outcome::Passed,
        }
    }
}

impl Case<'_> {
    fn result(&self, threshold: Severity) -> Outcome {
        let has = |outcome| self.findings.iter().any(|finding| Outcome::of(finding, threshold) == outcome);
        [Outcome::Failed, Outcome::Passed]
            .into_iter()
            .find(|outcome| has(*outcome))
            .unwrap_or(Outcome::Waived)
    }

    fn write(&self, threshold: Severity, out: &mut String) {
        let Some(first) = self.findings.first() else { return };
        out.push_str("    <testcase classname=\"");
        push(out, first.control.id);
        out.push_str("\" name=\"");
        match &first.object {
            Some(object) => push(out, &object.to_string()),
            None => push(out, first.place.file.name()),
        }
        out.push_str("\" file=\"");
        push(out, first.place.file.name());
        let _ = write!(out, "\" line=\"{}\">\n      ", first.place.start().line);
        // A test case has one result: further findings of it stand in the text.
        let result = self.result(threshold);
        let shown: Vec<&Finding> = self
            .findings
            .iter()
            .copied()
            .filter(|finding| Outcome::of(finding, threshold) == result)
            .collect();
        match result {
            Outcome::Failed => {
                out.push_str("<failure message=\"");
                push(out, shown.first().map_or("", |finding| &finding.message));
                let _ = write!(out, "\" type=\"{}\">", first.severity);
                places(&shown, out);
                out.push_str("</failure>\n");
            }
            Outcome::Passed => {
                out.push_str("<system-out>");
                places(&shown, out);
                out.push_str("</system-out>\n");
            }
            Outcome::Waived => {
                out.push_str("<skipped message=\"");
                if let Some(waived) = shown.first().and_then(|finding| finding.waived.as_ref()) {
                    push(
                        out,
                        &format!("waived until {} by {}: {}", waived.until, waived.owner, waived.reason),
                    );
                }
                out.push_str("\"/>\n");
            }
        }
        out.push_str("    </testcase>\n");
    }
}

/// Findings with their places, a line each.
fn places(findings: &[&Finding], out: &mut String) {
    for finding in findings {
        let place = finding.place.start();
        push(out, finding.place.file.name());
        let _ = write!(out, ":{}:{}: ", place.line, place.column);
        push(out, &finding.message);
        out.push('\n');
    }
}

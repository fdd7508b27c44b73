//! Every format, byte for byte, over text full of traps.

mod support;

use std::collections::BTreeSet;

use plimsoll_engine::Severity;
use plimsoll_report::{Format, Report, Style, Verdict};
use support::{empty, mixed, written};

/// Without the program's own version, which changes with every release.
fn unversioned(text: &str) -> String {
    text.replace(&format!("\"{}\"", env!("CARGO_PKG_VERSION")), "\"VERSION\"")
}

#[test]
fn terminal() {
    let style = Style { width: Some(100), ..Style::default() };
    insta::assert_snapshot!(written(Format::Terminal, &mixed().report(), &style));
}

#[test]
fn terminal_in_a_pipe() {
    insta::assert_snapshot!(mixed().write(Format::Terminal));
}

#[test]
fn terminal_in_colour_and_narrow() {
    let style = Style { color: true, width: Some(60), hyperlinks: false };
    let text = written(Format::Terminal, &mixed().report(), &style);
    insta::assert_snapshot!(text.replace('\x1b', "␛"));
}

#[test]
fn json() {
    insta::assert_snapshot!(unversioned(&mixed().write(Format::Json)));
}

#[test]
fn sarif() {
    insta::assert_snapshot!(unversioned(&mixed().write(Format::Sarif)));
}

#[test]
fn junit() {
    insta::assert_snapshot!(mixed().write(Format::Junit));
}

#[test]
fn junit_fails_what_fails_the_run() {
    let scan = mixed();
    for threshold in Severity::ALL {
        let report = Report { threshold, ..scan.report() };
        let xml = written(Format::Junit, &report, &Style::default());
        let failing = report.open().filter(|finding| finding.severity >= threshold);
        let cases: BTreeSet<_> =
            failing.map(|finding| (finding.place.file.name(), finding.control.id, &finding.object)).collect();
        assert_eq!(xml.matches("<failure ").count(), cases.len(), "{threshold}: {xml}");
        assert_eq!(cases.is_empty(), report.verdict() != Verdict::Failed, "{threshold}");
        let waived = report.findings.iter().filter(|finding| finding.waived.is_some()).count();
        assert!(xml.matches("<skipped ").count() <= waived, "{threshold}: {xml}");
    }
}

#[test]
fn gitlab() {
    insta::assert_snapshot!(mixed().write(Format::Gitlab));
}

#[test]
fn github() {
    insta::assert_snapshot!(mixed().write(Format::Github));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(mixed().write(Format::Markdown));
}

#[test]
fn nothing_found() {
    for format in [
        Format::Terminal,
        Format::Json,
        Format::Sarif,
        Format::Junit,
        Format::Gitlab,
        Format::Github,
        Format::Markdown,
    ] {
        insta::assert_snapshot!(format!("nothing_found_{format}"), unversioned(&empty().write(format)));
    }
}

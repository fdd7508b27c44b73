//! HTML: one file that works offline, for people to read, filter and print.
//!
//! The page, its style and its script stand in `html/`. Data goes in as JSON in a block that no
//! browser runs, and the script shows it as text alone.

use std::collections::HashMap;
use std::io;

use plimsoll_controls::frameworks;
use plimsoll_engine::{Finding, Severity};
use serde_json::{Value, json};

use crate::Report;
use crate::compliance::answers;
use crate::excerpt::Excerpts;

const PAGE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/app.js");

/// Columns of source that are shown; the page scrolls.
const EXCERPT_WIDTH: usize = 140;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let counts = report.counts();
    let mut title = String::new();
    crate::xml::push(&mut title, &format!("Plimsoll: {}", counts.in_words()));
    let mut words = String::new();
    crate::xml::push(
        &mut words,
        &format!("{}, {} places not covered.", counts.in_words(), report.coverage.incomplete.len()),
    );
    let data = escaped(&data(report)?);
    // Pieces are set in where the page names them, in one pass: what is set in is not looked at again.
    let mut rest = PAGE;
    while let Some((before, after)) = rest.split_once("<!--") {
        out.write_all(before.as_bytes())?;
        let Some((name, after)) = after.split_once("-->") else { break };
        let piece = match name {
            "title" => &title,
            "words" => &words,
            "style" => STYLE,
            "script" => SCRIPT,
            "data" => &data,
            _ => "",
        };
        out.write_all(piece.as_bytes())?;
        rest = after;
    }
    out.write_all(rest.as_bytes())
}

/// JSON that nothing in a script element can end.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 16);
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

/// Numbers that stand for what many findings share.
#[derive(Default)]
struct Table<'a> {
    numbers: HashMap<&'a str, usize>,
    values: Vec<&'a str>,
}

impl<'a> Table<'a> {
    fn number(&mut self, value: &'a str) -> usize {
        *self.numbers.entry(value).or_insert_with(|| {
            self.values.push(value);
            self.values.len() - 1
        })
    }
}

fn data(report: &Report<'_>) -> io::Result<String> {
    let excerpts = Excerpts::new(report.findings);
    let mut files = Table::default();
    let mut controls = Table::default();
    let mut objects: Vec<Value> = Vec::new();
    let mut object_numbers: HashMap<&plimsoll_engine::ObjectName, usize> = HashMap::new();
    let mut findings: Vec<Value> = Vec::with_capacity(report.findings.len());
    for finding in report.findings {
        let object = finding.object.as_deref().map(|object| {
            *object_numbers.entry(object).or_insert_with(|| {
                objects.push(json!([object.kind, object.namespace, object.name]));
                objects.len() - 1
            })
        });
        let control = controls.number(finding.control.id);
        let file = files.number(finding.place.file.name());
        findings.push(row(finding, &excerpts, control, object, file));
    }
    let controls: Vec<Value> = controls.values.iter().map(|id| about(id, report.findings)).collect();
    let frameworks: Vec<Value> = frameworks::ALL
        .iter()
        .map(|framework| {
            let requirements: Vec<Value> = answers(framework, report)
                .iter()
                .map(|answer| {
                    let failing: Vec<&str> = answer
                        .controls
                        .iter()
                        .filter(|voice| voice.findings > 0)
                        .map(|voice| voice.id)
                        .collect();
                    json!([answer.id, answer.title, failing, answer.state.name(), answer.findings])
                })
                .collect();
            json!({"name": framework.name, "version": framework.version, "requirements": requirements})
        })
        .collect();
    let coverage = report.coverage;
    let gaps: Vec<Value> = coverage
        .incomplete
        .iter()
        .map(|gap| json!({"file": gap.file, "line": gap.line, "reason": gap.reason}))
        .collect();
    let notices: Vec<Value> = report
        .notices
        .iter()
        .map(|notice| json!({"file": notice.file, "line": notice.line, "message": notice.message}))
        .collect();
    serde_json::to_string(&json!({
        "version": env!("CARGO_PKG_VERSION"),
        "verdict": report.verdict().name(),
        "threshold": report.threshold,
        "ran": report.controls.len(),
        "baseline": report.baseline.map(|baseline| json!({"known": baseline.known, "mended": baseline.mended})),
        "coverage": {
            "files": coverage.files,
            "documents": coverage.documents,
            "objects": coverage.objects,
            "incomplete": gaps,
        },
        "notices": notices,
        "frameworks": frameworks,
        "controls": controls,
        "files": files.values,
        "objects": objects,
        "findings": findings,
    }))
    .map_err(io::Error::from)
}

/// A finding as the script reads it: by place in the array, since there can be many.
fn row(finding: &Finding, excerpts: &Excerpts, control: usize, object: Option<usize>, file: usize) -> Value {
    let severity = Severity::ALL.iter().position(|severity| *severity == finding.severity);
    let start = finding.place.start();
    let excerpt = excerpts.of(finding, EXCERPT_WIDTH).map(|excerpt| {
        let (before, rest) = excerpt.text.split_at(excerpt.start);
        let (marked, after) = rest.split_at(excerpt.end - excerpt.start);
        json!([before, marked, after])
    });
    let waived = finding
        .waived
        .as_ref()
        .map(|waived| json!([waived.reason, waived.owner, waived.until, waived.place]));
    let related: Vec<Value> = finding
        .related
        .iter()
        .map(|related| json!([related.message, related.place.file.name(), related.place.start().line]))
        .collect();
    json!([
        control,
        severity,
        finding.message,
        object,
        finding.container.as_deref(),
        finding.path,
        file,
        start.line,
        start.column,
        excerpt,
        finding.fix_name(),
        waived,
        related,
        finding.fingerprint.to_string(),
    ])
}

fn about(id: &str, findings: &[Box<Finding>]) -> Value {
    let Some(control) = findings.iter().map(|finding| finding.control).find(|control| control.id == id)
    else {
        return Value::Null;
    };
    let sections: Vec<Value> = plimsoll_controls::entry(id)
        .map(|entry| entry.text())
        .into_iter()
        .flat_map(|text| text.sections)
        .filter(|section| section.heading != "How others differ")
        .map(|section| json!([section.heading, section.body]))
        .collect();
    let references: Vec<String> = control
        .frameworks
        .iter()
        .map(|reference| {
            let name = frameworks::framework(reference.framework)
                .map_or(reference.framework, |framework| framework.name);
            format!("{name} {}", reference.requirement)
        })
        .collect();
    json!({
        "id": control.id,
        "title": control.title,
        "sections": sections,
        "aliases": control.aliases,
        "frameworks": references,
    })
}

//! The compliance view: each requirement of a framework, and whether it is met.

use std::collections::HashMap;
use std::io;

use plimsoll_engine::framework::{Decided, Framework, Requirement};
use serde::Serialize;

use crate::paint::{Paint, Tone, spaces};
use crate::text::{columns, counted, wrap};
use crate::{Format, Report, Style};

/// Whether a requirement is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// A control that speaks for it has a finding that isn't waived.
    Fail,
    /// It can be decided and wasn't: no control for it ran, none of those could find anything (what they look
    /// at wasn't there), or not everything was read.
    Unknown,
    Pass,
    /// Only a person can decide that it is met.
    Manual,
}

impl State {
    pub const ALL: [State; 4] = [State::Fail, State::Unknown, State::Pass, State::Manual];

    pub const fn name(self) -> &'static str {
        match self {
            State::Fail => "fail",
            State::Unknown => "unknown",
            State::Pass => "pass",
            State::Manual => "manual",
        }
    }
}

/// A requirement, and what the report says of it.
#[derive(Debug, Serialize)]
pub struct Answer {
    pub id: &'static str,
    pub title: &'static str,
    pub section: &'static str,
    /// Whether manifests can decide it, at least in part.
    pub automated: bool,
    pub state: State,
    /// Findings that are not waived.
    pub findings: usize,
    pub waived: usize,
    /// The controls that ran and speak for it.
    pub controls: Vec<Voice>,
    #[serde(skip)]
    pub requirement: &'static Requirement,
}

/// A control that speaks for a requirement.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Voice {
    pub id: &'static str,
    pub findings: usize,
    pub waived: usize,
    /// Whether it could find anything: what it looks at was there, and the parameters it needs are set.
    pub had_subject: bool,
}

/// Every requirement of a framework, in the framework's order.
pub fn answers(framework: &Framework, report: &Report<'_>) -> Vec<Answer> {
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    for finding in report.findings {
        let (open, waived) = counts.entry(finding.control.id).or_default();
        *(if finding.waived.is_none() { open } else { waived }) += 1;
    }
    // Findings that a baseline left out can't be told apart here: without them nothing is proved.
    let is_whole = report.coverage.incomplete.is_empty()
        && report.coverage.objects > 0
        && report.baseline.is_none_or(|baseline| baseline.known == 0);
    framework
        .requirements
        .iter()
        .map(|requirement| {
            let controls: Vec<Voice> = report
                .controls
                .iter()
                .filter(|selected| {
                    selected.control.frameworks.iter().any(|reference| {
                        reference.framework == framework.id && requirement.holds(reference.requirement)
                    })
                })
                .map(|selected| {
                    let (findings, waived) = counts.get(selected.control.id).copied().unwrap_or_default();
                    let had_subject = report.coverage.with_subject.contains(selected.control.id);
                    Voice { id: selected.control.id, findings, waived, had_subject }
                })
                .collect();
            let findings: usize = controls.iter().map(|voice| voice.findings).sum();
            let state = match () {
                () if findings > 0 => State::Fail,
                () if requirement.decided == Decided::Manual => State::Manual,
                () if !is_whole || !controls.iter().any(|voice| voice.had_subject) => State::Unknown,
                () => State::Pass,
            };
            Answer {
                id: requirement.id,
                title: requirement.title,
                section: requirement.section,
                automated: requirement.decided == Decided::Automated,
                state,
                findings,
                waived: controls.iter().map(|voice| voice.waived).sum(),
                controls,
                requirement,
            }
        })
        .collect()
}

/// How many answers there are of a state.
pub fn count(answers: &[Answer], state: State) -> usize {
    answers.iter().filter(|answer| answer.state == state).count()
}

/// Writes the compliance view of a framework, as JSON or as text for people.
///
/// # Errors
/// Of `out`; and `Unsupported` for a format that has no compliance view.
pub fn write_compliance(
    format: Format,
    framework: &Framework,
    report: &Report<'_>,
    style: &Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Terminal => terminal(framework, report, style, out),
        Format::Json => json(framework, report, out),
        other => Err(io::Error::new(
            io::ErrorKind::Unsupported,
            format!("the compliance view has no format {other}; use terminal or json"),
        )),
    }
}

#[derive(Serialize)]
struct About<'a> {
    id: &'a str,
    name: &'a str,
    version: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct Gap<'a> {
    file: &'a str,
    line: Option<u32>,
    reason: &'a str,
}

#[derive(Serialize)]
struct Coverage<'a> {
    files: usize,
    documents: usize,
    objects: usize,
    incomplete: Vec<Gap<'a>>,
}

#[derive(Serialize)]
struct Summary {
    fail: usize,
    unknown: usize,
    pass: usize,
    manual: usize,
}

#[derive(Serialize)]
struct View<'a> {
    version: u32,
    framework: About<'a>,
    summary: Summary,
    coverage: Coverage<'a>,
    requirements: &'a [Answer],
}

fn json(framework: &Framework, report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let answers = answers(framework, report);
    let coverage = report.coverage;
    let view = View {
        version: 1,
        framework: About {
            id: framework.id,
            name: framework.name,
            version: framework.version,
            url: framework.url,
        },
        summary: Summary {
            fail: count(&answers, State::Fail),
            unknown: count(&answers, State::Unknown),
            pass: count(&answers, State::Pass),
            manual: count(&answers, State::Manual),
        },
        coverage: Coverage {
            files: coverage.files,
            documents: coverage.documents,
            objects: coverage.objects,
            incomplete: coverage
                .incomplete
                .iter()
                .map(|gap| Gap { file: &gap.file, line: gap.line, reason: &gap.reason })
                .collect(),
        },
        requirements: &answers,
    };
    let mut out = io::BufWriter::new(out);
    serde_json::to_writer_pretty(&mut out, &view)?;
    io::Write::write_all(&mut out, b"\n")?;
    io::Write::flush(&mut out)
}

const STATE_WIDTH: usize = 9;

fn terminal(
    framework: &Framework,
    report: &Report<'_>,
    style: &Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let answers = answers(framework, report);
    let paint = Paint::new(style.color);
    let width = style.width.unwrap_or(Style::WIDTH).clamp(60, 160);
    let mut text = String::with_capacity(answers.len() * 120);
    paint.push(&mut text, Tone::Heading, &format!("{} {}", framework.name, framework.version));
    text.push('\n');
    paint.push(&mut text, Tone::Dim, framework.url);
    text.push('\n');

    let ids = answers.iter().map(|answer| columns(answer.id)).max().unwrap_or(0) + 2;
    let indent = 2 + STATE_WIDTH + ids;
    for section in answers.chunk_by(|a, b| a.section == b.section) {
        text.push('\n');
        if let Some(first) = section.first() {
            paint.push(&mut text, Tone::Name, first.section);
            text.push('\n');
        }
        for answer in section {
            spaces(&mut text, 2);
            paint.pad(&mut text, tone(answer.state), answer.state.name(), STATE_WIDTH);
            paint.pad(&mut text, Tone::Name, answer.id, ids);
            for (number, line) in wrap(answer.title, width.saturating_sub(indent).max(24)).enumerate() {
                if number > 0 {
                    text.push('\n');
                    spaces(&mut text, indent);
                }
                text.push_str(line);
            }
            text.push('\n');
            let voices: Vec<String> = answer.controls.iter().map(voice_in_words).collect();
            let why = match answer.state {
                State::Unknown if answer.controls.is_empty() => "no control for it ran".to_owned(),
                State::Unknown if !answer.controls.iter().any(|voice| voice.had_subject) => {
                    format!("nothing to decide it by: {}", voices.join(", "))
                }
                _ => voices.join(", "),
            };
            for line in wrap(&why, width.saturating_sub(indent).max(24)) {
                spaces(&mut text, indent);
                paint.push(&mut text, Tone::Dim, line);
                text.push('\n');
            }
        }
    }

    let coverage = report.coverage;
    if !coverage.incomplete.is_empty() {
        text.push('\n');
        paint.push(&mut text, Tone::Unsure, "Not everything was read, so nothing passes:");
        text.push('\n');
        for gap in &coverage.incomplete {
            let line = gap.line.map_or(String::new(), |line| format!(":{line}"));
            text.push_str(&format!(
                "  {}{line}  {}\n",
                crate::text::shown(&gap.file),
                crate::text::shown(&gap.reason)
            ));
        }
    } else if coverage.objects == 0 {
        text.push('\n');
        paint.push(&mut text, Tone::Unsure, "There were no objects to look at, so nothing passes.");
        text.push('\n');
    } else if report.baseline.is_some_and(|baseline| baseline.known > 0) {
        text.push('\n');
        paint.push(&mut text, Tone::Unsure, "A baseline left findings out, so nothing passes.");
        text.push('\n');
    }
    text.push('\n');
    let mut words = Vec::new();
    for state in State::ALL {
        let count = count(&answers, state);
        if count > 0 {
            words.push(format!("{count} {}", state.name()));
        }
    }
    text.push_str(&format!("{}: {}\n", counted(answers.len(), "requirement"), words.join(", ")));
    out.write_all(text.as_bytes())
}

fn tone(state: State) -> Tone {
    match state {
        State::Fail => Tone::Bad,
        State::Unknown => Tone::Unsure,
        State::Pass => Tone::Good,
        State::Manual => Tone::Dim,
    }
}

/// `pod/privileged (3 findings, 1 waived)`
fn voice_in_words(voice: &Voice) -> String {
    match (voice.findings, voice.waived) {
        (0, 0) => voice.id.to_owned(),
        (findings, 0) => format!("{} ({})", voice.id, counted(findings, "finding")),
        (0, waived) => format!("{} ({waived} waived)", voice.id),
        (findings, waived) => format!("{} ({}, {waived} waived)", voice.id, counted(findings, "finding")),
    }
}

//! The compliance view for people at a terminal.

use std::io;

use plimsoll_engine::framework::Framework;

use super::{State, answers, in_words, nothing_passes};
use crate::paint::{Paint, Tone, spaces};
use crate::text::{columns, wrap};
use crate::{Report, Style};

const STATE_WIDTH: usize = 9;

pub(crate) fn write(
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
            let why = answer.why();
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
    } else if let Some(reason) = nothing_passes(report) {
        text.push('\n');
        paint.push(&mut text, Tone::Unsure, reason);
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&format!("{}\n", in_words(&answers)));
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

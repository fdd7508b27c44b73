//! The compliance view as Markdown, for the summary of a pipeline's run.

use std::fmt::Write as _;
use std::io;

use plimsoll_engine::framework::Framework;

use super::{State, answers, in_words, nothing_passes};
use crate::Report;
use crate::markdown::{code, gaps, heading, plain};

pub(crate) fn write(framework: &Framework, report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let answers = answers(framework, report);
    let mut text = String::new();
    heading(&mut text, report);
    let _ = writeln!(text, "{} {}: {}.", framework.name, framework.version, in_words(&answers));
    for section in answers.chunk_by(|a, b| a.section == b.section) {
        text.push('\n');
        if let Some(first) = section.first().filter(|first| !first.section.is_empty()) {
            text.push_str("### ");
            plain(&mut text, first.section);
            text.push_str("\n\n");
        }
        text.push_str("| | Requirement | | Controls |\n|---|---|---|---|\n");
        for answer in section {
            let _ = write!(text, "| {} {} | ", sign_of(answer.state), answer.state.name());
            code(&mut text, answer.id);
            text.push_str(" | ");
            plain(&mut text, answer.title);
            text.push_str(" | ");
            plain(&mut text, &answer.why());
            text.push_str(" |\n");
        }
    }
    if let Some(reason) = nothing_passes(report) {
        let _ = writeln!(text, "\n{reason}");
    }
    gaps(&mut text, report);
    out.write_all(text.as_bytes())
}

const fn sign_of(state: State) -> &'static str {
    match state {
        State::Fail => "❌",
        State::Unknown => "❔",
        State::Pass => "✅",
        State::Manual => "👁️",
    }
}

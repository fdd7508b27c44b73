//! Colour, where it is wanted.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use plimsoll_engine::Severity;

/// What a piece of text is, to a reader's eye.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Severity(Severity),
    /// Names of files and headings.
    Heading,
    /// Names of objects and controls.
    Name,
    /// What may be overlooked: gutters, hints.
    Dim,
    Good,
    Bad,
    Unsure,
}

/// Puts tones around text, or leaves them out.
pub(crate) struct Paint {
    color: bool,
    codes: [String; 10],
}

impl Paint {
    pub(crate) fn new(color: bool) -> Self {
        let plain = Style::new();
        let styles = [
            AnsiColor::Magenta.on_default().bold(),
            AnsiColor::Red.on_default().bold(),
            AnsiColor::Yellow.on_default(),
            AnsiColor::Cyan.on_default(),
            plain.bold().underline(),
            plain.bold(),
            plain.dimmed(),
            AnsiColor::Green.on_default().bold(),
            AnsiColor::Red.on_default().bold(),
            AnsiColor::Yellow.on_default().bold(),
        ];
        Paint { color, codes: styles.map(|style| style.render().to_string()) }
    }

    fn code(&self, tone: Tone) -> &str {
        let index = match tone {
            Tone::Severity(Severity::Critical) => 0,
            Tone::Severity(Severity::High) => 1,
            Tone::Severity(Severity::Medium) => 2,
            Tone::Severity(Severity::Low) => 3,
            Tone::Heading => 4,
            Tone::Name => 5,
            Tone::Dim => 6,
            Tone::Good => 7,
            Tone::Bad => 8,
            Tone::Unsure => 9,
        };
        &self.codes[index]
    }

    /// Adds what is written in a tone.
    pub(crate) fn around(&self, out: &mut String, tone: Tone, write: impl FnOnce(&mut String)) {
        if self.color {
            out.push_str(self.code(tone));
            write(out);
            out.push_str("\x1b[0m");
        } else {
            write(out);
        }
    }

    /// Adds text in a tone.
    pub(crate) fn push(&self, out: &mut String, tone: Tone, text: &str) {
        self.around(out, tone, |out| out.push_str(text));
    }

    /// Adds a number in a tone.
    pub(crate) fn number(&self, out: &mut String, tone: Tone, number: u32) {
        self.around(out, tone, |out| {
            let _ = write!(out, "{number}");
        });
    }

    /// Adds text in a tone, and spaces up to a width in columns.
    pub(crate) fn pad(&self, out: &mut String, tone: Tone, text: &str, width: usize) {
        self.push(out, tone, text);
        spaces(out, width.saturating_sub(crate::text::columns(text)));
    }
}

pub(crate) fn spaces(out: &mut String, count: usize) {
    const SPACES: &str = "                                                                ";
    let mut left = count;
    while let Some(rest) = left.checked_sub(SPACES.len()) {
        out.push_str(SPACES);
        left = rest;
    }
    out.push_str(SPACES.get(..left).unwrap_or(""));
}

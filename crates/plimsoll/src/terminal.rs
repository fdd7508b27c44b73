//! What is said to a person, and what their terminal can show.

use std::io::{IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use clap::ValueEnum;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const NOTE: Style = AnsiColor::Cyan.on_default().bold();

/// Fewer columns than this are a mistake, or no place for a report.
const LEAST_WIDTH: usize = 40;

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal; `NO_COLOR` and `FORCE_COLOR` are heeded
    #[default]
    Auto,
    /// Always, into files and pipes too
    Always,
    /// Never
    Never,
}

impl Color {
    /// Whether what goes to a stream is coloured.
    fn on(self, stream: &impl IsTerminal) -> bool {
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => wanted(stream.is_terminal()),
        }
    }

    /// Makes what is said on stderr follow the same choice.
    pub fn govern_stderr(self) {
        let choice = match self.on(&std::io::stderr()) {
            true => anstream::ColorChoice::Always,
            false => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }

    /// How text for people looks on standard output.
    pub fn style(self) -> plimsoll_report::Style {
        let stdout = std::io::stdout();
        let color = self.on(&stdout);
        // Not every terminal hides a link's address, so only those that are known to get one.
        let hyperlinks =
            color && stdout.is_terminal() && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
        plimsoll_report::Style { color, width: width(), hyperlinks }
    }

    /// How text for people looks in a file.
    pub fn plain() -> plimsoll_report::Style {
        plimsoll_report::Style::default()
    }
}

/// `NO_COLOR` wins over `FORCE_COLOR`, as its authors ask; either counts when it is not empty.
fn wanted(is_terminal: bool) -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if set("NO_COLOR") {
        return false;
    }
    set("FORCE_COLOR") || (is_terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb"))
}

/// Columns of the terminal: as `COLUMNS` says, else as the terminal itself does. A pipe has none.
fn width() -> Option<usize> {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    said.or_else(|| terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0)))
        .filter(|width| *width >= LEAST_WIDTH)
}

/// A remark for a person, on stderr.
pub fn note(text: &str) {
    say(NOTE, "note", text);
}

/// What ended the run, on stderr.
pub fn error(text: &str) {
    say(ERROR, "error", text);
}

/// Further lines stand below the first word of the first. Names in them come from outside, so what could
/// steer the terminal is taken out. That nobody listens to stderr is no error.
fn say(style: Style, word: &str, text: &str) {
    let indent = format!("\n{:width$}", "", width = word.len() + 2);
    let lines: Vec<_> = text.lines().map(plimsoll_report::shown).collect();
    let _ = writeln!(anstream::stderr(), "{style}{word}:{style:#} {}", lines.join(&indent));
}

//! Colours, and whether the terminal wants them.

use anstyle::{AnsiColor, Style};
use clap::ValueEnum;

pub const ERROR: Style = AnsiColor::Red.on_default().bold();
pub const NOTE: Style = AnsiColor::Cyan.on_default().bold();

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal; `NO_COLOR` and `FORCE_COLOR` are heeded
    #[default]
    Auto,
    Always,
    Never,
}

impl Color {
    /// Whether what goes to stdout is coloured.
    pub fn on_stdout(self) -> bool {
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => wanted(std::io::IsTerminal::is_terminal(&std::io::stdout())),
        }
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

/// Columns of the terminal, or what `COLUMNS` says; 100 where there is neither.
pub fn width() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let columns = said.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)));
    columns.filter(|width| *width >= 40).unwrap_or(100)
}

/// A remark for a person, on stderr.
pub fn note(text: &str) {
    anstream::eprintln!("{NOTE}note:{} {text}", anstyle::Reset);
}

//! Colours and widths of what a person reads.

use anstyle::{AnsiColor, Style};
use plimsoll_podsecurity::Level;
use plimsoll_report::shown;

pub const NAME: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();
pub const BAD: Style = AnsiColor::Red.on_default().bold();
pub const UNSURE: Style = AnsiColor::Yellow.on_default().bold();
pub const GOOD: Style = AnsiColor::Green.on_default().bold();

pub struct Paint {
    color: bool,
}

impl Paint {
    pub fn new(style: plimsoll_report::Style) -> Self {
        Paint { color: style.color }
    }

    /// Text in a style. It may come from outside, so what could steer the terminal is taken out.
    pub fn text(&self, style: Style, text: &str) -> String {
        let text = shown(text);
        if self.color { format!("{style}{text}{style:#}") } else { text.into_owned() }
    }

    /// Text in a style, and spaces up to a width.
    pub fn padded(&self, style: Style, text: &str, width: usize) -> String {
        let columns = shown(text).chars().count();
        format!("{}{:2$}", self.text(style, text), "", width.saturating_sub(columns))
    }
}

/// The colour of a level.
pub const fn of_level(level: Level) -> Style {
    match level {
        Level::Privileged => BAD,
        Level::Baseline => UNSURE,
        Level::Restricted => GOOD,
    }
}

//! The catalogue of controls: one control, one file, under `catalogue/AREA/WHAT.rs`.
//!
//! The head of a control's file is its text: what it checks, why it matters, how to fix it, and
//! examples that run as tests. [`Entry::text`] reads it, and so do `explain`, the SARIF help and the
//! pages under `docs/controls/`.

pub mod frameworks;

mod catalogue;
mod configured;
mod find;
mod prelude;
mod select;
mod support;
mod text;

pub use catalogue::ENTRIES;
pub use configured::is_configured;
pub use find::{entry, named, nearest};
pub use select::{Catalogue, framework, framework_called, profile, select};
pub use text::{Example, ExampleKind, Section, Text};

use plimsoll_engine::Control;

/// A control with the source file that defines it.
#[derive(Debug)]
pub struct Entry {
    pub control: &'static Control,
    source: &'static str,
}

impl Entry {
    /// The control's text and examples.
    pub fn text(&self) -> Text {
        Text::read(self.source)
    }
}

//! Waivers in annotations: `plimsoll.dev/waive`.

use plimsoll_kubernetes::Object;

use crate::Names;
use crate::waiver::{Terms, directive};

/// The annotation by which an object asks for waivers, one a line.
pub(super) const KEY: &str = "plimsoll.dev/waive";

/// What an object's annotation says, line by line, and the line of the file that it begins on.
pub(super) struct Annotation<'d> {
    /// `None` where the annotation is no text.
    pub text: Option<&'d str>,
    pub line: u32,
}

pub(super) fn of<'d>(object: &Object<'d>) -> Option<Annotation<'d>> {
    let field = object.annotation(KEY);
    let value = field.value()?;
    let span = value.key_span().unwrap_or(value.span());
    let line = value.document().file().position(span.start).line;
    Some(Annotation { text: value.as_str(), line })
}

/// The waivers that an object's annotation asks for; lines that can't be read waive nothing.
pub fn annotated(object: &Object<'_>, names: &dyn Names) -> Vec<Terms> {
    let text = of(object).and_then(|annotation| annotation.text).unwrap_or("");
    text.lines().filter_map(|line| directive::parse(line, names).ok()).collect()
}

//! What a field is and what the API takes, in words.

use plimsoll_doc::{Kind, Style, Value};
use plimsoll_kubernetes::schema::Wanted;

/// A key or a word of a manifest that is longer than this isn't shown whole.
const SHOWN: usize = 60;

/// What the API takes: "a string".
pub(crate) fn wanted(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Text | Wanted::Word => "a string",
        Wanted::Boolean => "true or false",
        Wanted::Integer32 => "an integer of 32 bits",
        Wanted::Integer => "an integer",
        Wanted::Number => "a number",
        Wanted::Quantity => "a quantity, such as 500m or 1Gi",
        Wanted::IntegerOrText => "an integer or a string",
        Wanted::Time => "a time, such as 2026-01-31T12:00:00Z",
        Wanted::MicroTime => "a time with microseconds, such as 2026-01-31T12:00:00.000000Z",
        Wanted::Base64 => "base64 text",
        Wanted::Mapping => "a mapping",
        Wanted::List => "a list",
    }
}

/// What a value is: "a number".
pub(crate) fn found(value: Value<'_>) -> &'static str {
    match value.kind() {
        Kind::Null => "nothing",
        Kind::Bool => "a boolean",
        Kind::Integer => "an integer",
        Kind::Float => "a number with a fraction",
        Kind::String => "a string",
        Kind::Sequence => "a list",
        Kind::Mapping => "a mapping",
    }
}

/// The text that quotes around a plain scalar would make a string of. `None` where YAML and a reader may
/// take the text for different values: digits in groups (`1_000`).
pub(crate) fn written(value: Value<'_>) -> Option<&str> {
    let span = value.span();
    let text = value.document().file().text().get(span.start as usize..span.end as usize)?;
    let is_scalar = matches!(value.kind(), Kind::Bool | Kind::Integer | Kind::Float);
    (is_scalar && value.style() == Style::Plain && !text.contains('_')).then_some(text)
}

/// A word as messages show it: not at any length.
pub(crate) fn shown(word: &str) -> String {
    if word.chars().count() <= SHOWN {
        return format!("{word:?}");
    }
    let short: String = word.chars().take(SHOWN).collect();
    format!("{short:?}…")
}

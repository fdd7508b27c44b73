//! Decoding as strictly as the API server does it: wrong types, unknown fields and duplicate keys are errors.

use plimsoll_doc::{Kind, Position, Style, Value};
use plimsoll_kubernetes::Field;

use super::ConfigurationError;
use crate::go::quoted;

/// A document that is being decoded.
pub(super) struct Strict<'d> {
    is_json: bool,
    /// Fields that there are not, with their places.
    unknown: Vec<(String, Value<'d>)>,
    /// The first value of a wrong type.
    mismatch: Option<ConfigurationError>,
    /// `v1`, as Go's types are called.
    version: &'d str,
}

impl<'d> Strict<'d> {
    pub fn new(root: Value<'d>, version: &'d str) -> Self {
        Strict { is_json: root.style() == Style::Flow, unknown: Vec::new(), mismatch: None, version }
    }

    /// The entries of a mapping of a type, at a path; those of `known` keys alone.
    pub fn mapping(
        &mut self,
        value: Value<'d>,
        path: &str,
        of: &'static str,
        outer: &'static str,
        known: &[&str],
    ) -> Vec<(&'d str, Value<'d>)> {
        if !matches!(value.kind(), Kind::Mapping | Kind::Null) {
            let wanted = format!("{}.{of}", self.version);
            self.mismatched(value, path, outer, &wanted);
            return Vec::new();
        }
        let mut entries: Vec<_> = value.entries().collect();
        if !self.is_json {
            // YAML becomes JSON first, by way of a map.
            entries.sort_by_key(|(key, _)| *key);
        }
        for (key, value) in entries.iter().filter(|(key, _)| !known.contains(key)) {
            let path = if path.is_empty() { (*key).to_owned() } else { format!("{path}.{key}") };
            self.unknown.push((path, *value));
        }
        entries.retain(|(key, _)| known.contains(key));
        entries
    }

    pub fn text(&mut self, value: Value<'d>, path: &str, outer: &'static str) -> &'d str {
        value.as_str().unwrap_or_else(|| {
            if !value.is_null() {
                self.mismatched(value, path, outer, "string");
            }
            ""
        })
    }

    /// The items of a list of texts, each with its place.
    pub fn texts(&mut self, value: Value<'d>, path: &str, outer: &'static str) -> Vec<(&'d str, Value<'d>)> {
        if !matches!(value.kind(), Kind::Sequence | Kind::Null) {
            self.mismatched(value, path, outer, "[]string");
        }
        value.items().map(|item| (self.text(item, path, outer), item)).collect()
    }

    /// A value of another type than `wanted`; the first one counts.
    pub fn mismatched(&mut self, value: Value<'d>, path: &str, outer: &str, wanted: &str) {
        let found = match value.kind() {
            Kind::Null => "null",
            Kind::Bool => "bool",
            Kind::Integer | Kind::Float => "number",
            Kind::String => "string",
            Kind::Sequence => "array",
            Kind::Mapping => "object",
        };
        let message =
            format!("json: cannot unmarshal {found} into Go struct field {outer}.{path} of type {wanted}");
        self.mismatch.get_or_insert(ConfigurationError::Decoding(message, Some(place(value))));
    }

    /// What is wrong with the document, in the API server's order: types, then duplicates and unknown
    /// fields.
    pub fn finish(mut self, root: Value<'d>) -> Result<(), ConfigurationError> {
        if let Some(mismatch) = self.mismatch {
            return Err(mismatch);
        }
        // In the order in which the document is walked; JSON has its own, below.
        self.unknown.sort_by(|(a, _), (b, _)| a.split('.').cmp(b.split('.')));
        let duplicates: Vec<_> = root.document().duplicates().map(|duplicate| duplicate.kept).collect();
        let first = duplicates.iter().chain(self.unknown.iter().map(|(_, value)| value)).next().copied();
        let mut errors: Vec<(u32, String)> = Vec::new();
        let mut say = |at: Value<'d>, text: String| errors.push((at.span().start, text));
        if self.is_json {
            for kept in &duplicates {
                say(*kept, format!("duplicate field {}", quoted(&Field::new(*kept).path_from(root))));
            }
        } else if let Some(kept) = duplicates.first() {
            let line = |kept: &Value<'d>| {
                let key = quoted(kept.key().unwrap_or(""));
                format!("\n  line {}: key {key} already set in map", key_place(*kept).line)
            };
            say(*kept, format!("yaml: unmarshal errors:{}", duplicates.iter().map(line).collect::<String>()));
        }
        for (path, value) in &self.unknown {
            say(*value, format!("unknown field {}", quoted(path)));
        }
        if self.is_json {
            errors.sort_by_key(|(at, _)| *at);
        }
        let errors: Vec<String> = errors.into_iter().map(|(_, text)| text).collect();
        match first {
            None => Ok(()),
            Some(first) => Err(ConfigurationError::Decoding(
                format!("strict decoding error: {}", errors.join(", ")),
                Some(key_place(first)),
            )),
        }
    }
}

/// Where a value stands.
pub(super) fn place(value: Value<'_>) -> Position {
    value.document().file().position(value.span().start)
}

/// Where a value's key stands.
fn key_place(value: Value<'_>) -> Position {
    let span = value.key_span().unwrap_or(value.span());
    value.document().file().position(span.start)
}

//! Holding a document against the table of settings: everything that is wrong with it, at once.

use plimsoll_doc::{Document, Kind, Span, Value};
use plimsoll_kubernetes::lifecycle;
use serde_json::Value as Json;

use super::setting::{PARAMETERS, Setting, Shape};
use super::{ConfigurationError, Globs, forms};
use crate::{Date, Names, Severity, nearest};

/// All that is wrong with a file whose keys are those of `settings`, in the order of the text.
pub fn check(
    document: &Document,
    names: &dyn Names,
    settings: &'static [Setting],
) -> Vec<ConfigurationError> {
    let mut check = Check { document, names, errors: Vec::new() };
    for duplicate in document.duplicates() {
        let key = duplicate.kept.key().unwrap_or_default();
        check.at_key(duplicate.kept, format!("{} stands twice: keep one", shown(key)));
    }
    check.mapping(document.root(), settings);
    check.errors.sort();
    check.errors.dedup();
    check.errors
}

struct Check<'a> {
    document: &'a Document,
    names: &'a dyn Names,
    errors: Vec<ConfigurationError>,
}

impl<'a> Check<'a> {
    fn at(&mut self, span: Span, message: String) {
        let file = self.document.file();
        self.errors.push(ConfigurationError {
            file: file.name().to_owned(),
            position: file.position(span.start),
            message,
        });
    }

    fn at_value(&mut self, value: Value<'a>, message: String) {
        // An empty value has no place of its own that a person would look at.
        let span = value.span();
        let span = if span.start == span.end { value.key_span().unwrap_or(span) } else { span };
        self.at(span, message);
    }

    fn at_key(&mut self, value: Value<'a>, message: String) {
        self.at(value.key_span().unwrap_or(value.span()), message);
    }

    /// Says what a value must be and isn't.
    fn must_be(&mut self, value: Value<'a>, what: &str) {
        let subject = value.key().map_or("this".to_owned(), shown);
        self.at_value(value, format!("{subject} must be {what}, not {}", kind(value)));
    }

    fn mapping(&mut self, value: Value<'a>, settings: &'static [Setting]) {
        if value.kind() != Kind::Mapping {
            return self.must_be(value, "a mapping");
        }
        for (key, entry) in value.entries() {
            match settings.iter().find(|setting| setting.key == key) {
                // An empty value is none, but patterns narrow what a waiver or a scope is for: without them it is for
                // everything.
                Some(setting)
                    if entry.is_null()
                        && !setting.is_required
                        && !matches!(setting.shape, Shape::Globs(_)) => {}
                Some(setting) => self.setting(entry, setting),
                None => self.unknown(entry, key, settings.iter().map(|setting| setting.key)),
            }
        }
        for setting in settings.iter().filter(|setting| setting.is_required) {
            if value.get(setting.key).is_none() {
                self.at_value(value, format!("{} is missing: {}", setting.key, lowered(setting.description)));
            }
        }
    }

    fn unknown<'k>(&mut self, entry: Value<'a>, key: &str, known: impl Iterator<Item = &'k str> + Clone) {
        let hint = match nearest(key, known.clone()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("the keys are {}", known.collect::<Vec<_>>().join(", ")),
        };
        self.at_key(entry, format!("unknown key {}: {hint}", shown(key)));
    }

    fn setting(&mut self, value: Value<'a>, setting: &Setting) {
        match setting.shape {
            Shape::Version if value.as_i64() == Some(1) => {}
            Shape::Version => self.at_value(value, "version must be 1, the only one there is".to_owned()),
            Shape::Switch(_) if value.as_bool().is_none() => self.must_be(value, "true or false"),
            Shape::Switch(_) => {}
            Shape::Text => {
                self.text(value);
            }
            Shape::Date => {
                let text = self.text(value);
                if let Some(Err(error)) = text.map(str::parse::<Date>) {
                    self.at_value(value, format!("{}: {error}", setting.key));
                }
            }
            Shape::Severity => self.severity(value),
            Shape::Profile => {
                let text = self.text(value);
                if let Some(Err(error)) = text.map(|name| self.names.profile(name)) {
                    self.at_value(value, error);
                }
            }
            Shape::Controls => {
                for (item, name) in self.texts(value, setting) {
                    if let Err(error) = self.names.controls(name) {
                        self.at_value(item, error);
                    }
                }
            }
            Shape::Globs(kind) => {
                for (item, pattern) in self.texts(value, setting) {
                    if let Err(error) = Globs::new(kind, [pattern]) {
                        self.at_value(item, error);
                    }
                }
            }
            Shape::Severities => self.severities(value),
            Shape::Parameters => self.parameters(value),
            Shape::List(settings) if value.kind() == Kind::Sequence => {
                for item in value.items() {
                    self.mapping(item, settings);
                }
            }
            Shape::List(_) => self.must_be(value, "a list"),
            Shape::Mapping(settings) => self.mapping(value, settings),
            Shape::Word(words) => {
                let text = self.text(value);
                self.word(value, text, words);
            }
            Shape::Words(words) => {
                for (item, text) in self.texts(value, setting) {
                    self.word(item, Some(text), words);
                }
            }
            Shape::Texts => {
                self.texts(value, setting);
            }
            Shape::TextByName | Shape::Opaque if value.kind() != Kind::Mapping => {
                self.must_be(value, "a mapping");
            }
            Shape::TextByName => {
                for (_, entry) in value.entries() {
                    self.text(entry);
                }
            }
            Shape::Opaque => {}
        }
    }

    /// The text of a value; anything else, or nothing but blanks, is an error.
    fn text(&mut self, value: Value<'a>) -> Option<&'a str> {
        match value.as_str() {
            Some(text) if text.trim().is_empty() => {
                self.must_be(value, "text");
                None
            }
            Some(text) => Some(text),
            None => {
                let is_scalar = !matches!(value.kind(), Kind::Mapping | Kind::Sequence | Kind::Null);
                self.must_be(value, if is_scalar { "text, in quotes" } else { "text" });
                None
            }
        }
    }

    /// The texts of a value that is one, or a list of them. What is required isn't empty.
    fn texts(&mut self, value: Value<'a>, setting: &Setting) -> Vec<(Value<'a>, &'a str)> {
        match value.kind() {
            Kind::Sequence => {
                if setting.is_required && value.is_empty() {
                    self.must_be(value, "a list with something in it");
                }
                value.items().filter_map(|item| Some((item, self.text(item)?))).collect()
            }
            Kind::Mapping => {
                self.must_be(value, "text or a list of texts");
                Vec::new()
            }
            _ => self.text(value).map(|text| (value, text)).into_iter().collect(),
        }
    }

    fn word(&mut self, value: Value<'a>, text: Option<&str>, words: &[&str]) {
        if let Some(text) = text.filter(|text| !words.contains(text)) {
            self.at_value(value, format!("{} is none of {}", shown(text), words.join(", ")));
        }
    }

    fn severity(&mut self, value: Value<'a>) {
        if let Some(Err(error)) = self.text(value).map(str::parse::<Severity>) {
            self.at_value(value, error);
        }
    }

    fn severities(&mut self, value: Value<'a>) {
        if value.kind() != Kind::Mapping {
            return self.must_be(value, "a mapping from controls to severities");
        }
        for (name, severity) in value.entries() {
            if let Err(error) = self.names.controls(name) {
                self.at_key(severity, error);
            }
            self.severity(severity);
        }
    }

    fn parameters(&mut self, value: Value<'a>) {
        if value.kind() != Kind::Mapping {
            return self.must_be(value, "a mapping");
        }
        for (key, entry) in value.entries() {
            let Some(parameter) = PARAMETERS.iter().find(|parameter| parameter.key == key) else {
                self.unknown(entry, key, PARAMETERS.iter().map(|parameter| parameter.key.as_str()));
                continue;
            };
            if entry.is_null() {
                continue;
            }
            match &parameter.default {
                Json::Bool(_) if entry.as_bool().is_none() => self.must_be(entry, "true or false"),
                Json::Number(_) if entry.as_i64().is_none_or(|number| number < 0) => {
                    self.must_be(entry, "a whole number, 0 or more");
                }
                Json::Array(_) if entry.kind() == Kind::Sequence => {
                    for item in entry.items() {
                        if let Some(Err(error)) = self.text(item).map(|text| forms::check(key, text)) {
                            self.at_value(item, error);
                        }
                    }
                }
                Json::Array(_) => self.must_be(entry, "a list of texts"),
                Json::String(_) => {
                    self.text(entry);
                    if key == "kubernetes-version"
                        && entry.as_str().is_some_and(|version| lifecycle::minor(version).is_none())
                    {
                        self.must_be(entry, "a version such as \"1.37\"");
                    }
                }
                _ => {}
            }
        }
    }
}

/// What a value is, in plain words.
fn kind(value: Value<'_>) -> &'static str {
    match value.kind() {
        Kind::Null => "empty",
        Kind::Bool => "true or false",
        Kind::Integer | Kind::Float => "this number",
        Kind::String if value.as_str().is_some_and(|text| text.trim().is_empty()) => "empty",
        Kind::String => "text",
        Kind::Sequence if value.is_empty() => "an empty one",
        Kind::Sequence => "a list",
        Kind::Mapping => "a mapping",
    }
}

/// A key as messages show it: not at any length.
fn shown(key: &str) -> String {
    key.chars().take(60).collect()
}

/// A description in the middle of a sentence.
fn lowered(description: &str) -> String {
    let mut characters = description.trim_end_matches('.').chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}

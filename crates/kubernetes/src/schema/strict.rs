//! What the API server says of an object that it is asked to validate strictly (`fieldValidation=Strict`, as
//! `kubectl` asks).
//!
//! It reads an object into the Go type of its kind. What isn't of the type of its field ends that: the object
//! can't be read, strict or not. A field that the type doesn't have is unknown, and one that stands twice a
//! duplicate; these are collected on the way, in the order of the text, and refuse the object if it could be
//! read. Some types read what is theirs on their own, and then nobody looks for unknown fields below them: a
//! `RawExtension`, `fieldsV1`, the `default` of a JSON schema, its `items` and `additionalProperties`.
//!
//! Source: `UnmarshalStrict` of sigs.k8s.io/json and the serializer of k8s.io/apimachinery.

use std::collections::HashSet;
use std::fmt::{self, Write};

use plimsoll_doc::{Kind, Value};

use super::check::Wanted;
use super::facts::{Shape, Type};
use super::{malformed, table};
use crate::Object;
use crate::lifecycle::Minor;

/// So many errors are collected; the server forgets later ones.
const MOST: usize = 100;

/// What the API server does with an object under strict validation.
#[derive(Debug)]
pub enum Verdict<'d> {
    /// It reads all of it. What it then says of the values is another matter.
    Taken,
    /// It reads it, and refuses it for these fields, in its order; there is at least one.
    Refused(Vec<StrictError<'d>>),
    /// It can't read it.
    Unreadable(Mistyped<'d>),
}

/// A field that strict validation refuses.
#[derive(Clone, Debug)]
pub struct StrictError<'d> {
    pub why: Strictness,
    /// As the server writes it: `spec.containers[0].foo`.
    pub path: String,
    /// The field; the later one of two.
    pub value: Value<'d>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    Unknown,
    Duplicate,
}

/// A value that isn't of its field's type.
#[derive(Clone, Debug)]
pub struct Mistyped<'d> {
    pub value: Value<'d>,
    /// `spec.containers[0].ports`
    pub path: String,
    pub wanted: Wanted,
}

/// How the API server of a release takes an object that its client sends as it stands in the text. `None`
/// where the release doesn't serve the kind, custom resources among them.
pub fn strict<'d>(object: &Object<'d>, release: Minor) -> Option<Verdict<'d>> {
    let known = object.served()?;
    if !known.life.is_in(release) {
        return None;
    }
    let mut reader = Reader::new(object.root(), release);
    reader.type_meta();
    reader.yaml_duplicates();
    reader.object(object.root(), known.of);
    Some(reader.verdict())
}

impl fmt::Display for Verdict<'_> {
    /// In the words of the server, without what it says of the object as a whole.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Taken => Ok(()),
            Verdict::Refused(errors) => {
                f.write_str("strict decoding error: ")?;
                for (number, error) in errors.iter().enumerate() {
                    let separator = if number == 0 { "" } else { ", " };
                    write!(f, "{separator}{error}")?;
                }
                Ok(())
            }
            Verdict::Unreadable(mistyped) => mistyped.fmt(f),
        }
    }
}

impl fmt::Display for StrictError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.why {
            Strictness::Unknown => "unknown field ",
            Strictness::Duplicate => "duplicate field ",
        })?;
        quote(&self.path, f)
    }
}

impl fmt::Display for Mistyped<'_> {
    /// As the server says it but for the names of Go's types, which its OpenAPI document doesn't have.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is = match self.value.kind() {
            Kind::Null => "null",
            Kind::Bool => "bool",
            Kind::Integer | Kind::Float => "number",
            Kind::String => "string",
            Kind::Sequence => "array",
            Kind::Mapping => "object",
        };
        write!(
            f,
            "json: cannot unmarshal {is} into the field {} of type {}",
            self.path,
            self.wanted.go_name()
        )
    }
}

impl Wanted {
    /// The type as Go has it, where it is one of Go's own.
    fn go_name(self) -> &'static str {
        match self {
            Wanted::Text | Wanted::Word => "string",
            Wanted::Boolean => "bool",
            Wanted::Integer32 => "int32",
            Wanted::Integer => "int64",
            Wanted::Number => "float64",
            Wanted::Quantity => "resource.Quantity",
            Wanted::IntegerOrText => "intstr.IntOrString",
            Wanted::Time => "v1.Time",
            Wanted::MicroTime => "v1.MicroTime",
            Wanted::Base64 => "[]uint8",
            Wanted::Mapping => "object",
            Wanted::List => "list",
        }
    }
}

/// Writes text as `strconv.Quote` of Go does.
fn quote(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(f, "\\{c}")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            '\u{7}' => f.write_str("\\a")?,
            '\u{8}' => f.write_str("\\b")?,
            '\u{b}' => f.write_str("\\v")?,
            '\u{c}' => f.write_str("\\f")?,
            ..' ' | '\u{7f}' => write!(f, "\\x{:02x}", u32::from(c))?,
            // What Rust escapes for its own Debug isn't printable; Go's list is nearly the same.
            c if c.is_ascii() || c.escape_debug().count() == 1 => f.write_char(c)?,
            c if u32::from(c) < 0x1_0000 => write!(f, "\\u{:04x}", u32::from(c))?,
            c => write!(f, "\\U{:08x}", u32::from(c))?,
        }
    }
    f.write_char('"')
}

/// Reads a value as the server does.
pub(super) struct Reader<'d> {
    root: Value<'d>,
    release: Minor,
    /// Whether the text is JSON, which the server reads as it is written; YAML is made JSON first.
    pub(super) is_json: bool,
    /// Whether nobody looks for unknown and duplicate fields here.
    is_lax: bool,
    errors: Vec<StrictError<'d>>,
    mistyped: Option<(Value<'d>, Wanted)>,
}

impl<'d> Reader<'d> {
    pub(super) fn new(root: Value<'d>, release: Minor) -> Self {
        let text = root.document().file().text();
        let text = text.get(root.document().span().start as usize..).unwrap_or_default();
        Reader {
            root,
            release,
            is_json: text.trim_start().starts_with('{'),
            is_lax: false,
            errors: Vec::new(),
            mistyped: None,
        }
    }

    pub(super) fn verdict(self) -> Verdict<'d> {
        match self.mistyped {
            Some((value, wanted)) => {
                Verdict::Unreadable(Mistyped { value, path: path(value, self.root), wanted })
            }
            None if self.errors.is_empty() => Verdict::Taken,
            None => Verdict::Refused(self.errors),
        }
    }

    /// The first counts: the server says no more.
    pub(super) fn mistyped(&mut self, value: Value<'d>, wanted: Wanted) {
        self.mistyped.get_or_insert((value, wanted));
    }

    pub(super) fn refuse(&mut self, why: Strictness, value: Value<'d>) {
        if self.is_lax || self.errors.len() >= MOST {
            return;
        }
        let path = path(value, self.root);
        // The same words aren't said twice.
        if !self.errors.iter().any(|error| error.why == why && error.path == path) {
            self.add(why, path, value);
        }
    }

    pub(super) fn add(&mut self, why: Strictness, path: String, value: Value<'d>) {
        self.errors.push(StrictError { why, path, value });
    }

    /// The duplicates of JSON that is read into maps, whatever they hold.
    pub(super) fn duplicates(&mut self, value: Value<'d>) {
        for (_, value, is_again) in self.entries(value) {
            if is_again {
                self.refuse(Strictness::Duplicate, value);
            }
            self.duplicates(value);
        }
        value.items().for_each(|item| self.duplicates(item));
    }

    /// The entries of a mapping as the server reads them: each with whether its key stood before. Of JSON it
    /// reads all of them, one over the other; YAML has lost all but the last by then, and its keys are sorted.
    fn entries(&self, mapping: Value<'d>) -> Vec<(&'d str, Value<'d>, bool)> {
        if !self.is_json {
            let mut entries: Vec<_> = mapping.entries().map(|(key, value)| (key, value, false)).collect();
            entries.sort_by_key(|(key, _, _)| *key);
            return entries;
        }
        let mut lost: HashSet<&str> = HashSet::new();
        let mut entries = Vec::new();
        for (key, value, is_lost) in mapping.written_entries() {
            entries.push((key, value, lost.contains(&key)));
            if is_lost {
                lost.insert(key);
            }
        }
        entries
    }

    /// The server finds out what an object is before it reads it, and there case doesn't matter: `Kind` must be
    /// a string too, and is the kind where it comes last.
    pub(super) fn type_meta(&mut self) {
        for name in ["apiVersion", "kind"] {
            let mut last = None;
            for (key, value, _) in self.entries(self.root) {
                if !key.eq_ignore_ascii_case(name) || value.is_null() {
                    continue;
                }
                if value.kind() != Kind::String {
                    self.mistyped(value, Wanted::Text);
                }
                last = Some((key, value));
            }
            let own = self.root.get(name).and_then(Value::as_str);
            if let Some((key, value)) = last
                && key != name
                && value.as_str() != own
            {
                self.mistyped(value, Wanted::Text);
            }
        }
    }

    /// The duplicates of YAML, which the server finds before it looks for anything else, and wherever they are.
    pub(super) fn yaml_duplicates(&mut self) {
        if self.is_json {
            return;
        }
        for duplicate in self.root.document().duplicates() {
            let mut above = duplicate.kept.parent();
            while let Some(value) = above.filter(|value| *value != self.root) {
                above = value.parent();
            }
            if above.is_some() {
                self.refuse(Strictness::Duplicate, duplicate.kept);
            }
        }
    }

    fn object(&mut self, object: Value<'d>, of: &'static Type) {
        for (key, value, is_again) in self.entries(object) {
            match of.find(key).filter(|(_, fact)| fact.life.is_in(self.release)) {
                Some((_, fact)) => {
                    if is_again {
                        self.refuse(Strictness::Duplicate, value);
                    }
                    self.value(value, fact.shape);
                }
                None => self.refuse(Strictness::Unknown, value),
            }
        }
    }

    pub(super) fn value(&mut self, value: Value<'d>, shape: Shape) {
        let kind = value.kind();
        let wanted = match (shape, kind) {
            // Whatever the type, null leaves its zero.
            (_, Kind::Null) | (Shape::Any | Shape::Raw, _) => return,
            (Shape::Object(of), Kind::Mapping) => {
                if let Some(of) = table::TYPES.get(usize::from(of)) {
                    self.object(value, of);
                }
                return;
            }
            (Shape::Map(of), Kind::Mapping) => {
                for (_, value, is_again) in self.entries(value) {
                    if is_again {
                        self.refuse(Strictness::Duplicate, value);
                    }
                    self.element(value, of);
                }
                return;
            }
            (Shape::List(of), Kind::Sequence) => {
                value.items().for_each(|item| self.element(item, of));
                return;
            }
            (Shape::SchemaOrBool, Kind::Mapping | Kind::Bool)
            | (Shape::SchemaOrList | Shape::SchemaOrStrings, _) => return self.schema(value, shape),
            (Shape::SchemaOrBool, _) => Wanted::Mapping,
            (Shape::Object(_) | Shape::Map(_), _) => Wanted::Mapping,
            (Shape::List(_), _) => Wanted::List,
            // Bytes are a list of numbers to Go, and it reads them as such.
            (Shape::Bytes, Kind::Sequence) => {
                let is_byte = |item: &Value<'_>| item.is_null() || self.integer(*item, 0, 255);
                match value.items().find(|item| !is_byte(item)) {
                    Some(item) => return self.mistyped(item, Wanted::Integer),
                    None => return,
                }
            }
            (scalar, _) => match self.scalar(value, scalar) {
                Ok(()) => return,
                Err(wanted) => wanted,
            },
        };
        self.mistyped(value, wanted);
    }

    fn element(&mut self, value: Value<'d>, of: u16) {
        if let Some(of) = table::ELEMENTS.get(usize::from(of)) {
            self.value(value, *of);
        }
    }

    /// The places of a JSON schema that read what is theirs on their own.
    fn schema(&mut self, value: Value<'d>, shape: Shape) {
        let is_lax = std::mem::replace(&mut self.is_lax, true);
        match (value.kind(), shape) {
            (Kind::Mapping, _) => self.value(value, Shape::Object(table::SCHEMA)),
            (Kind::Sequence, Shape::SchemaOrList) => {
                value.items().for_each(|item| self.value(item, Shape::Object(table::SCHEMA)));
            }
            (Kind::Sequence, Shape::SchemaOrStrings) => {
                value.items().for_each(|item| self.value(item, Shape::Str));
            }
            // Anything else is as nothing.
            _ => {}
        }
        self.is_lax = is_lax;
    }

    fn scalar(&self, value: Value<'d>, shape: Shape) -> Result<(), Wanted> {
        let text = value.as_str();
        let is_number = matches!(value.kind(), Kind::Integer | Kind::Float);
        let (is_good, wanted) = match shape {
            Shape::Str | Shape::Enum(_) => (text.is_some(), Wanted::Text),
            Shape::Bool => (value.kind() == Kind::Bool, Wanted::Boolean),
            Shape::Int32 => (self.integer(value, i32::MIN.into(), i32::MAX.into()), Wanted::Integer32),
            Shape::IntOrString => (
                text.is_some() || self.integer(value, i32::MIN.into(), i32::MAX.into()),
                Wanted::IntegerOrText,
            ),
            Shape::Int64 => (self.integer(value, i64::MIN, i64::MAX), Wanted::Integer),
            Shape::Number => (is_number && value.as_f64().is_some_and(f64::is_finite), Wanted::Number),
            Shape::Quantity => {
                let is_quantity = match (text, self.written(value)) {
                    // It looks at the JSON, escapes and all.
                    (Some(_), Some(written)) => malformed::is_quantity(written.trim_matches('"')),
                    (Some(text), None) => malformed::is_quantity(text),
                    (None, written) => is_number && written.is_none_or(malformed::is_quantity),
                };
                (is_quantity, Wanted::Quantity)
            }
            Shape::Time => (text.is_some_and(malformed::is_time), Wanted::Time),
            Shape::MicroTime => (text.is_some_and(malformed::is_micro_time), Wanted::MicroTime),
            Shape::Bytes => (text.is_some_and(malformed::is_base64), Wanted::Base64),
            // The others are no scalars.
            _ => (true, Wanted::Text),
        };
        if is_good { Ok(()) } else { Err(wanted) }
    }

    /// Whether Go reads an integer in these bounds. JSON must have it without point and exponent; a float of
    /// YAML is written anew, without them where it is whole.
    fn integer(&self, value: Value<'d>, least: i64, most: i64) -> bool {
        let is_plain = self.written(value).is_none_or(|text| !text.contains(['.', 'e', 'E']));
        is_plain && value.as_i64().is_some_and(|number| (least..=most).contains(&number))
    }

    /// The text of a scalar of JSON.
    fn written(&self, value: Value<'d>) -> Option<&'d str> {
        let span = value.span();
        let text = || value.document().file().text().get(span.start as usize..span.end as usize);
        if self.is_json { text() } else { None }
    }
}

/// The path of a field as the server writes it: keys are joined with dots, whatever is in them.
pub(super) fn path(value: Value<'_>, root: Value<'_>) -> String {
    let mut steps = Vec::new();
    let mut at = Some(value);
    while let Some(value) = at.filter(|value| *value != root) {
        steps.push(value);
        at = value.parent();
    }
    let mut path = String::new();
    for step in steps.into_iter().rev() {
        match (step.key(), step.index()) {
            (Some(key), _) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
            }
            (None, Some(index)) => {
                let _ = write!(path, "[{index}]");
            }
            (None, None) => {}
        }
    }
    path
}

//! How the table of types is written down.

use plimsoll_doc::{Key, Value};

use super::{Minor, table};

/// A type: its fields and what each takes.
#[derive(Debug)]
pub struct Type {
    name: &'static str,
    /// Sorted by length and then by name; at most 64.
    fields: &'static [Fact],
    /// The bits of the fields that are required.
    pub(super) required: u64,
}

/// A field of a type.
#[derive(Debug)]
pub(super) struct Fact {
    key: Key<'static>,
    pub shape: Shape,
    is_required: bool,
    pub life: Life,
}

/// The releases that have something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// 0 for what was there in the oldest release that is known, or as long as what it is part of.
    since: u8,
    /// 0 for what is there still, or as long as what it is part of.
    gone: u8,
}

impl Life {
    const WHOLE: Life = Life { since: 0, gone: 0 };

    /// The release that it came with; `None` for what is as old as what it is part of, or as the oldest
    /// release that is known.
    pub fn since(self) -> Option<Minor> {
        (self.since > 0).then_some(Minor::from(self.since))
    }

    /// The first release that doesn't have it any more.
    pub fn gone(self) -> Option<Minor> {
        (self.gone > 0).then_some(Minor::from(self.gone))
    }

    pub fn is_in(self, release: Minor) -> bool {
        self.since().is_none_or(|since| since <= release) && self.gone().is_none_or(|gone| release < gone)
    }

    /// Whether every release that is known has it.
    pub(super) fn is_whole(self) -> bool {
        self == Life::WHOLE
    }
}

/// A kind of a group and version, and the number of its type.
#[derive(Debug)]
pub(crate) struct Kind {
    pub kind: &'static str,
    pub group: &'static str,
    pub version: &'static str,
    pub of: u16,
    pub life: Life,
}

/// What a field takes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    Any,
    /// A mapping of whatever, that the server takes as it is.
    Raw,
    Str,
    /// A string of a set; the number of the set.
    Enum(u16),
    Bool,
    Int32,
    Int64,
    Number,
    Quantity,
    IntOrString,
    Time,
    /// A time with exactly six digits after the second.
    MicroTime,
    /// Base64.
    Bytes,
    /// The number of the type.
    Object(u16),
    /// The number of the shape of its items.
    List(u16),
    /// The number of the shape of its values.
    Map(u16),
    /// A JSON schema, or true or false.
    SchemaOrBool,
    /// A JSON schema, or a list of them.
    SchemaOrList,
    /// A JSON schema, or a list of names.
    SchemaOrStrings,
}

/// A kind: the release that it came with and the one that it was gone in, 0 for none.
pub(super) const fn k(
    kind: &'static str,
    group: &'static str,
    version: &'static str,
    of: u16,
    since: u8,
    gone: u8,
) -> Kind {
    Kind { kind, group, version, of, life: Life { since, gone } }
}

/// An optional field.
pub(super) const fn o(name: &'static str, shape: Shape) -> Fact {
    Fact { key: Key::new(name), shape, is_required: false, life: Life::WHOLE }
}

/// A required field.
pub(super) const fn r(name: &'static str, shape: Shape) -> Fact {
    Fact { key: Key::new(name), shape, is_required: true, life: Life::WHOLE }
}

/// A field that came with a release.
pub(super) const fn n(since: u8, mut fact: Fact) -> Fact {
    fact.life.since = since;
    fact
}

/// A field that was gone in a release.
pub(super) const fn g(gone: u8, mut fact: Fact) -> Fact {
    fact.life.gone = gone;
    fact
}

pub(super) const fn t(name: &'static str, fields: &'static [Fact]) -> Type {
    let mut required = 0;
    let mut at = 0;
    while at < fields.len() {
        if fields[at].is_required {
            required |= 1 << at;
        }
        at += 1;
    }
    Type { name, fields, required }
}

impl Fact {
    pub fn name(&self) -> &'static str {
        self.key.text()
    }
}

impl Type {
    /// `Container`, `PodSpec`
    pub fn name(&self) -> &'static str {
        self.name
    }

    pub fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().map(Fact::name)
    }

    /// The fields that a release has.
    pub fn fields_in(&self, release: Minor) -> impl Iterator<Item = &'static str> {
        self.fields.iter().filter(move |fact| fact.life.is_in(release)).map(Fact::name)
    }

    pub fn has(&self, field: &str) -> bool {
        self.find(field).is_some()
    }

    /// The releases that have a field; `None` where none of them has it.
    pub fn life(&self, field: &str) -> Option<Life> {
        Some(self.find(field)?.1.life)
    }

    /// The type of the objects in a field: of itself, of its items or of its values.
    pub fn child(&self, field: &str) -> Option<&'static Type> {
        self.find(field)?.1.shape.objects()
    }

    /// The fields that are required.
    pub fn required(&self) -> impl Iterator<Item = &'static str> {
        self.named(self.required)
    }

    pub(super) fn find(&self, name: &str) -> Option<(usize, &'static Fact)> {
        let at = self
            .fields
            .binary_search_by(|fact| {
                fact.name().len().cmp(&name.len()).then_with(|| fact.name().as_bytes().cmp(name.as_bytes()))
            })
            .ok()?;
        Some((at, self.fields.get(at)?))
    }

    /// The field that a value stands under. Quicker than [`Type::find`]: the key is hashed already.
    pub(super) fn field_of(&self, value: Value<'_>) -> Option<(usize, &'static Fact)> {
        self.fields.iter().enumerate().find(|(_, fact)| value.is_under(fact.key))
    }

    /// The fields whose bits are set.
    pub(super) fn named(&self, bits: u64) -> impl Iterator<Item = &'static str> {
        self.fields().enumerate().filter(move |(at, _)| bits >> at & 1 == 1).map(|(_, name)| name)
    }
}

impl Shape {
    fn objects(self) -> Option<&'static Type> {
        match self {
            Shape::Object(of) => table::TYPES.get(usize::from(of)),
            Shape::List(of) | Shape::Map(of) => table::ELEMENTS.get(usize::from(of))?.objects(),
            _ => None,
        }
    }
}

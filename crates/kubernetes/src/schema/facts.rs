//! How the table of types is written down.

use super::table;

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
    pub name: &'static str,
    pub shape: Shape,
    is_required: bool,
}

/// A kind that is served, and the number of its type.
#[derive(Debug)]
pub(super) struct Kind {
    pub kind: &'static str,
    pub group: &'static str,
    pub version: &'static str,
    pub of: u16,
}

/// What a field takes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    Any,
    /// A mapping of whatever.
    Mapping,
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
    /// Base64.
    Bytes,
    /// The number of the type.
    Object(u16),
    /// The number of the shape of its items.
    List(u16),
    /// The number of the shape of its values.
    Map(u16),
}

pub(super) const fn k(kind: &'static str, group: &'static str, version: &'static str, of: u16) -> Kind {
    Kind { kind, group, version, of }
}

/// An optional field.
pub(super) const fn o(name: &'static str, shape: Shape) -> Fact {
    Fact { name, shape, is_required: false }
}

/// A required field.
pub(super) const fn r(name: &'static str, shape: Shape) -> Fact {
    Fact { name, shape, is_required: true }
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

impl Type {
    /// `Container`, `PodSpec`
    pub fn name(&self) -> &'static str {
        self.name
    }

    pub fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().map(|fact| fact.name)
    }

    pub fn has(&self, field: &str) -> bool {
        self.find(field).is_some()
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
                fact.name.len().cmp(&name.len()).then_with(|| fact.name.as_bytes().cmp(name.as_bytes()))
            })
            .ok()?;
        Some((at, self.fields.get(at)?))
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

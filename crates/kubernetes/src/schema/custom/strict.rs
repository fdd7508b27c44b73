//! What the API server says of a custom resource that it is asked to validate strictly.
//!
//! It reads it into maps, where a key that stands twice is a duplicate. The metadata must be readable as that of
//! every object. What its schema doesn't have is then unknown, in the order of the alphabet; and at last the
//! metadata of objects within it. The types of the other values are looked at later: what isn't of the schema's
//! type is an invalid value, not a field that strict validation refuses.

use plimsoll_doc::{Kind, Value};

use super::{Definition, Rest, Schema};
use crate::Object;
use crate::lifecycle::Minor;
use crate::schema::facts::Shape;
use crate::schema::strict::{Reader, Strictness, Verdict, path};
use crate::schema::{Wanted, table};

/// How the API server of a release takes an object of a custom resource that has this definition.
pub fn strict_custom<'d>(object: &Object<'d>, definition: &Definition<'d>, release: Minor) -> Verdict<'d> {
    let root = object.root();
    let mut reader = Reader::new(root, release);
    reader.type_meta();
    reader.yaml_duplicates();
    reader.duplicates(root);
    // The server has lost the first of two by now.
    reader.is_json = false;
    if let Some(metadata) = root.get("metadata") {
        reader.value(metadata, Shape::Object(table::OBJECT_META));
    }
    if !definition.keeps_unknown {
        let mut prune = Prune { unknown: Vec::new() };
        prune.mapping(root, Some(definition.schema), true);
        let mut unknown: Vec<_> = prune.unknown.into_iter().map(|value| (path(value, root), value)).collect();
        unknown.sort_by(|a, b| a.0.cmp(&b.0));
        unknown.into_iter().for_each(|(path, value)| reader.add(Strictness::Unknown, path, value));
    }
    let mut objects = Vec::new();
    // Its own metadata was read.
    embedded(root, definition.schema, &mut objects);
    for (object, schema) in objects.into_iter().filter(|(object, _)| *object != root) {
        for name in ["apiVersion", "kind"] {
            // A null that may not be one was taken out by then.
            let is_taken_out = || schema.property(name).is_some_and(|property| !property.is("nullable"));
            match object.get(name) {
                Some(value) if value.is_null() && is_taken_out() => {}
                Some(value) if value.kind() != Kind::String => reader.mistyped(value, Wanted::Text),
                _ => {}
            }
        }
        if let Some(metadata) = object.get("metadata") {
            reader.value(metadata, Shape::Object(table::OBJECT_META));
        }
    }
    reader.verdict()
}

/// Takes out what the schema doesn't have, as the server does, and remembers it.
struct Prune<'d> {
    unknown: Vec<Value<'d>>,
}

impl<'d> Prune<'d> {
    fn value(&mut self, value: Value<'d>, schema: Option<Schema<'d>>) {
        match value.kind() {
            Kind::Mapping => self.mapping(value, schema, schema.is_some_and(Schema::is_embedded)),
            Kind::Sequence => {
                let keeps_unknown = schema.is_some_and(Schema::keeps_unknown);
                let items = schema.and_then(Schema::items);
                for item in value.items() {
                    match items {
                        // What is kept without a schema is kept as it is.
                        None if keeps_unknown => {}
                        // The items of a list that is kept are kept too, but for what they have a schema for.
                        Some(items) if keeps_unknown => self.kept(item, items),
                        items => self.value(item, items),
                    }
                }
            }
            _ => {}
        }
    }

    fn mapping(&mut self, mapping: Value<'d>, schema: Option<Schema<'d>>, is_object: bool) {
        let Some(schema) = schema else {
            return self.unknown.extend(mapping.entries().map(|(_, value)| value));
        };
        let keeps_unknown = schema.keeps_unknown();
        let properties = schema.properties(mapping.len());
        for (key, value) in mapping.entries() {
            if is_object && matches!(key, "apiVersion" | "kind" | "metadata") {
                continue;
            }
            match (properties.get(key), schema.rest()) {
                (Some(property), _) => self.value(value, Some(property)),
                (None, Rest::Of(rest)) => self.value(value, Some(rest)),
                (None, Rest::Free) => self.value(value, None),
                (None, Rest::None) if keeps_unknown => {}
                (None, Rest::None) => self.unknown.push(value),
            }
        }
    }

    /// An item of a list that keeps unknown fields.
    fn kept(&mut self, item: Value<'d>, schema: Schema<'d>) {
        match item.kind() {
            Kind::Mapping => {
                let properties = schema.properties(item.len());
                for (key, value) in item.entries() {
                    if schema.is_embedded() && matches!(key, "apiVersion" | "kind" | "metadata") {
                        continue;
                    }
                    match (properties.get(key), schema.rest()) {
                        (Some(property), _) => self.value(value, Some(property)),
                        (None, Rest::Of(rest)) => self.value(value, Some(rest)),
                        (None, Rest::Free) => self.value(value, None),
                        (None, Rest::None) => {}
                    }
                }
            }
            Kind::Sequence => {
                if let Some(items) = schema.items() {
                    item.items().for_each(|item| self.kept(item, items));
                }
            }
            _ => {}
        }
    }
}

/// The objects within an object, outside in.
fn embedded<'d>(value: Value<'d>, schema: Schema<'d>, found: &mut Vec<(Value<'d>, Schema<'d>)>) {
    if value.kind() == Kind::Mapping && schema.is_embedded() {
        found.push((value, schema));
    }
    let properties = schema.properties(value.len());
    for (key, value) in value.entries() {
        match (properties.get(key), schema.rest()) {
            (Some(property), _) => embedded(value, property, found),
            (None, Rest::Of(rest)) => embedded(value, rest, found),
            _ => {}
        }
    }
    if let Some(items) = schema.items() {
        value.items().for_each(|item| embedded(item, items, found));
    }
}

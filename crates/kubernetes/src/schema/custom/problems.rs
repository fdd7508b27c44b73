//! What a custom resource says that its definition doesn't let it.

use std::collections::HashSet;

use plimsoll_doc::{Kind, Value};

use super::{Definition, FEW, Rest, Schema};
use crate::schema::check::{is_replaced, is_whole};
use crate::schema::{Type, Wanted, table};
use crate::{Field, Object};

/// A field that isn't as the definition has it.
#[derive(Clone, Copy)]
pub struct CustomProblem<'d> {
    /// The field; for one that is missing, the absent field below the object that lacks it.
    pub field: Field<'d>,
    pub trouble: CustomTrouble<'d>,
}

/// What is wrong with a field of a custom resource.
#[derive(Clone, Copy, Debug)]
pub enum CustomTrouble<'d> {
    /// It is of another type.
    WrongType(Wanted),
    /// It is none of the values that the schema lists.
    NotOneOf(Schema<'d>),
    /// The schema of the object that it is in doesn't have it; `None` where nothing has a place there.
    Unknown(Option<Schema<'d>>),
    /// The metadata of objects has no such field.
    UnknownMetadata(&'static Type),
    /// It is required, and absent.
    Missing(Schema<'d>),
}

impl<'d> Definition<'d> {
    /// Everything in an object of this version that the API server would drop or refuse for its schema, in the
    /// order of the text as far as the text has it. As with the kinds of Kubernetes, `null` is as absent, a
    /// status must be readable and no more, and text that another tool replaces may become anything.
    pub fn problems(&self, object: &Object<'d>) -> Vec<CustomProblem<'d>> {
        let mut walk = Walk { problems: Vec::new(), keeps_unknown: self.keeps_unknown, is_status: false };
        walk.mapping(object.root(), self.schema, true);
        walk.problems
    }
}

struct Walk<'d> {
    problems: Vec<CustomProblem<'d>>,
    keeps_unknown: bool,
    /// Whether this is below the status.
    is_status: bool,
}

impl<'d> Walk<'d> {
    fn report(&mut self, value: Value<'d>, trouble: CustomTrouble<'d>) {
        self.problems.push(CustomProblem { field: Field::new(value), trouble });
    }

    fn value(&mut self, value: Value<'d>, schema: Schema<'d>) {
        let kind = value.kind();
        if kind == Kind::Null || value.as_str().is_some_and(is_replaced) {
            return;
        }
        let is_number = matches!(kind, Kind::Integer | Kind::Float);
        let wanted = match schema.type_name() {
            _ if schema.is("x-kubernetes-int-or-string") => {
                let is_either = kind == Kind::String || (is_number && is_whole(value));
                (!is_either).then_some(Wanted::IntegerOrText)
            }
            "object" => (kind != Kind::Mapping).then_some(Wanted::Mapping),
            "array" => (kind != Kind::Sequence).then_some(Wanted::List),
            "string" => (kind != Kind::String).then_some(Wanted::Text),
            "boolean" => (kind != Kind::Bool).then_some(Wanted::Boolean),
            "integer" => (!is_number || !is_whole(value)).then_some(Wanted::Integer),
            "number" => (!is_number).then_some(Wanted::Number),
            // Only what keeps unknown fields may have no type.
            _ => None,
        };
        if let Some(wanted) = wanted {
            return self.report(value, CustomTrouble::WrongType(wanted));
        }
        match kind {
            Kind::Mapping => self.mapping(value, schema, schema.is_embedded()),
            Kind::Sequence => match schema.items() {
                Some(items) => value.items().for_each(|item| self.value(item, items)),
                None if self.keeps(Some(schema)) => {}
                None => value.items().for_each(|item| self.nothing(item)),
            },
            Kind::String if !self.is_status => {
                let text = value.as_str();
                let mut words = schema.words().peekable();
                if words.peek().is_some() && words.all(|word| Some(word) != text) {
                    self.report(value, CustomTrouble::NotOneOf(schema));
                }
            }
            _ => {}
        }
    }

    /// An object: of the definition's kind, or one within it that is an object of its own.
    fn mapping(&mut self, mapping: Value<'d>, schema: Schema<'d>, is_object: bool) {
        let is_root = mapping.parent().is_none();
        let properties = schema.properties(mapping.len());
        for (key, value) in mapping.entries() {
            if is_object && matches!(key, "apiVersion" | "kind") {
                continue;
            }
            if is_object && key == "metadata" {
                self.metadata(value);
            } else if let Some(property) = properties.get(key) {
                let is_status = self.is_status;
                self.is_status |= is_object && key == "status";
                self.value(value, property);
                self.is_status = is_status;
            } else {
                match schema.rest() {
                    Rest::Of(rest) => self.value(value, rest),
                    _ if self.keeps(Some(schema)) => {}
                    Rest::Free => self.nothing(value),
                    // As with the kinds of Kubernetes: a patch's directives, and what SOPS leaves.
                    Rest::None if key.starts_with('$') || (is_root && key == "sops") => {}
                    Rest::None => self.report(value, CustomTrouble::Unknown(Some(schema))),
                }
            }
        }
        if self.is_status {
            return;
        }
        // `null` is a value where the schema says so.
        let is_there = |key: &str, value: Value<'d>| {
            !value.is_null() || properties.get(key).is_some_and(|property| property.is("nullable"))
        };
        let required: Vec<&str> = schema.required().collect();
        // Where much is required, it isn't looked for one by one.
        let there: Option<HashSet<&str>> = (required.len() > FEW).then(|| {
            mapping.entries().filter(|(key, value)| is_there(key, *value)).map(|(key, _)| key).collect()
        });
        for name in required {
            let has = match &there {
                Some(there) => there.contains(name),
                None => mapping.get(name).is_some_and(|value| is_there(name, value)),
            };
            // What makes it an object is asked for elsewhere.
            let is_of_every = is_object && matches!(name, "apiVersion" | "kind" | "metadata");
            if !has && !is_of_every {
                let field = Field::new(mapping).key(name);
                self.problems.push(CustomProblem { field, trouble: CustomTrouble::Missing(schema) });
            }
        }
    }

    /// A value that there is no schema for: it may be a scalar, and no field has a place in it.
    fn nothing(&mut self, value: Value<'d>) {
        if self.keeps_unknown {
            return;
        }
        for (_, value) in value.entries() {
            self.report(value, CustomTrouble::Unknown(None));
        }
        value.items().for_each(|item| self.nothing(item));
    }

    /// The fields of metadata. The types of labels and annotations are looked at for every object.
    fn metadata(&mut self, metadata: Value<'d>) {
        let Some(of) = table::TYPES.get(usize::from(table::OBJECT_META)) else { return };
        for (key, value) in metadata.entries() {
            if !of.has(key) && !key.starts_with('$') {
                self.report(value, CustomTrouble::UnknownMetadata(of));
            }
        }
    }

    fn keeps(&self, schema: Option<Schema<'d>>) -> bool {
        self.keeps_unknown || schema.is_some_and(Schema::keeps_unknown)
    }
}

//! Custom resources: what their definitions say of them, where those were read too.
//!
//! A CustomResourceDefinition has a schema for each version: in `apiextensions.k8s.io/v1` always a structural
//! one, in `v1beta1` for all versions at once if need be, and there fields that it doesn't have are kept unless
//! `preserveUnknownFields` is false. What `allOf`, `anyOf`, `oneOf` and `not` hold are conditions on values: no
//! field comes from them.
//!
//! Source: k8s.io/apiextensions-apiserver, pkg/apiserver/schema.

mod problems;
mod strict;

use plimsoll_doc::{Kind, Value};

pub use problems::{CustomProblem, CustomTrouble};
pub use strict::strict_custom;

use crate::Object;
use crate::index::HashMap;

/// A version of a custom resource as its definition has it.
#[derive(Clone, Copy, Debug)]
pub struct Definition<'d> {
    /// What every object of the version is held against.
    pub schema: Schema<'d>,
    /// Whether fields that the schema doesn't have are kept, anywhere.
    keeps_unknown: bool,
}

/// A structural schema, as it stands in a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema<'d>(Value<'d>);

/// The properties of a schema. Whoever asks for many of them gets an index, so that a large object and a large
/// schema don't cost their product.
struct Properties<'d> {
    properties: Option<Value<'d>>,
    by_name: Option<HashMap<&'d str, Value<'d>>>,
}

/// So many are looked for one by one.
const FEW: usize = 32;

impl<'d> Properties<'d> {
    fn get(&self, name: &str) -> Option<Schema<'d>> {
        match &self.by_name {
            Some(by_name) => by_name.get(name).copied(),
            None => self.properties?.get(name),
        }
        .map(Schema)
    }
}

/// What stands below the keys of a mapping that have no schema of their own.
#[derive(Clone, Copy)]
enum Rest<'d> {
    /// There are no such keys.
    None,
    /// There are, and nothing is known of what they hold.
    Free,
    Of(Schema<'d>),
}

/// The group and the kind that an object defines, where it is a CustomResourceDefinition.
pub(crate) fn defined<'d>(object: &Object<'d>) -> Option<(&'d str, &'d str)> {
    object.is("apiextensions.k8s.io", "CustomResourceDefinition").then(|| {
        let spec = object.get("spec");
        (spec.get("group").text(), spec.get("names.kind").text())
    })
}

impl<'d> Definition<'d> {
    /// What a CustomResourceDefinition says of a version. `None` where it doesn't serve the version, or has no
    /// schema for it.
    pub fn of(definition: &Object<'d>, version: &str) -> Option<Self> {
        let spec = definition.get("spec");
        let listed = spec.get("versions").items().find(|listed| listed.get("name").is(version));
        let is_beta = definition.version() == "v1beta1";
        let schema = match listed {
            Some(listed) if listed.get("served").is_false() => return None,
            Some(listed) => listed.get("schema.openAPIV3Schema").value(),
            None if is_beta && spec.get("version").is(version) => None,
            None => return None,
        };
        let schema = schema.or_else(|| {
            let of_all = spec.get("validation.openAPIV3Schema").value();
            of_all.filter(|_| is_beta)
        });
        let keeps_unknown = spec.get("preserveUnknownFields");
        Some(Definition {
            schema: Schema(schema.filter(|schema| schema.kind() == Kind::Mapping)?),
            keeps_unknown: keeps_unknown.is_true() || (is_beta && !keeps_unknown.is_false()),
        })
    }
}

/// The versions that a CustomResourceDefinition serves.
pub(crate) fn served_versions<'d>(definition: &Object<'d>) -> impl Iterator<Item = &'d str> + use<'d> {
    let spec = definition.get("spec");
    let listed = spec.get("versions").items().filter(|listed| !listed.get("served").is_false());
    // What v1beta1 calls the one version, where it lists none.
    let only = spec.get("version").as_str().filter(|_| spec.get("versions").is_empty());
    listed.filter_map(|listed| listed.get("name").as_str()).chain(only)
}

impl<'d> Schema<'d> {
    /// The fields that it names.
    pub fn fields(self) -> impl Iterator<Item = &'d str> {
        self.0.get("properties").into_iter().flat_map(Value::entries).map(|(name, _)| name)
    }

    /// The values that it takes, where they are texts; nothing where any will do.
    pub fn words(self) -> impl Iterator<Item = &'d str> {
        self.0.get("enum").into_iter().flat_map(Value::items).filter_map(Value::as_str)
    }

    /// The fields that it requires, and doesn't give a default.
    pub fn required(self) -> impl Iterator<Item = &'d str> {
        let required = self.0.get("required");
        let properties = self.properties(required.map_or(0, Value::len));
        required.into_iter().flat_map(Value::items).filter_map(Value::as_str).filter(move |name| {
            properties.get(name).is_none_or(|property| property.0.get("default").is_none())
        })
    }

    /// Its properties, to be asked for so many of them.
    fn properties(self, asked: usize) -> Properties<'d> {
        let properties = self.0.get("properties");
        let by_name =
            (asked > FEW).then(|| properties.into_iter().flat_map(Value::entries).collect::<HashMap<_, _>>());
        Properties { properties, by_name }
    }

    /// `object`, `array`, `string`, `integer`, `number` or `boolean`; empty where any will do.
    fn type_name(self) -> &'d str {
        self.0.get("type").and_then(Value::as_str).unwrap_or_default()
    }

    fn property(self, name: &str) -> Option<Schema<'d>> {
        self.properties(1).get(name)
    }

    fn items(self) -> Option<Schema<'d>> {
        self.0.get("items").filter(|items| items.kind() == Kind::Mapping).map(Schema)
    }

    fn rest(self) -> Rest<'d> {
        match self.0.get("additionalProperties") {
            Some(schema) if schema.kind() == Kind::Mapping => Rest::Of(Schema(schema)),
            Some(free) if free.kind() == Kind::Bool => Rest::Free,
            _ => Rest::None,
        }
    }

    fn is(self, extension: &str) -> bool {
        self.0.get(extension).and_then(Value::as_bool) == Some(true)
    }

    fn keeps_unknown(self) -> bool {
        self.is("x-kubernetes-preserve-unknown-fields")
    }

    fn is_embedded(self) -> bool {
        self.is("x-kubernetes-embedded-resource")
    }
}

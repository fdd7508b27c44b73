//! The text of the table: kinds, types and their fields, each with its life where that isn't the whole.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use serde_json::Value as Json;

use super::history::{History, Life};
use super::known::{ALSO_ENUMERATED, ALSO_REQUIRED, NOT_REQUIRED};
use super::release::{Enums, go_name};

/// Types that the code asks for by name.
const NAMED: &[(&str, &str)] = &[
    ("OBJECT_META", "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"),
    ("POD_SPEC", "io.k8s.api.core.v1.PodSpec"),
    ("POD_TEMPLATE_SPEC", "io.k8s.api.core.v1.PodTemplateSpec"),
    ("SCHEMA", "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"),
];

pub fn text(history: &History, mut enums: Enums) -> Result<String, String> {
    for (name, field, values) in ALSO_ENUMERATED {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        enums.insert((go_name(name), (*field).to_owned()), values);
    }
    let mut table = Table {
        history,
        enums,
        numbers: HashMap::new(),
        types: Vec::new(),
        same: HashMap::new(),
        elements: Vec::new(),
        lists: Vec::new(),
    };
    let mut rows = Vec::new();
    for ((kind, group, version), (name, life)) in &history.kinds {
        let (since, gone) = table.bounds(*life, history.oldest);
        rows.push(format!("k({kind:?},{group:?},{version:?},{},{since},{gone}),", table.number(name)?));
    }
    let mut named = Vec::new();
    for (constant, name) in NAMED {
        named.push(format!("pub(super) const {constant}: u16 = {};", table.number(name)?));
    }

    let mut text = String::new();
    let _ = write!(
        text,
        "//! The types of the Kubernetes API by release. Written by `cargo xtask schema`, not by hand, from the\n\
         //! OpenAPI documents of Kubernetes {}.\n\n\
         use super::facts::Shape::{{self, *}};\n\
         use super::facts::{{Kind, Type, g, k, n, o, r, t}};\n\n\
         pub(super) const OLDEST: u16 = {};\n\
         pub(super) const NEWEST: u16 = {};\n\
         {}\n\n\
         /// Sorted by kind, group and version.\n\
         pub(super) static KINDS: &[Kind] = &[\n{}\n];\n\n\
         pub(super) static TYPES: &[Type] = &[\n{}\n];\n\n\
         /// What lists and maps hold.\n\
         pub(super) static ELEMENTS: &[Shape] = &[{}];\n\n\
         pub(super) static ENUMS: &[&[&str]] = &[\n",
        history.versions.join(", "),
        history.oldest,
        history.newest,
        named.join("\n"),
        rows.join("\n"),
        table.types.join("\n"),
        table.elements.join(","),
    );
    for values in &table.lists {
        let _ = writeln!(text, "&{values:?},");
    }
    text.push_str("];\n");
    Ok(text)
}

/// The table as it grows: definitions that are reached get a number.
struct Table<'h> {
    history: &'h History,
    enums: Enums,
    numbers: HashMap<String, usize>,
    types: Vec<String>,
    /// Types that read the same are one.
    same: HashMap<String, usize>,
    elements: Vec<String>,
    lists: Vec<Vec<String>>,
}

impl Table<'_> {
    /// The release that something came with, where that is after `from`, and the one that it was gone in; 0
    /// for what always was and for what is there still.
    fn bounds(&self, life: Life, from: u16) -> (u16, u16) {
        let since = if life.first > from { life.first } else { 0 };
        let gone = if life.last < self.history.newest { life.last + 1 } else { 0 };
        (since, gone)
    }

    /// The number of a definition's type, which is written when it is first asked for.
    fn number(&mut self, name: &str) -> Result<usize, String> {
        if let Some(number) = self.numbers.get(name) {
            return Ok(*number);
        }
        let history = self.history;
        let definition =
            history.definitions.get(name).ok_or_else(|| format!("{name} is not in the documents"))?;
        // Reserved before its fields are read: types refer to themselves.
        let number = self.types.len();
        self.types.push(String::new());
        self.numbers.insert(name.to_owned(), number);
        let mut fields = BTreeMap::new();
        for (field, property) in &definition.properties {
            let shape = self.shape(name, field, &property.json)?;
            let is = |list: &[(&str, &str)]| list.contains(&(name, field.as_str()));
            let is_required = (property.is_required || is(ALSO_REQUIRED)) && !is(NOT_REQUIRED);
            let mut text = format!("{}({field:?},{shape})", if is_required { "r" } else { "o" });
            // The life of the type is that of the fields that lead to it.
            let (since, gone) = match self.bounds(property.life, definition.life.first) {
                (since, _) if property.life.last == definition.life.last => (since, 0),
                bounds => bounds,
            };
            if gone > 0 {
                text = format!("g({gone},{text})");
            }
            if since > 0 {
                text = format!("n({since},{text})");
            }
            // By length first: most comparisons of a search are then of numbers.
            fields.insert((field.len(), field.clone()), text);
        }
        if fields.len() > 64 {
            return Err(format!("{name} has more than 64 fields"));
        }
        let short = name.rsplit('.').next().unwrap_or(name);
        let fields: Vec<_> = fields.into_values().collect();
        let text = format!("t({short:?},&[{}]),", fields.join(","));
        // Versions of a type that are the same to the last field share a number, where nothing refers to
        // the reserved one yet: only the last one written can be given back.
        if let Some(same) = self.same.get(&text)
            && number + 1 == self.types.len()
        {
            let same = *same;
            self.types.pop();
            self.numbers.insert(name.to_owned(), same);
            return Ok(same);
        }
        self.same.insert(text.clone(), number);
        self.types[number] = text;
        Ok(number)
    }

    fn shape(&mut self, of: &str, field: &str, property: &Json) -> Result<String, String> {
        if let Some(reference) = property["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap_or(reference);
            let short = name.rsplit('.').next().unwrap_or(name);
            return Ok(match short {
                // Types that read JSON in ways of their own.
                "Quantity" | "IntOrString" | "Time" | "MicroTime" => short.to_owned(),
                "RawExtension" | "FieldsV1" => "Raw".to_owned(),
                "JSON" => "Any".to_owned(),
                "JSONSchemaPropsOrBool" => "SchemaOrBool".to_owned(),
                "JSONSchemaPropsOrArray" => "SchemaOrList".to_owned(),
                "JSONSchemaPropsOrStringArray" => "SchemaOrStrings".to_owned(),
                _ => format!("Object({})", self.number(name)?),
            });
        }
        Ok(match (property["type"].as_str(), property["format"].as_str()) {
            (Some("string"), Some("byte")) => "Bytes".to_owned(),
            (Some("string"), _) => {
                let in_document = || {
                    let values = property["enum"].as_array()?.iter().filter_map(Json::as_str);
                    Some(values.filter(|value| !value.is_empty()).map(str::to_owned).collect())
                };
                let values = self.enums.get(&(go_name(of), field.to_owned())).cloned().or_else(in_document);
                match values {
                    Some(values) => format!("Enum({})", position(&mut self.lists, values)),
                    None => "Str".to_owned(),
                }
            }
            (Some("boolean"), _) => "Bool".to_owned(),
            (Some("integer"), Some("int32")) => "Int32".to_owned(),
            (Some("integer"), _) => "Int64".to_owned(),
            (Some("number"), _) => "Number".to_owned(),
            (Some("array"), _) => {
                let element = self.shape(of, field, &property["items"])?;
                format!("List({})", position(&mut self.elements, element))
            }
            (Some("object"), _) if property["additionalProperties"].is_object() => {
                let element = self.shape(of, field, &property["additionalProperties"])?;
                format!("Map({})", position(&mut self.elements, element))
            }
            (type_, format) => return Err(format!("{of}.{field}: what is {type_:?} {format:?}?")),
        })
    }
}

fn position<T: PartialEq>(list: &mut Vec<T>, value: T) -> usize {
    list.iter().position(|known| *known == value).unwrap_or_else(|| {
        list.push(value);
        list.len() - 1
    })
}

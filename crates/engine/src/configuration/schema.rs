//! The JSON Schema of a configuration, for editors.

use serde_json::{Map, Value as Json, json};

use super::setting::{PARAMETERS, SETTINGS, Setting, Shape};
use crate::{Profile, Severity};

/// The JSON Schema (draft 7, which editors know best) of `plimsoll.yaml`.
pub fn schema() -> Json {
    schema_of(
        "Plimsoll configuration",
        "What plimsoll.yaml says: which controls run, where, and what is waived.",
        SETTINGS,
    )
}

/// The JSON Schema of a file whose keys are those of `settings`.
pub fn schema_of(title: &str, description: &str, settings: &[Setting]) -> Json {
    let mut schema = object(settings);
    let head = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        "description": description,
    });
    if let (Some(schema), Json::Object(head)) = (schema.as_object_mut(), head) {
        schema.extend(head);
        schema.insert("definitions".to_owned(), definitions());
    }
    schema
}

fn object(settings: &[Setting]) -> Json {
    let property = |setting: &Setting| {
        let mut property = Map::new();
        property.insert("description".to_owned(), setting.description.into());
        if let Json::Object(shape) = shape(setting.shape) {
            property.extend(shape);
        }
        (setting.key.to_owned(), Json::Object(property))
    };
    let required: Vec<_> = settings.iter().filter(|s| s.is_required).map(|s| s.key).collect();
    let mut object = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": settings.iter().map(property).collect::<Map<_, _>>(),
    });
    if let Some(object) = object.as_object_mut().filter(|_| !required.is_empty()) {
        object.insert("required".to_owned(), required.into());
    }
    object
}

fn shape(shape: Shape) -> Json {
    // A reference stands in `allOf`: draft 7 ignores what stands beside one.
    let reference = |name: &str| json!({"allOf": [{"$ref": format!("#/definitions/{name}")}]});
    match shape {
        Shape::Version => json!({"const": 1}),
        Shape::Switch(default) => json!({"type": "boolean", "default": default}),
        Shape::Text => json!({"type": "string", "minLength": 1}),
        Shape::Date => json!({"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}),
        Shape::Severity => reference("severity"),
        Shape::Profile => {
            let profiles: Vec<_> = Profile::ALL.into_iter().map(Profile::name).chain(["all"]).collect();
            json!({"default": "recommended", "anyOf": [{"enum": profiles}, {"type": "string"}]})
        }
        Shape::Controls => reference("controls"),
        Shape::Globs(_) => reference("patterns"),
        Shape::Severities => {
            json!({"type": "object", "additionalProperties": {"$ref": "#/definitions/severity"}})
        }
        Shape::Parameters => parameters(),
        Shape::List(settings) => json!({"type": "array", "items": object(settings)}),
        Shape::Mapping(settings) => object(settings),
        Shape::Word(words) => json!({"enum": words}),
        Shape::Words(words) => {
            json!({"anyOf": [{"enum": words}, {"type": "array", "items": {"enum": words}}]})
        }
        Shape::Texts => json!({
            "anyOf": [
                {"type": "string", "minLength": 1},
                {"type": "array", "items": {"type": "string", "minLength": 1}},
            ],
        }),
        Shape::TextByName => {
            json!({"type": "object", "additionalProperties": {"type": "string", "minLength": 1}})
        }
        Shape::Opaque => json!({"type": "object"}),
    }
}

fn parameters() -> Json {
    let property = |parameter: &super::setting::Parameter| {
        let mut property = match &parameter.default {
            Json::Bool(_) => json!({"type": "boolean"}),
            Json::Number(_) => json!({"type": "integer", "minimum": 0}),
            Json::Array(_) => json!({"type": "array", "items": {"type": "string", "minLength": 1}}),
            _ => json!({"type": "string", "minLength": 1}),
        };
        if let Some(property) = property.as_object_mut() {
            property.insert("description".to_owned(), parameter.description.clone().into());
            property.insert("default".to_owned(), parameter.default.clone());
        }
        (parameter.key.clone(), property)
    };
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": PARAMETERS.iter().map(property).collect::<Map<_, _>>(),
    })
}

fn definitions() -> Json {
    let severities: Vec<_> = Severity::ALL.into_iter().map(Severity::name).collect();
    let one_or_many = |description: &str| {
        json!({
            "description": description,
            "anyOf": [
                {"type": "string", "minLength": 1},
                {"type": "array", "items": {"type": "string", "minLength": 1}},
            ],
        })
    };
    json!({
        "severity": {"enum": severities},
        "controls": one_or_many(
            "Controls: ids (pod/privileged), areas (pod/*), or other tools' names (checkov:CKV_K8S_16, C-0057)."
        ),
        "patterns": one_or_many("Patterns: * any characters, ? one, [ab] one of them, {one,other}."),
    })
}

//! From a document to a configuration.

use std::sync::Arc;

use plimsoll_doc::{Document, Kind, Limits, Position, SourceFile, Value, parse};
use serde_json::{Map, Value as Json};

use super::check::check;
use super::setting::{PARAMETERS, SETTINGS};
use super::{Configuration, ConfigurationError, GlobKind, Globs, Scope, Severities};
use crate::waiver::{Named, Terms, Waiver};
use crate::{Control, Names, Parameters, Severity};

impl Configuration {
    /// Reads the text of a configuration. One without content says nothing. The errors are everything
    /// that is wrong, in the order of the text.
    pub fn parse(
        file: &Arc<SourceFile>,
        names: &dyn Names,
    ) -> Result<Configuration, Vec<ConfigurationError>> {
        match document(file)? {
            None => Ok(Configuration::default()),
            Some(document) => Configuration::read(&document, names),
        }
    }

    /// Reads a document. The errors are everything that is wrong, in the order of the text.
    pub fn read(document: &Document, names: &dyn Names) -> Result<Configuration, Vec<ConfigurationError>> {
        let errors = check(document, names, SETTINGS);
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Reader { document, names }.configuration())
    }
}

/// The one document of a configuration; `None` where the file has no content.
pub fn document(file: &Arc<SourceFile>) -> Result<Option<Document>, Vec<ConfigurationError>> {
    let error = |position: Position, message: &str| ConfigurationError {
        file: file.name().to_owned(),
        position,
        message: message.to_owned(),
    };
    let mut documents = Vec::new();
    let mut errors = Vec::new();
    for entry in parse(file, &Limits::default()) {
        match entry {
            Ok(document) => documents.push(document),
            Err(broken) if is_directive(file, broken.position) => {
                errors.push(error(broken.position, "a configuration has no directives: remove this line"));
            }
            Err(broken) => errors.push(error(broken.position, &broken.message)),
        }
    }
    if let [_, second, ..] = documents.as_slice() {
        let position = file.position(second.root().span().start);
        errors
            .push(error(position, "a configuration is one document: put this one's settings into the first"));
    }
    if errors.is_empty() { Ok(documents.into_iter().next()) } else { Err(errors) }
}

/// Whether a line is `%YAML 1.1` or the like, which is cut off where `---` separates documents.
fn is_directive(file: &SourceFile, position: Position) -> bool {
    file.text()
        .lines()
        .nth(position.line.saturating_sub(1) as usize)
        .is_some_and(|line| line.starts_with('%'))
}

/// The waivers of a document that [`check`] found to be sound.
pub fn waivers(document: &Document, names: &dyn Names) -> Vec<Waiver> {
    let reader = Reader { document, names };
    items(document.root(), "waivers").filter_map(|waiver| reader.waiver(waiver)).collect()
}

/// Reads what [`check`] found to be sound: what isn't there has its default.
struct Reader<'a> {
    document: &'a Document,
    names: &'a dyn Names,
}

impl<'a> Reader<'a> {
    fn configuration(&self) -> Configuration {
        let root = self.document.root();
        let default = Configuration::default();
        Configuration {
            profile: text(root, "profile").and_then(|name| self.names.profile(name).ok()),
            select: self.controls(root, "select"),
            ignore: self.controls(root, "ignore"),
            severity: severity(root.get("severity")),
            fail_on: severity(root.get("fail-on")),
            severities: self.severities(root),
            parameters: parameters(root),
            paths: self.scopes(root, "paths", GlobKind::Paths),
            namespaces: self.scopes(root, "namespaces", GlobKind::Names),
            exclude: texts(root, "exclude").map(str::to_owned).collect(),
            waivers: waivers(self.document, self.names),
            waivers_by_annotation: switch(root, "waivers-by-annotation")
                .unwrap_or(default.waivers_by_annotation),
            render: switch(root, "render").unwrap_or(default.render),
        }
    }

    fn named(&self, value: Value<'a>, key: &str) -> Vec<Named> {
        let named = |name: &str| {
            self.names.controls(name).ok().map(|controls| Named { name: name.to_owned(), controls })
        };
        texts(value, key).filter_map(named).collect()
    }

    fn controls(&self, value: Value<'a>, key: &str) -> Vec<&'static Control> {
        self.named(value, key).into_iter().flat_map(|named| named.controls).collect()
    }

    fn severities(&self, value: Value<'a>) -> Severities {
        let entries = value.get("severities").into_iter().flat_map(Value::entries);
        Severities::new(
            entries
                .filter_map(|(name, value)| Some((self.names.controls(name).ok()?, severity(Some(value))?)))
                .collect(),
        )
    }

    fn scopes(&self, root: Value<'a>, key: &str, kind: GlobKind) -> Vec<Scope> {
        let scope = |value: Value<'a>| {
            Some(Scope {
                matches: globs(value, "match", kind)?,
                select: self.controls(value, "select"),
                ignore: self.controls(value, "ignore"),
                severities: self.severities(value),
                waivers_by_annotation: switch(value, "waivers-by-annotation"),
            })
        };
        items(root, key).filter_map(scope).collect()
    }

    fn waiver(&self, value: Value<'a>) -> Option<Waiver> {
        let file = self.document.file();
        Some(Waiver {
            terms: Terms {
                controls: self.named(value, "control"),
                reason: text(value, "reason")?.trim().to_owned(),
                owner: text(value, "owner")?.trim().to_owned(),
                until: text(value, "until")?.parse().ok()?,
            },
            file: file.name().to_owned(),
            line: file.position(value.span().start).line,
            paths: globs(value, "paths", GlobKind::Paths),
            namespaces: globs(value, "namespaces", GlobKind::Names),
            kinds: globs(value, "kinds", GlobKind::Kinds),
            names: globs(value, "names", GlobKind::Names),
            containers: globs(value, "containers", GlobKind::Names),
        })
    }
}

/// The text of a key.
pub fn text<'a>(value: Value<'a>, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

/// The texts of a value that is one, or a list of them.
pub fn texts<'a>(value: Value<'a>, key: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    let value = value.get(key);
    value
        .into_iter()
        .flat_map(|value| value.as_str().into_iter().chain(value.items().filter_map(Value::as_str)))
}

/// The items of a list under a key.
pub fn items<'a>(value: Value<'a>, key: &str) -> impl Iterator<Item = Value<'a>> + use<'a> {
    value.get(key).into_iter().flat_map(Value::items)
}

/// Whether a key says true or false.
pub fn switch(value: Value<'_>, key: &str) -> Option<bool> {
    value.get(key).and_then(Value::as_bool)
}

/// The severity that a value names.
pub fn severity(value: Option<Value<'_>>) -> Option<Severity> {
    value.and_then(Value::as_str)?.parse().ok()
}

/// `None` where the key isn't there, which is another thing than an empty list.
pub fn globs(value: Value<'_>, key: &str, kind: GlobKind) -> Option<Globs> {
    value.get(key)?;
    Globs::new(kind, texts(value, key)).ok()
}

/// The parameters of a configuration's root; what isn't there has its default.
pub fn parameters(root: Value<'_>) -> Parameters {
    let mut given = Map::new();
    for (key, value) in root.get("parameters").into_iter().flat_map(Value::entries) {
        let json = match value.kind() {
            Kind::Bool => value.as_bool().map(Json::from),
            Kind::Integer | Kind::Float => value.as_i64().map(Json::from),
            Kind::String => value.as_str().map(Json::from),
            Kind::Sequence => Some(value.items().filter_map(Value::as_str).map(Json::from).collect()),
            Kind::Null | Kind::Mapping => None,
        };
        if let Some(json) = json.filter(|_| PARAMETERS.iter().any(|parameter| parameter.key == key)) {
            given.insert(key.to_owned(), json);
        }
    }
    serde_json::from_value(Json::Object(given)).unwrap_or_default()
}

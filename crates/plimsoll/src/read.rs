//! `plimsoll read`: documents as JSON, one a line, as the API server takes them.

use std::fmt::Write;

use plimsoll_doc::{Document, Kind, Value, to_json};
use plimsoll_engine::Incomplete;
use plimsoll_kubernetes::Field;

use crate::arguments::Read;
use crate::exit::{Exit, Failure};
use crate::{outputs, sources};

pub fn read(arguments: &Read) -> Result<Exit, Failure> {
    let loaded = sources::load_plain(&arguments.sources)?;
    let incomplete = &loaded.coverage.incomplete;
    if loaded.documents.is_empty() && incomplete.is_empty() {
        sources::nothing(&arguments.sources);
        return Ok(Exit::Nothing);
    }
    let mut out = String::new();
    let mut errors: Vec<Option<&Incomplete>> = incomplete.iter().map(Some).collect();
    for document in &loaded.documents {
        let start = document.file().position(document.span().start);
        for slot in &mut errors {
            if let Some(error) = slot
                && error.file == document.file().name()
                && error.line.is_some_and(|line| line < start.line)
            {
                write_error(error, &mut out);
                *slot = None;
            }
        }
        if arguments.positions {
            write_positions(document, &mut out);
        } else {
            to_json(document.root(), &mut out);
        }
        out.push('\n');
    }
    errors.into_iter().flatten().for_each(|error| write_error(error, &mut out));
    outputs::stdout(out.as_bytes())?;
    Ok(if incomplete.is_empty() { Exit::Clean } else { Exit::Incomplete })
}

fn write_error(error: &Incomplete, out: &mut String) {
    out.push_str("{\"error\":");
    write_string(&error.reason, out);
    out.push_str(",\"file\":");
    write_string(&error.file, out);
    if let Some(line) = error.line {
        let _ = write!(out, ",\"line\":{line}");
    }
    out.push_str("}\n");
}

/// `{"document":…,"file":"web.yaml","positions":{"spec.replicas":{"column":3,"file":"web.yaml","line":7}}}`;
/// the place of the document itself stands under the empty path.
fn write_positions(document: &Document, out: &mut String) {
    out.push_str("{\"document\":");
    to_json(document.root(), out);
    out.push_str(",\"file\":");
    write_string(document.file().name(), out);
    out.push_str(",\"positions\":{");
    let root = document.root();
    let mut open = vec![root];
    let mut first = true;
    while let Some(value) = open.pop() {
        if !std::mem::take(&mut first) {
            out.push(',');
        }
        let place = document.file().position(value.span().start);
        write_string(&Field::new(value).path_from(root), out);
        let _ = write!(out, ":{{\"column\":{},\"file\":", place.column);
        write_string(document.file().name(), out);
        let _ = write!(out, ",\"line\":{}}}", place.line);
        let from = open.len();
        open.extend(children(value));
        open[from..].reverse();
    }
    out.push_str("}}");
}

fn children<'d>(value: Value<'d>) -> Vec<Value<'d>> {
    match value.kind() {
        Kind::Mapping => value.entries().map(|(_, child)| child).collect(),
        Kind::Sequence => value.items().collect(),
        _ => Vec::new(),
    }
}

fn write_string(text: &str, out: &mut String) {
    out.push_str(&serde_json::Value::from(text).to_string());
}

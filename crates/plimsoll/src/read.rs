//! `plimsoll read`: documents as JSON, one a line, as the API server takes them.

use std::collections::BTreeMap;
use std::fmt::Write;

use plimsoll_doc::{Document, Kind, Value, to_json};
use plimsoll_engine::Incomplete;
use plimsoll_kubernetes::Field;

use crate::arguments::Read;
use crate::exit::{Exit, Failure};
use crate::terminal::note;
use crate::{outputs, sources};

pub fn read(arguments: &Read) -> Result<Exit, Failure> {
    let loaded = sources::load_plain(&arguments.sources)?;
    let incomplete = &loaded.coverage.incomplete;
    if loaded.documents.is_empty() && incomplete.is_empty() {
        sources::nothing(&arguments.sources);
        return Ok(Exit::Nothing);
    }
    loaded.notes.iter().for_each(|text| note(text));
    let mut out = String::new();
    // By file, in the order of their lines.
    let mut errors: BTreeMap<&str, Vec<&Incomplete>> = BTreeMap::new();
    for error in incomplete {
        errors.entry(&error.file).or_default().push(error);
    }
    let mut file = None;
    for document in &loaded.documents {
        let name = document.file().name();
        // What comes behind the last document of a file comes before the next file.
        if let Some(before) = file.replace(name).filter(|before| *before != name) {
            errors.remove(before).into_iter().flatten().for_each(|error| write_error(error, &mut out));
        }
        let start = document.file().position(document.span().start);
        if let Some(errors) = errors.get_mut(name) {
            let earlier = errors.partition_point(|error| error.line.is_some_and(|line| line < start.line));
            errors.drain(..earlier).for_each(|error| write_error(error, &mut out));
        }
        if arguments.positions {
            write_positions(document, &mut out);
        } else {
            to_json(document.root(), &mut out);
        }
        out.push('\n');
    }
    errors.into_values().flatten().for_each(|error| write_error(error, &mut out));
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

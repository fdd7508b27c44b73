//! Operations lowered to a JSON Patch (RFC 6902).

use std::fmt::Write;

use crate::edit::plan::{Changes, Plan};
use crate::json::write_string;
use crate::{Document, EditError, Literal, Operation, Value};

/// The JSON Patch that does the operations to the value `root` of a document, as text; `[]` where there is
/// nothing to do. Operations compose as they do in [`lower`](crate::lower), and the patched value is the one
/// that the edited text has. All of them must be about something within `root`.
pub fn lower_to_patch(
    document: &Document,
    root: Value<'_>,
    operations: &[Operation],
) -> Result<String, EditError> {
    let plan = Plan::new(document, operations)?;
    let mut patch = Patch(String::from("["));
    let mut removed: Vec<u32> = Vec::new();
    for node in plan.nodes() {
        let value = Value::at(document, node).ok_or(EditError::Missing)?;
        if let Some(literal) = plan.replaced(node) {
            patch.write("replace", &pointer(value, root)?, Some(literal));
        }
        if let Some(Changes { removed: gone, entries, items }) = plan.collection(node) {
            let parent = pointer(value, root)?;
            for (key, literal) in entries {
                patch.write("add", &format!("{parent}/{}", escaped(key)), Some(literal));
            }
            for literal in items {
                patch.write("add", &format!("{parent}/-"), Some(literal));
            }
            removed.extend(gone);
        }
    }
    // Items that stand later are numbered higher: from the last to the first none moves before its turn.
    removed.sort_unstable_by(|a, b| b.cmp(a));
    for node in removed {
        let value = Value::at(document, node).ok_or(EditError::Missing)?;
        patch.write("remove", &pointer(value, root)?, None);
    }
    patch.0.push(']');
    Ok(patch.0)
}

/// The text of a patch on its way.
struct Patch(String);

impl Patch {
    fn write(&mut self, operation: &str, pointer: &str, literal: Option<&Literal>) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{{\"op\":\"{operation}\",\"path\":");
        write_string(pointer, &mut self.0);
        if let Some(literal) = literal {
            self.0.push_str(",\"value\":");
            write_literal(literal, &mut self.0);
        }
        self.0.push('}');
    }
}

/// The JSON Pointer (RFC 6901) from `root` to a value.
fn pointer(value: Value<'_>, root: Value<'_>) -> Result<String, EditError> {
    let mut steps = Vec::new();
    let mut at = value;
    while at != root {
        match (at.key(), at.index()) {
            (Some(key), _) => steps.push(escaped(key)),
            (None, Some(index)) => steps.push(index.to_string()),
            (None, None) => return Err(EditError::Missing),
        }
        at = at.parent().ok_or(EditError::Missing)?;
    }
    let mut pointer = String::new();
    for step in steps.iter().rev() {
        pointer.push('/');
        pointer.push_str(step);
    }
    Ok(pointer)
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn write_literal(literal: &Literal, out: &mut String) {
    match literal {
        Literal::Bool(value) => {
            let _ = write!(out, "{value}");
        }
        Literal::Integer(value) => {
            let _ = write!(out, "{value}");
        }
        Literal::String(text) => write_string(text, out),
        Literal::Sequence(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_literal(item, out);
            }
            out.push(']');
        }
        Literal::Mapping(entries) => {
            out.push('{');
            for (at, (key, value)) in entries.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_string(key, out);
                out.push(':');
                write_literal(value, out);
            }
            out.push('}');
        }
    }
}

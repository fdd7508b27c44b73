//! Whether an edited document reads as the operations mean it to.

use std::collections::BTreeSet;

use crate::edit::plan::{Changes, Plan};
use crate::{Document, EditError, Kind, Literal, Operation, Value};

/// Compares a document after an edit with what the operations make of it: the values that they name
/// are as they say, and every other value is as it was, in the same order.
pub fn verify(before: &Document, operations: &[Operation], after: &Document) -> Result<(), EditError> {
    let plan = Plan::new(before, operations)?;
    compare(&plan, before.root(), after.root()).map_err(EditError::Unproved)
}

fn compare(plan: &Plan, before: Value<'_>, after: Value<'_>) -> Result<(), String> {
    if let Some(literal) = plan.replaced(before.node()) {
        return written(literal, after);
    }
    let none = Changes { removed: BTreeSet::new(), entries: Vec::new(), items: Vec::new() };
    let changes = plan.collection(before.node()).unwrap_or(&none);
    let is_kept = |value: &Value<'_>| !changes.removed.contains(&value.node());
    let is_same = match before.kind() {
        kind if kind != after.kind() => false,
        Kind::Null => true,
        Kind::Bool => before.as_bool() == after.as_bool(),
        Kind::Integer | Kind::Float => {
            before.as_i64() == after.as_i64()
                && before.as_f64().map(f64::to_bits) == after.as_f64().map(f64::to_bits)
        }
        Kind::String => before.as_str() == after.as_str(),
        Kind::Sequence => {
            let mut items = after.items();
            for item in before.items().filter(is_kept) {
                compare(plan, item, items.next().ok_or_else(|| changed(before))?)?;
            }
            for item in &changes.items {
                written(item, items.next().ok_or_else(|| changed(before))?)?;
            }
            items.next().is_none()
        }
        Kind::Mapping => {
            let mut entries = after.entries();
            for (key, value) in before.entries().filter(|(_, value)| is_kept(value)) {
                let (_, other) =
                    entries.next().filter(|(name, _)| *name == key).ok_or_else(|| changed(before))?;
                compare(plan, value, other)?;
            }
            for (key, literal) in &changes.entries {
                let (_, other) =
                    entries.next().filter(|(name, _)| name == key).ok_or_else(|| changed(before))?;
                written(literal, other)?;
            }
            entries.next().is_none()
        }
    };
    if is_same { Ok(()) } else { Err(changed(before)) }
}

fn written(literal: &Literal, value: Value<'_>) -> Result<(), String> {
    let is_same = match literal {
        Literal::Bool(expected) => value.as_bool() == Some(*expected),
        Literal::Integer(expected) => value.kind() == Kind::Integer && value.as_i64() == Some(*expected),
        Literal::String(expected) => value.as_str() == Some(expected),
        Literal::Sequence(items) => {
            for (item, value) in items.iter().zip(value.items()) {
                written(item, value)?;
            }
            value.kind() == Kind::Sequence && items.len() == value.len()
        }
        Literal::Mapping(entries) => {
            for ((key, literal), (name, value)) in entries.iter().zip(value.entries()) {
                if key != name {
                    return Err(changed(value));
                }
                written(literal, value)?;
            }
            value.kind() == Kind::Mapping && entries.len() == value.len()
        }
    };
    if is_same { Ok(()) } else { Err(format!("{} isn't what was written", place(value))) }
}

fn changed(value: Value<'_>) -> String {
    format!("{} changed too", place(value))
}

/// The path of a value from the root of its document.
fn place(value: Value<'_>) -> String {
    let mut steps: Vec<String> = std::iter::successors(Some(value), |value| value.parent())
        .filter_map(|value| {
            value.key().map(str::to_owned).or_else(|| value.index().map(|index| index.to_string()))
        })
        .collect();
    steps.reverse();
    if steps.is_empty() { "the document".to_owned() } else { steps.join(".") }
}

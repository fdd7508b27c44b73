//! Changes in flow style: collections in brackets, and what stands in them. JSON too.

use crate::edit::Edits;
use crate::edit::elements::{Element, of_flow};
use crate::edit::layout::Layout;
use crate::edit::literal::{self, Quote};
use crate::edit::plan::Changes;
use crate::{EditError, Kind, Literal};

/// Adds to and removes from a collection.
pub(super) fn change(
    layout: &Layout<'_>,
    node: u32,
    changes: &Changes,
    edits: &mut Edits,
) -> Result<(), EditError> {
    let elements = of_flow(layout, node)?;
    let is_kept = |element: &&Element| !changes.removed.contains(&element.node);
    let Some(last_kept) = elements.iter().rposition(|element| is_kept(&element)) else {
        return fill(layout, node, &elements, changes, edits);
    };
    let is_adding = !changes.entries.is_empty() || !changes.items.is_empty();
    let by_line = elements.iter().enumerate().all(|(index, element)| {
        let is_touched = !is_kept(&element) || (is_adding && index == last_kept);
        !is_touched || stands_alone(layout, node, element)
    });
    if by_line {
        by_lines(layout, node, &elements, last_kept, changes, edits);
    } else {
        in_line(layout, node, &elements, last_kept, changes, edits);
    }
    Ok(())
}

/// Whether nothing else stands on the lines of an element but its comma and a comment.
fn stands_alone(layout: &Layout<'_>, node: u32, element: &Element) -> bool {
    let lines = layout.lines;
    let end = element.comma.unwrap_or(element.end);
    lines.prefix(element.start).trim().is_empty()
        && lines.is_rest_empty(end)
        && lines.end(end) == lines.end(element.end)
        && lines.start(element.start) > layout.value(node).span().start as usize
}

fn by_lines(
    layout: &Layout<'_>,
    node: u32,
    elements: &[Element],
    last_kept: usize,
    changes: &Changes,
    edits: &mut Edits,
) {
    let lines = layout.lines;
    for element in elements.iter().filter(|element| changes.removed.contains(&element.node)) {
        let start = lines.start(element.start);
        edits.delete(lines.end_before(start).unwrap_or(start), lines.end(element.end));
    }
    let ends_with_comma = elements.last().is_some_and(|last| last.comma.is_some());
    let Some(kept) = elements.get(last_kept) else { return };
    let indent = lines.indent(kept.start);
    let added = added(layout, node, changes, Some(indent));
    if added.is_empty() {
        if let (Some(comma), false, true) = (kept.comma, ends_with_comma, last_kept + 1 < elements.len()) {
            edits.delete(comma - 1, comma);
        }
        return;
    }
    if kept.comma.is_none() {
        edits.insert(kept.end, format!("{},", gap(kept)));
    }
    let newline = layout.newline;
    let between = format!(",{newline}{indent}");
    let comma = if ends_with_comma { "," } else { "" };
    edits.insert(lines.end(kept.end), format!("{newline}{indent}{}{comma}", added.join(&between)));
}

fn in_line(
    layout: &Layout<'_>,
    node: u32,
    elements: &[Element],
    last_kept: usize,
    changes: &Changes,
    edits: &mut Edits,
) {
    let Some(kept) = elements.get(last_kept) else { return };
    for pair in elements.windows(2).take(last_kept) {
        if let [element, next] = pair
            && changes.removed.contains(&element.node)
        {
            edits.delete(element.start, next.start);
        }
    }
    let added = added(layout, node, changes, None);
    if !added.is_empty() {
        let comma = if elements.len() > 1 { between(layout, elements) } else { layout.comma };
        edits.insert(kept.end, format!("{}{comma}{}", gap(kept), added.join(comma)));
    }
    if let Some(last) = elements.last() {
        edits.delete(kept.end, last.end);
    }
}

/// A space between a colon without a value and what is put behind it.
fn gap(element: &Element) -> &'static str {
    if element.after == Some(element.end) { " " } else { "" }
}

/// The comma between the elements and the white space behind it, as they are written.
fn between<'d>(layout: &Layout<'d>, elements: &[Element]) -> &'d str {
    let written = match elements {
        [first, second, ..] => first.comma.map(|comma| layout.lines.slice(comma - 1, second.start)),
        _ => None,
    };
    match written {
        Some("," | ", " | ",  ") => written.unwrap_or(layout.comma),
        _ => layout.comma,
    }
}

/// Nothing that was there stays, or there was nothing.
fn fill(
    layout: &Layout<'_>,
    node: u32,
    elements: &[Element],
    changes: &Changes,
    edits: &mut Edits,
) -> Result<(), EditError> {
    let span = layout.value(node).span();
    let (open, close) = (span.start as usize + 1, (span.end as usize).saturating_sub(1));
    if let (Some(first), Some(last)) = (elements.first(), elements.last()) {
        if stands_alone(layout, node, first) {
            let indent = layout.lines.indent(first.start);
            let added = added(layout, node, changes, Some(indent));
            if !added.is_empty() {
                let between = format!(",{}{indent}", layout.newline);
                edits.replace(first.start, last.end, added.join(&between));
                return Ok(());
            }
        } else {
            let added = added(layout, node, changes, None);
            if !added.is_empty() {
                edits.replace(first.start, last.end, added.join(layout.comma));
                return Ok(());
            }
        }
        edits.delete(open, close);
        return Ok(());
    }
    let outer = layout.lines.indent(open);
    let text = match &layout.unit {
        Some(unit) => {
            let indent = format!("{outer}{unit}");
            let newline = layout.newline;
            let between = format!(",{newline}{indent}");
            let added = added(layout, node, changes, Some(&indent)).join(&between);
            format!("{newline}{indent}{added}{newline}{outer}")
        }
        None => added(layout, node, changes, None).join(layout.comma),
    };
    // A comment between the brackets stays.
    let has_comment = !layout.lines.slice(open, close).trim().is_empty();
    edits.replace(open, if has_comment { open } else { close }, text);
    Ok(())
}

fn added(layout: &Layout<'_>, node: u32, changes: &Changes, indent: Option<&str>) -> Vec<String> {
    let key_quote = layout.key_quote(node);
    let item_quote = layout.item_quote(node);
    let entries =
        changes.entries.iter().map(|(key, value)| literal::flow_entry(layout, key, value, key_quote, indent));
    let items = changes.items.iter().map(|item| literal::flow(layout, item, item_quote, indent));
    entries.chain(items).collect()
}

/// Writes a value in place of another that stands in flow style.
pub(super) fn replace(
    layout: &Layout<'_>,
    node: u32,
    literal: &Literal,
    edits: &mut Edits,
) -> Result<(), EditError> {
    let value = layout.value(node);
    let Some(parent) = value.parent() else {
        return replace_at(layout, node, literal, edits);
    };
    let elements = of_flow(layout, parent.node())?;
    let element = elements.iter().find(|element| element.node == node).ok_or(EditError::Missing)?;
    let span = value.span();
    if span.start < span.end {
        let from = element.after.map_or(element.start, |after| layout.lines.skip_gap(after));
        if from != span.start as usize {
            return Err(EditError::Layout("a value with a tag or an anchor"));
        }
        return replace_at(layout, node, literal, edits);
    }
    let text = literal::flow(layout, literal, Quote::Least, None);
    match element.after {
        Some(after) if layout.lines.byte(after) == Some(b' ') => edits.insert(after + 1, text),
        Some(after) => edits.insert(after, format!(" {text}")),
        None => edits.insert(element.end, format!(": {text}")),
    }
    Ok(())
}

/// Writes a value exactly where another stands.
pub(super) fn replace_at(
    layout: &Layout<'_>,
    node: u32,
    literal: &Literal,
    edits: &mut Edits,
) -> Result<(), EditError> {
    let value = layout.value(node);
    let quote = match value.kind() {
        Kind::String => Quote::of(value.style()),
        Kind::Sequence => layout.item_quote(node),
        _ => Quote::Least,
    };
    let span = value.span();
    let indent = layout.lines.indent(span.start as usize);
    let indent = layout.unit.as_ref().map(|_| indent);
    edits.replace(span.start as usize, span.end as usize, literal::flow(layout, literal, quote, indent));
    Ok(())
}

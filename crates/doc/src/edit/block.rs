//! Changes in block style: collections by indentation, and what stands in them.

use crate::edit::elements::{Element, MERGE, after_key, block_header, of_block};
use crate::edit::layout::Layout;
use crate::edit::literal::{self, Quote};
use crate::edit::plan::Changes;
use crate::edit::{Edits, flow};
use crate::{EditError, Kind, Literal, Style};

/// Adds to and removes from a collection.
pub(super) fn change(
    layout: &Layout<'_>,
    node: u32,
    changes: &Changes,
    edits: &mut Edits,
) -> Result<(), EditError> {
    let elements = of_block(layout, node)?;
    let (Some(first), Some(last)) = (elements.first(), elements.last()) else {
        return Err(EditError::Missing);
    };
    if !changes.removed.is_empty() && elements.iter().any(|element| element.node == MERGE) {
        return Err(EditError::Layout("a mapping with a merge key"));
    }
    let is_kept = |element: &&Element| !changes.removed.contains(&element.node);
    let Some(last_kept) = elements.iter().rfind(is_kept) else {
        return empty(layout, node, changes, (first, last), edits);
    };
    remove(layout, &elements, changes, edits)?;
    if !changes.entries.is_empty() || !changes.items.is_empty() {
        let at = tail(layout, last_kept)?;
        let column = column(layout, &elements)?;
        let mut text = String::new();
        for line in added(layout, node, changes, column) {
            text.push_str(&layout.line_break(column));
            text.push_str(&line);
        }
        edits.insert(at, text);
    }
    Ok(())
}

/// What is added, each entry or item from its key or dash on.
fn added(layout: &Layout<'_>, node: u32, changes: &Changes, column: usize) -> Vec<String> {
    let style = layout.block_near(node);
    let key_quote = layout.key_quote(node);
    let item_quote = layout.item_quote(node);
    let entries = changes
        .entries
        .iter()
        .map(|(key, value)| literal::block_entry(layout, style, column, (key, value), key_quote));
    let items = changes.items.iter().map(|item| literal::block_item(layout, style, column, item, item_quote));
    entries.chain(items).collect()
}

fn column(layout: &Layout<'_>, elements: &[Element]) -> Result<usize, EditError> {
    elements
        .iter()
        .find_map(|element| layout.column(element.start))
        .ok_or(EditError::Layout("an indentation that isn't spaces"))
}

/// Nothing that was there stays.
fn empty(
    layout: &Layout<'_>,
    node: u32,
    changes: &Changes,
    (first, last): (&Element, &Element),
    edits: &mut Edits,
) -> Result<(), EditError> {
    if !changes.entries.is_empty() || !changes.items.is_empty() {
        let column = column(layout, std::slice::from_ref(first))?;
        let between = layout.line_break(column);
        edits.replace(first.start, last.end, added(layout, node, changes, column).join(&between));
        return Ok(());
    }
    let brackets = if layout.value(node).kind() == Kind::Mapping { "{}" } else { "[]" };
    if layout.value(node).key_span().is_some() {
        replace_below_key(layout, node, &format!(" {brackets}"), "", last, edits)
    } else {
        edits.replace(first.start, last.end, brackets);
        Ok(())
    }
}

/// Puts text after the key of a block collection, and lines in place of the collection's lines.
fn replace_below_key(
    layout: &Layout<'_>,
    node: u32,
    after_colon: &str,
    lines: &str,
    last: &Element,
    edits: &mut Edits,
) -> Result<(), EditError> {
    let after = after_key(layout, node)?;
    if layout.lines.skip_gap(after) != layout.value(node).span().start as usize {
        return Err(EditError::Layout("a collection with a tag or an anchor"));
    }
    if !after_colon.is_empty() {
        edits.insert(after, after_colon);
    }
    edits.replace(layout.lines.end(after), tail(layout, last)?, lines);
    Ok(())
}

/// Removes some of the elements, not all.
fn remove(
    layout: &Layout<'_>,
    elements: &[Element],
    changes: &Changes,
    edits: &mut Edits,
) -> Result<(), EditError> {
    let lines = layout.lines;
    let is_removed = |element: &Element| changes.removed.contains(&element.node);
    let mut rest = elements;
    // The first element may stand behind a dash: what comes next moves up to it.
    if let Some(first) = elements.first()
        && is_removed(first)
        && !lines.prefix(first.start).trim_matches(' ').is_empty()
    {
        let run = elements.iter().take_while(|element| is_removed(element)).count();
        let (gone, stay) = elements.split_at(run);
        if let (Some(last), Some(next)) = (gone.last(), stay.first()) {
            edits.delete(first.start, first_of_rest(layout, tail(layout, last)?, next.start));
        }
        rest = stay;
    }
    // The place up to which the top of the text is gone.
    let mut top = None;
    let mut kept = None;
    for element in rest {
        if !is_removed(element) {
            kept = Some(element);
            continue;
        }
        let start = lines.start(element.start);
        if !lines.prefix(element.start).trim_matches(' ').is_empty() {
            return Err(EditError::Layout("two entries on one line"));
        }
        let mut end = tail(layout, element)?;
        if let Some(kept) = kept
            && keeps_empty_lines(layout, kept)?
        {
            end = end_of_empty_lines(layout, end);
        }
        match lines.end_before(start) {
            Some(before) if top != Some(start) => edits.delete(before, end),
            _ => {
                edits.delete(start, lines.after(end));
                top = Some(lines.after(end));
            }
        }
    }
    Ok(())
}

/// The first comment after a line end, or else what comes at `next`.
fn first_of_rest(layout: &Layout<'_>, line_end: usize, next: usize) -> usize {
    let mut at = layout.lines.after(line_end);
    while at < next {
        let token = layout.lines.skip_blanks(at);
        match layout.lines.byte(token) {
            Some(b'#') => return token,
            Some(b'\n' | b'\r') => at = layout.lines.after(token),
            _ => break,
        }
    }
    next
}

/// The end of an element's last line, with the comment there and those below that stand deeper than
/// the element.
fn tail(layout: &Layout<'_>, element: &Element) -> Result<usize, EditError> {
    let lines = layout.lines;
    if !lines.is_rest_empty(element.end) {
        return Err(EditError::Layout("more than a comment after a value"));
    }
    let column = lines.prefix(element.start).len();
    let mut end = lines.end(element.end);
    let mut next = lines.after(end);
    while next < lines.0.len() {
        let token = lines.skip_blanks(next);
        match lines.byte(token) {
            Some(b'#') if token - next > column => end = lines.end(token),
            Some(b'\n' | b'\r') => {}
            _ => break,
        }
        next = lines.after(lines.end(token));
    }
    Ok(end)
}

/// The end of the last of the empty lines below one that ends at `end`.
fn end_of_empty_lines(layout: &Layout<'_>, mut end: usize) -> usize {
    let lines = layout.lines;
    loop {
        let next = lines.after(end);
        if next >= lines.0.len() || !lines.slice(next, lines.end(next)).trim_matches([' ', '\t']).is_empty() {
            return end;
        }
        end = lines.end(next);
    }
}

/// Whether an element ends with a block scalar to which all empty lines below it belong (`|+`).
fn keeps_empty_lines(layout: &Layout<'_>, element: &Element) -> Result<bool, EditError> {
    let mut node = element.node;
    while node != MERGE && layout.value(node).style() == Style::Block {
        node = of_block(layout, node)?.last().ok_or(EditError::Missing)?.node;
    }
    if node == MERGE {
        return Ok(false);
    }
    let value = layout.value(node);
    let is_block = matches!(value.style(), Style::Literal | Style::Folded);
    Ok(is_block && block_header(layout, value.span().start as usize).contains('+'))
}

/// Writes a value in place of another that stands in block style.
pub(super) fn replace(
    layout: &Layout<'_>,
    node: u32,
    literal: &Literal,
    edits: &mut Edits,
) -> Result<(), EditError> {
    let value = layout.value(node);
    let (start, end) = (value.span().start as usize, value.span().end as usize);
    let Some(parent) = value.parent() else {
        return replace_at(layout, node, literal, edits);
    };
    let is_entry = value.key_span().is_some();
    let after = if is_entry {
        after_key(layout, node)?
    } else {
        let elements = of_block(layout, parent.node())?;
        let element = elements.iter().find(|element| element.node == node).ok_or(EditError::Missing)?;
        element.start + 1
    };
    let lines = layout.lines;
    if start == end {
        if !lines.is_rest_empty(after) {
            return Err(EditError::Layout("a tag or an anchor without a value"));
        }
        match below(layout, node, literal)? {
            Some(text) if is_entry => edits.insert(lines.end(after), text),
            Some(text) => edits.insert(after, text),
            None => edits.insert(after, format!(" {}", one_line(layout, node, literal))),
        }
        return Ok(());
    }
    if lines.skip_gap(after) != start {
        return Err(EditError::Layout("a value with a tag or an anchor"));
    }
    let is_same_line = lines.end(after) >= start;
    if value.style() != Style::Block {
        let is_block_scalar = matches!(value.style(), Style::Literal | Style::Folded);
        if !is_block_scalar && !lines.is_rest_empty(end) {
            return Err(EditError::Layout("more than a comment after a value"));
        }
        if !is_same_line && lines.prefix(start).is_empty() {
            return Err(EditError::Layout("a value below its key that isn't indented"));
        }
    }
    match value.style() {
        Style::Block if is_entry => {
            let elements = of_block(layout, node)?;
            let last = elements.last().ok_or(EditError::Missing)?;
            match below(layout, node, literal)? {
                Some(text) => replace_below_key(layout, node, "", &text, last, edits),
                None => {
                    let text = format!(" {}", one_line(layout, node, literal));
                    replace_below_key(layout, node, &text, "", last, edits)
                }
            }
        }
        Style::Literal | Style::Folded => {
            // A comment behind the header stays.
            let header_end = start + block_header(layout, start).len();
            let elements = of_block(layout, parent.node())?;
            let element = elements.iter().find(|element| element.node == node).ok_or(EditError::Missing)?;
            let text_start = lines.end(start);
            match below(layout, node, literal)? {
                Some(text) if is_entry && is_same_line => {
                    edits.delete(after, header_end);
                    edits.replace(text_start, element.end.max(text_start), text);
                }
                _ => {
                    edits.replace(start, header_end, one_line(layout, node, literal));
                    edits.delete(text_start, element.end);
                }
            }
            Ok(())
        }
        Style::Flow => replace_at(layout, node, literal, edits),
        _ if is_entry && is_same_line => match below(layout, node, literal)? {
            Some(text) if lines.is_rest_empty(end) => {
                edits.delete(after, end);
                edits.insert(lines.end(end), text);
                Ok(())
            }
            _ => replace_at(layout, node, literal, edits),
        },
        _ => replace_at(layout, node, literal, edits),
    }
}

/// A collection as it is written below the key, or behind the dash, of the value it is put in place of;
/// `None` for what is written on one line.
fn below(layout: &Layout<'_>, node: u32, literal: &Literal) -> Result<Option<String>, EditError> {
    if literal::is_inline(literal) {
        return Ok(None);
    }
    let style = layout.block_near(node);
    let value = layout.value(node);
    let parent = value.parent().ok_or(EditError::Missing)?;
    let column = column(layout, &of_block(layout, parent.node())?)?;
    Ok(Some(if value.key_span().is_some() {
        literal::block_value(layout, style, column, literal)
    } else {
        literal::block_item(layout, style, column, literal, Quote::Least).split_off(1)
    }))
}

/// A value on one line, with the quotes of what it is put in place of.
fn one_line(layout: &Layout<'_>, node: u32, literal: &Literal) -> String {
    let value = layout.value(node);
    let quote = if value.kind() == Kind::String { Quote::of(value.style()) } else { Quote::Least };
    if literal::is_inline(literal) {
        literal::inline(layout, literal, quote, false)
    } else {
        literal::flow(layout, literal, Quote::Least, None)
    }
}

/// Writes a value exactly where another stands.
fn replace_at(layout: &Layout<'_>, node: u32, literal: &Literal, edits: &mut Edits) -> Result<(), EditError> {
    let value = layout.value(node);
    let (start, mut end) = (value.span().start as usize, value.span().end as usize);
    if value.style() == Style::Flow {
        return flow::replace_at(layout, node, literal, edits);
    }
    if value.style() == Style::Block {
        end = of_block(layout, node)?.last().ok_or(EditError::Missing)?.end;
    }
    let text = match layout.column(start) {
        Some(column) if !literal::is_inline(literal) && !value_is_entry(layout, node) => {
            let style = layout.block_near(node);
            let between = layout.line_break(column);
            literal::block_lines(layout, style, column, literal, Quote::Least).join(&between)
        }
        _ => one_line(layout, node, literal),
    };
    edits.replace(start, end, text);
    Ok(())
}

fn value_is_entry(layout: &Layout<'_>, node: u32) -> bool {
    layout.value(node).key_span().is_some()
}

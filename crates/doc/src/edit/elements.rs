//! Where the entries and items of a collection begin and end in the text.

use crate::document::{MERGED, NONE, SHARED};
use crate::edit::layout::Layout;
use crate::{EditError, Kind, Style};

/// An entry of a mapping or an item of a sequence, as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    /// Its value.
    pub node: u32,
    /// Where its key or dash begins; in flow style what comes first, a tag or an anchor too.
    pub start: usize,
    /// After its colon or dash; `None` for an item in flow style, and for a key without a colon.
    pub after: Option<usize>,
    /// After the last byte of its content, at the end of a line for a block scalar.
    pub end: usize,
    /// After the comma that follows it, in flow style.
    pub comma: Option<usize>,
}

/// Stands for merge keys, which have no node of their own.
pub(super) const MERGE: u32 = NONE;

/// The entries or items of a collection in block style, in the order of the text.
pub(super) fn of_block(layout: &Layout<'_>, node: u32) -> Result<Vec<Element>, EditError> {
    let mut children: Vec<u32> = layout.written(node).collect();
    if layout.value(node).kind() == Kind::Mapping {
        children.sort_by_key(|child| layout.key_place(*child));
        let mut elements = Vec::with_capacity(children.len());
        for node in children {
            let (start, _) = layout.key_place(node);
            let after = after_key(layout, node)?;
            let end = value_end(layout, node, after)?;
            elements.push(Element { node, start, after: Some(after), end, comma: None });
        }
        elements.extend(merge_keys(layout, node, elements.last()));
        return Ok(elements);
    }
    let mut dash = layout.value(node).span().start as usize;
    let column = layout.lines.prefix(dash).len();
    let mut elements = Vec::with_capacity(children.len());
    for node in children {
        if layout.lines.byte(dash) != Some(b'-') || layout.lines.prefix(dash).len() != column {
            return Err(EditError::Layout("a list whose dashes don't stand below each other"));
        }
        let end = value_end(layout, node, dash + 1)?;
        elements.push(Element { node, start: dash, after: Some(dash + 1), end, comma: None });
        dash = layout.lines.skip_gap(end);
    }
    Ok(elements)
}

/// What merge keys a mapping has; its place is that behind the last entry, where one stands there.
fn merge_keys(layout: &Layout<'_>, node: u32, last: Option<&Element>) -> Option<Element> {
    let mapping = layout.value(node);
    mapping.children().find(|child| child.raw().flags & MERGED != 0)?;
    let span = mapping.span();
    let (start, end) = (span.start as usize, span.end as usize);
    let (start, end) = match last {
        Some(last) if last.end >= end => (last.start, last.end),
        Some(last) => (layout.lines.skip_gap(last.end), end),
        None => (start, end),
    };
    Some(Element { node: MERGE, start, after: None, end, comma: None })
}

/// The place after the colon of the key that a value stands under, in block style.
pub(super) fn after_key(layout: &Layout<'_>, node: u32) -> Result<usize, EditError> {
    let colon = layout.lines.skip_blanks(layout.key_place(node).1);
    if layout.lines.byte(colon) == Some(b':') {
        Ok(colon + 1)
    } else {
        Err(EditError::Layout("a key written with a question mark"))
    }
}

/// Where the content of a value ends whose colon or dash ends at `after`, in block style.
fn value_end(layout: &Layout<'_>, node: u32, after: usize) -> Result<usize, EditError> {
    let value = layout.document.node(node);
    let (start, end) = layout.place(node);
    if value.flags & SHARED != 0
        && let Some(end) = alias_end(layout, layout.lines.skip_gap(after))
    {
        return Ok(end);
    }
    if start == end {
        if layout.lines.is_rest_empty(after) {
            return Ok(after);
        }
        return Err(EditError::Layout("a tag or an anchor without a value"));
    }
    if start < after {
        return Err(EditError::Layout("a value that stands before its key"));
    }
    match value.style {
        Style::Block => of_block(layout, node)?.last().map(|last| last.end).ok_or(EditError::Missing),
        Style::Literal | Style::Folded => Ok(block_scalar_end(layout, start, end)),
        _ => Ok(end),
    }
}

/// Where an alias ends that begins at `at`.
fn alias_end(layout: &Layout<'_>, at: usize) -> Option<usize> {
    let rest = layout.lines.0.get(at..)?.strip_prefix('*')?;
    let length = rest.find([' ', '\t', '\r', '\n', ',', ']', '}']).unwrap_or(rest.len());
    Some(at + 1 + length)
}

/// The header of a block scalar: `|`, `>-2`.
pub(super) fn block_header<'d>(layout: &Layout<'d>, start: usize) -> &'d str {
    let line = layout.lines.slice(start, layout.lines.end(start));
    line.split([' ', '\t']).next().unwrap_or(line)
}

/// The end of the last line of a block scalar, with the empty lines that belong to it.
fn block_scalar_end(layout: &Layout<'_>, start: usize, end: usize) -> usize {
    let lines = layout.lines;
    let header_end = lines.end(start);
    let first_line = || {
        let mut text = lines.slice(header_end, end).split(['\n', '\r']);
        text.find(|line| !line.trim_matches(' ').is_empty())
    };
    // An indentation that the header tells counts from the parent's: it is at least that much.
    let told = block_header(layout, start).bytes().find(u8::is_ascii_digit);
    let indent = match told {
        Some(digit) => usize::from(digit - b'0'),
        None => first_line().map_or(usize::MAX, |line| line.len() - line.trim_start_matches(' ').len()),
    };
    // The end of the last line that says something: text, or spaces beyond the indentation.
    let mut last = header_end;
    let mut line_end = header_end;
    loop {
        let line_start = lines.after(line_end);
        if line_start >= end || line_start <= line_end {
            break;
        }
        line_end = lines.end(line_start);
        let line = lines.slice(line_start, line_end);
        if line.trim_start_matches(' ').is_empty() && line.len() <= indent {
            continue;
        }
        last = line_end;
    }
    if block_header(layout, start).contains('+') {
        loop {
            let next = lines.after(last);
            let is_blank =
                next < lines.0.len() && lines.slice(next, lines.end(next)).trim_matches(' ').is_empty();
            if !is_blank {
                break;
            }
            last = lines.end(next);
        }
    }
    last
}

/// The entries or items of a collection in flow style, in the order of the text.
pub(super) fn of_flow(layout: &Layout<'_>, node: u32) -> Result<Vec<Element>, EditError> {
    const UNKNOWN: EditError = EditError::Layout("a list or mapping in brackets");
    let lines = layout.lines;
    let is_mapping = layout.value(node).kind() == Kind::Mapping;
    let (open, close) = if is_mapping { (b'{', b'}') } else { (b'[', b']') };
    let (start, end) = layout.place(node);
    let end = end.checked_sub(1).ok_or(UNKNOWN)?;
    if lines.byte(start) != Some(open) || lines.byte(end) != Some(close) {
        return Err(UNKNOWN);
    }
    let mut children: Vec<u32> = layout.written(node).collect();
    if is_mapping {
        children.sort_by_key(|child| layout.key_place(*child));
    }
    let mut elements = Vec::with_capacity(children.len());
    let mut at = start + 1;
    for node in children {
        let start = lines.skip_gap(at);
        let element = flow_element(layout, node, start, is_mapping).ok_or(UNKNOWN)?;
        let next = lines.skip_gap(element.end);
        let is_comma = lines.byte(next) == Some(b',');
        if element.end < start || (!is_comma && next != end) {
            return Err(UNKNOWN);
        }
        at = next + usize::from(is_comma);
        elements.push(Element { comma: is_comma.then_some(at), ..element });
    }
    if lines.skip_gap(at) != end {
        return Err(UNKNOWN);
    }
    Ok(elements)
}

fn flow_element(layout: &Layout<'_>, node: u32, start: usize, is_mapping: bool) -> Option<Element> {
    let lines = layout.lines;
    let (start_of_value, end_of_value) = layout.place(node);
    let element = |after, end| Some(Element { node, start, after, end, comma: None });
    let (after, floor) = if is_mapping {
        let (key_start, key_end) = layout.key_place(node);
        let colon = lines.skip_gap(key_end);
        if lines.byte(colon) != Some(b':') {
            // Over several lines it can't become a key with a value.
            let is_one_line = lines.end(key_start) >= key_end;
            return is_one_line.then(|| element(None, key_end)).flatten();
        }
        (Some(colon + 1), colon + 1)
    } else {
        (None, start)
    };
    if layout.value(node).is_shared()
        && let Some(end) = alias_end(layout, lines.skip_gap(floor))
    {
        return element(after, end);
    }
    if start_of_value == end_of_value {
        // A colon right before a comma would belong to the key.
        return element(after, floor + usize::from(lines.byte(floor) == Some(b' ')));
    }
    (start_of_value >= floor).then_some(())?;
    element(after, end_of_value)
}

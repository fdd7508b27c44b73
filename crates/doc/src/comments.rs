//! Comments: what begins with `#` between the scalars of a document.

use crate::document::KEYED;
use crate::{Document, Kind, Span, Style};

/// Finds every comment, in the order of the text.
pub(crate) fn find(document: &Document) -> Vec<Span> {
    let bytes = document.file.text().as_bytes();
    let span = document.span;
    if memchr::memchr(b'#', bytes.get(span.start as usize..span.end as usize).unwrap_or(&[])).is_none() {
        return Vec::new();
    }
    let mut scalars = Vec::with_capacity(document.nodes.len() * 2);
    for (number, node) in (0..).zip(document.nodes.iter()) {
        if node.flags & KEYED != 0 {
            scalars.push(document.place(node.key_start, document.key_end(number)));
        }
        if !matches!(node.kind, Kind::Mapping | Kind::Sequence) && node.start < node.end {
            let place = document.place(node.start, node.end);
            if matches!(node.style, Style::Literal | Style::Folded) {
                scalars.push(Span { end: header_end(bytes, place), ..place });
                let content = line_end(bytes, place.start as usize) as u32;
                scalars.push(Span { start: content.min(place.end), ..place });
            } else {
                scalars.push(place);
            }
        }
    }
    // Expanded aliases stand where they are written, again.
    scalars.sort_unstable_by_key(|place| (place.start, place.end));
    let mut comments = Vec::new();
    let mut at = span.start as usize;
    for Span { start, end } in scalars.into_iter().chain([Span { start: span.end, ..span }]) {
        while at < start as usize {
            let Some(found) = memchr::memchr(b'#', &bytes[at..start as usize]) else { break };
            let hash = at + found;
            let opens = hash == span.start as usize
                || matches!(bytes[hash - 1], b' ' | b'\t' | b'\n' | b'\r')
                || bytes[..hash].ends_with(crate::source::BOM);
            if opens {
                at = line_end(bytes, hash).min(span.end as usize);
                comments.push(Span { start: hash as u32, end: at as u32 });
            } else {
                at = hash + 1;
            }
        }
        at = at.max(end as usize);
    }
    comments
}

/// Where the indicators of a block scalar end (`|`, `>-2`).
fn header_end(bytes: &[u8], place: Span) -> u32 {
    let header = &bytes[place.start as usize..place.end as usize];
    let length =
        1 + header[1..].iter().take_while(|byte| byte.is_ascii_digit() || b"+-".contains(byte)).count();
    place.start + length as u32
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &bytes[from..]).map_or(bytes.len(), |found| from + found)
}

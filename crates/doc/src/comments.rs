//! Comments: what begins with `#` between the scalars of a document.

use crate::document::{KEYED, Node};
use crate::{Document, Kind, Span, Style};

/// Finds every comment, in the order of the text.
pub(crate) fn find(document: &Document) -> Vec<Span> {
    let bytes = document.file.text().as_bytes();
    let span = document.span;
    if memchr::memchr(b'#', bytes.get(span.start as usize..span.end as usize).unwrap_or(&[])).is_none() {
        return Vec::new();
    }
    let mut scalars = Vec::with_capacity(document.nodes.len() * 2);
    for node in &document.nodes {
        if node.flags & KEYED != 0 {
            scalars.push((node.key_start, node.key_end));
        }
        if !matches!(node.kind, Kind::Mapping | Kind::Sequence) && node.start < node.end {
            if matches!(node.style, Style::Literal | Style::Folded) {
                scalars.push((node.start, header_end(bytes, node)));
                let content = line_end(bytes, node.start as usize) as u32;
                scalars.push((content.min(node.end), node.end));
            } else {
                scalars.push((node.start, node.end));
            }
        }
    }
    // Expanded aliases stand where they are written, again.
    scalars.sort_unstable();
    let mut comments = Vec::new();
    let mut at = span.start as usize;
    for (start, end) in scalars.into_iter().chain([(span.end, span.end)]) {
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
fn header_end(bytes: &[u8], node: &Node) -> u32 {
    let header = &bytes[node.start as usize..node.end as usize];
    let length =
        1 + header[1..].iter().take_while(|byte| byte.is_ascii_digit() || b"+-".contains(byte)).count();
    node.start + length as u32
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &bytes[from..]).map_or(bytes.len(), |found| from + found)
}

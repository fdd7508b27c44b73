//! Documents through the `granit-parser` crate.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{Event, Options, Parser, ScalarStyle, StructureStyle};

use crate::decode::Failure;
use crate::tree::{Raw, RawKind, Tree};
use crate::{ErrorKind, Span, Style};

/// Parses the text of one document into a tree; `None` where there is none.
pub(crate) fn parse<'t>(text: &'t str, base: u32) -> Result<Option<Tree<'t>>, Failure> {
    let mut options = Options::default();
    options.flow_nesting_limit = 10_000;
    options.block_nesting_limit = 10_000;
    let mut tree = Tree::default();
    let mut names: HashMap<usize, &'t str> = HashMap::new();
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, place) = event.map_err(|error| Failure {
            kind: ErrorKind::Syntax,
            message: error.to_string(),
            offset: base + error.marker().byte_offset().unwrap_or(0) as u32,
        })?;
        let start = base + place.start.byte_offset().unwrap_or(0) as u32;
        let end = base + place.end.byte_offset().unwrap_or(0) as u32;
        let span = Span { start, end };
        let mut name = |id: usize| -> Option<&'t str> {
            if id == 0 {
                return None;
            }
            let leaked: &'static str = Box::leak(id.to_string().into_boxed_str());
            Some(names.entry(id).or_insert(leaked))
        };
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let style = match style {
                    ScalarStyle::SingleQuoted => Style::SingleQuoted,
                    ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
                    ScalarStyle::Literal => Style::Literal,
                    ScalarStyle::Folded => Style::Folded,
                    _ => Style::Plain,
                };
                let mut raw = Raw::scalar(style, span);
                raw.text = value;
                if let Some(tag) = tag {
                    raw.tag = Cow::Owned(format!("{}{}", tag.handle(), tag.suffix()));
                    raw.implicit = false;
                }
                let anchor = name(anchor);
                tree.scalar(raw, anchor);
            }
            Event::SequenceStart(style, anchor, _) => {
                let style = if style == StructureStyle::Flow { Style::Flow } else { Style::Block };
                let anchor = name(anchor);
                tree.begin(Raw { kind: RawKind::Sequence, ..Raw::scalar(style, span) }, anchor);
            }
            Event::MappingStart(style, anchor, _) => {
                let style = if style == StructureStyle::Flow { Style::Flow } else { Style::Block };
                let anchor = name(anchor);
                tree.begin(Raw { kind: RawKind::Mapping, ..Raw::scalar(style, span) }, anchor);
            }
            Event::SequenceEnd | Event::MappingEnd => tree.end((start < end).then_some(end)),
            Event::Alias(id) => {
                if let Some(name) = name(id) {
                    tree.alias(name, span);
                }
            }
            Event::DocumentEnd => break,
            _ => {}
        }
    }
    Ok(if tree.nodes.is_empty() { None } else { Some(tree) })
}

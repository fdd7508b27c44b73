//! Edits: operations lowered to the fewest bytes of text that do them.
//!
//! [`lower`] turns [`Operation`]s on a document into [`TextEdit`]s, [`apply`] writes these into the
//! text, and [`verify`] compares what came out with what was meant. Everything outside the edits stays
//! as it is: comments, quotes, order, indentation, line breaks.

mod block;
mod elements;
mod flow;
mod layout;
mod lines;
mod literal;
mod patch;
mod plan;
mod verify;

use std::fmt;

use crate::{Document, Operation, Span};

use layout::Layout;
use plan::Plan;

pub use literal::yaml_string;
pub use patch::lower_to_patch;
pub use verify::verify;

/// Bytes of the text, and what stands there afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    pub span: Span,
    pub text: String,
}

/// Why a document isn't edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The file's text isn't byte for byte what was read.
    NotVerbatim,
    /// The place has an anchor, or came through an alias or a merge key: other places would change too.
    Shared,
    /// The operation's place isn't there.
    Missing,
    /// A key was to be written below something that isn't a mapping.
    NotMapping,
    /// An item was to be added to something that isn't a sequence.
    NotSequence,
    /// Two operations want different things of one place.
    Conflict,
    /// The text is written in a way that isn't edited.
    Layout(&'static str),
    /// Edits overlap, or lie outside the text.
    Overlap,
    /// What came out isn't what was meant.
    Unproved(String),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            EditError::NotVerbatim => "the file isn't plain UTF-8: convert it first",
            EditError::Shared => {
                "the value is shared by an anchor, an alias or a merge key: other places would change too"
            }
            EditError::Missing => "the place to change isn't there",
            EditError::NotMapping => "a key would have to stand below something that isn't a mapping",
            EditError::NotSequence => "an item would have to be added to something that isn't a list",
            EditError::Conflict => "another fix wants something else of the same place",
            EditError::Layout(what) => {
                return write!(f, "the text is written in a way that isn't edited: {what}");
            }
            EditError::Overlap => "edits overlap",
            EditError::Unproved(what) => return write!(f, "the edited text doesn't read as meant: {what}"),
        })
    }
}

impl std::error::Error for EditError {}

/// The text edits that do the operations, sorted and without overlaps. Several operations compose:
/// two keys below one absent parent make one parent with both, and an item that two add is added once.
///
/// In text that is written strangely (a comment that a block scalar would swallow, line breaks of
/// Unicode) an edit can come out otherwise than meant: who writes it [`verify`]s it first.
pub fn lower(document: &Document, operations: &[Operation]) -> Result<Vec<TextEdit>, EditError> {
    if !document.file().is_verbatim() {
        return Err(EditError::NotVerbatim);
    }
    let plan = Plan::new(document, operations)?;
    let layout = Layout::of(document);
    let mut edits = Edits::default();
    // Children have higher numbers than their parents: of two insertions at one place, such as the end
    // of a line that ends both, the inner one is first.
    for node in plan.nodes().into_iter().rev() {
        if let Some(value) = plan.replaced(node) {
            if layout.is_in_flow(node) {
                flow::replace(&layout, node, value, &mut edits)?;
            } else {
                block::replace(&layout, node, value, &mut edits)?;
            }
        }
        if let Some(changes) = plan.collection(node) {
            if layout.is_flow(node) {
                flow::change(&layout, node, changes, &mut edits)?;
            } else {
                block::change(&layout, node, changes, &mut edits)?;
            }
        }
    }
    edits.finish()
}

/// The text with the edits written into it.
pub fn apply(text: &str, edits: &[TextEdit]) -> Result<String, EditError> {
    let mut out = String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut done = 0;
    for edit in edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        if end < start {
            return Err(EditError::Overlap);
        }
        out.push_str(text.get(done..start).ok_or(EditError::Overlap)?);
        out.push_str(&edit.text);
        done = end;
    }
    out.push_str(text.get(done..).ok_or(EditError::Overlap)?);
    Ok(out)
}

/// Edits on their way, in the order in which insertions at one place are to stand.
#[derive(Default)]
struct Edits(Vec<(usize, usize, String)>);

impl Edits {
    fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at, at, text);
    }

    fn delete(&mut self, start: usize, end: usize) {
        if start < end {
            self.replace(start, end, "");
        }
    }

    fn replace(&mut self, start: usize, end: usize, text: impl Into<String>) {
        self.0.push((start, end, text.into()));
    }

    fn finish(mut self) -> Result<Vec<TextEdit>, EditError> {
        // Insertions come before what is replaced from the same place on; the sort is stable.
        self.0.sort_by_key(|&(start, end, _)| (start, end > start));
        let mut out: Vec<TextEdit> = Vec::with_capacity(self.0.len());
        for (start, end, text) in self.0 {
            let span = Span {
                start: u32::try_from(start).map_err(|_| EditError::Overlap)?,
                end: u32::try_from(end).map_err(|_| EditError::Overlap)?,
            };
            match out.last_mut() {
                Some(last) if last.span == span && last.text == text && start < end => {}
                Some(last) if span.start < last.span.end => return Err(EditError::Overlap),
                Some(last) if span.start == last.span.end => {
                    last.span.end = span.end;
                    last.text.push_str(&text);
                }
                _ => out.push(TextEdit { span, text }),
            }
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests;

//! One file with operations applied to its documents.

use std::collections::BTreeMap;
use std::sync::Arc;

use plimsoll_doc::{
    Action, Document, EditError, Entry, Limits, Operation, SourceFile, apply, lower, parse, verify,
};

/// A file and its documents.
pub(crate) struct Source {
    pub file: Arc<SourceFile>,
    entries: Vec<Entry>,
    /// Entries by the first byte of their document.
    by_start: BTreeMap<u32, usize>,
}

/// Operations by the document that they change, known by its first byte.
pub(crate) type ByDocument<'f> = BTreeMap<u32, Vec<&'f Operation>>;

/// An edited file that reads as its operations mean it to.
pub(crate) struct Edited {
    pub text: String,
    /// First byte of each document, by its first byte in the edited text.
    pub documents: BTreeMap<u32, u32>,
}

impl Source {
    pub fn read(file: &Arc<SourceFile>) -> Self {
        let entries = parse(file, &Limits::default());
        let starts = entries.iter().enumerate();
        let by_start =
            starts.filter_map(|(index, entry)| Some((entry.as_ref().ok()?.span().start, index))).collect();
        Source { file: Arc::clone(file), entries, by_start }
    }

    fn document(&self, start: u32) -> Option<&Document> {
        self.entries.get(*self.by_start.get(&start)?)?.as_ref().ok()
    }

    /// Whether an item is removed from a list of a document, so that those behind it move up.
    pub fn moves_items(&self, start: u32, operations: &[&Operation]) -> bool {
        self.document(start).is_some_and(|document| {
            operations.iter().any(|operation| {
                operation.action == Action::Remove
                    && operation.anchor_in(document).is_some_and(|value| value.index().is_some())
            })
        })
    }

    /// Whether the name or the namespace of an object of a document is written.
    pub fn renames(&self, start: u32, operations: &[&Operation]) -> bool {
        self.document(start).is_some_and(|document| {
            operations.iter().filter_map(|operation| operation.anchor_in(document)).any(|value| {
                matches!(value.key(), Some("name" | "namespace"))
                    && value.parent().is_some_and(|parent| parent.key() == Some("metadata"))
            })
        })
    }

    /// Those of several fixes of one document that can't be written after those before them, and why.
    pub fn misfits(&self, start: u32, fixes: &[(usize, &[Operation])]) -> Vec<(usize, EditError)> {
        let Some(document) = self.document(start) else {
            return fixes.iter().map(|(index, _)| (*index, EditError::Missing)).collect();
        };
        let mut fitting = Vec::new();
        let mut misfits = Vec::new();
        for (index, operations) in fixes {
            let before = fitting.len();
            fitting.extend_from_slice(operations);
            if let Err(error) = lower(document, &fitting) {
                fitting.truncate(before);
                misfits.push((*index, error));
            }
        }
        misfits
    }

    /// Applies operations, parses what comes out, and compares every document with what was meant.
    pub fn edit(&self, operations: &ByDocument<'_>) -> Result<Edited, EditError> {
        let mut edits = Vec::new();
        let mut owned: BTreeMap<u32, Vec<Operation>> = BTreeMap::new();
        for (start, operations) in operations {
            let document = self.document(*start).ok_or(EditError::Missing)?;
            let list = owned.entry(*start).or_default();
            for operation in operations {
                if !list.contains(operation) {
                    list.push((*operation).clone());
                }
            }
            edits.extend(lower(document, list)?);
        }
        let text = apply(self.file.text(), &edits)?;
        let file = Arc::new(SourceFile::new(self.file.name(), text.clone().into_bytes()));
        let entries = parse(&file, &Limits::default());
        if entries.len() != self.entries.len() {
            return Err(EditError::Unproved("the file has another number of documents".to_owned()));
        }
        let mut documents = BTreeMap::new();
        for (before, after) in self.entries.iter().zip(&entries) {
            match (before, after) {
                (Ok(before), Ok(after)) => {
                    let start = before.span().start;
                    verify(before, owned.get(&start).map_or(&[], Vec::as_slice), after)?;
                    documents.insert(after.span().start, start);
                }
                (Err(_), Err(_)) => {}
                (_, Err(error)) => return Err(EditError::Unproved(error.to_string())),
                (Err(_), Ok(_)) => return Err(EditError::Unproved("a broken document changed".to_owned())),
            }
        }
        Ok(Edited { text, documents })
    }
}

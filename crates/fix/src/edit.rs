//! Operations that come from elsewhere than findings.

use std::sync::Arc;

use plimsoll_doc::{EditError, Operation, SourceFile};

use crate::lowered::{ByDocument, Source};

/// The text of a file with operations applied, each with the first byte of its document. It has been parsed again
/// and reads as the operations mean it to, and so does every other document of the file.
pub fn edit(file: &Arc<SourceFile>, operations: &[(u32, Operation)]) -> Result<String, EditError> {
    let mut by_document = ByDocument::new();
    for (start, operation) in operations {
        by_document.entry(*start).or_default().push(operation);
    }
    Ok(Source::read(file).edit(&by_document)?.text)
}

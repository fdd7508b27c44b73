//! Texts that were read already: a document that stands in several files of a scan is read once.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::FixedState;

use crate::source::BOM;
use crate::{Document, SourceFile, Span};

/// Shorter documents are read about as fast as they are found here.
const SHORT: usize = 1 << 10;

/// So many places of a text are looked at before it is compared.
const SAMPLES: usize = 16;

/// Documents of the direct parser, by what tells most texts apart. Of two texts with the same print only one is kept,
/// so nobody can make long searches.
#[derive(Debug, Default)]
pub(crate) struct Seen(Mutex<HashMap<u64, Document>>);

impl Seen {
    /// The document that stands at a place of a file, if its text was read before.
    pub fn find(&self, file: &Arc<SourceFile>, place: Span) -> Option<Document> {
        let text = text(file, place)?;
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&print(text))?.clone();
        let is_same = self::text(&known.file, known.span) == Some(text);
        is_same.then(|| Document { file: Arc::clone(file), span: place, base: place.start, ..known })
    }

    /// Keeps a document for others of the same text.
    pub fn keep(&self, document: &Document) {
        if let Some(text) = text(&document.file, document.span) {
            let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            seen.entry(print(text)).or_insert_with(|| document.clone());
        }
    }
}

/// The text of a document that is worth being kept. One with a byte-order mark isn't: what that means depends on
/// where it stands.
fn text(file: &SourceFile, place: Span) -> Option<&[u8]> {
    let text = file.text().as_bytes().get(place.start as usize..place.end as usize)?;
    (text.len() >= SHORT && !text.starts_with(BOM)).then_some(text)
}

/// The length of a text, and parts of it from beginning to end.
fn print(text: &[u8]) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    hasher.write_usize(text.len());
    for sample in 0..SAMPLES {
        let at = (text.len() - 8) * sample / (SAMPLES - 1);
        let sample = text.get(at..).and_then(<[u8]>::first_chunk);
        hasher.write_u64(sample.copied().map_or(0, u64::from_le_bytes));
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, Reader, Value};

    fn read(reader: &Reader, text: &str) -> Vec<Document> {
        let file = Arc::new(SourceFile::new("test.yaml", text.into()));
        reader.parse(&file).into_iter().flatten().collect()
    }

    #[test]
    fn a_text_is_read_once() {
        let reader = Reader::new(Limits::default());
        let long = format!("kind: Long\ntext: {}\n", "word ".repeat(300));
        let other = long.replacen("word", "Word", 1);
        let short = "kind: Short\n";
        let first = read(&reader, &format!("{long}---\n{short}"));
        let second = read(&reader, &format!("{short}---\n{other}---\n{long}"));
        assert!(Arc::ptr_eq(&first[0].nodes, &second[2].nodes), "the same text");
        assert!(!Arc::ptr_eq(&first[0].nodes, &second[1].nodes), "another text");
        assert!(!Arc::ptr_eq(&first[1].nodes, &second[0].nodes), "a short text");
        let place = |document: &Document| {
            let kind = document.root().get("kind").map(Value::span);
            kind.map(|span| document.file().position(span.start).line)
        };
        assert_eq!([&first[0], &second[1], &second[2]].map(place), [Some(1), Some(3), Some(6)]);
        // A byte-order mark is none but at the beginning of a file.
        let marked = format!("\u{feff}{long}");
        let (first, second) = (read(&reader, &marked), read(&reader, &format!("{short}---\n{marked}")));
        assert!(!Arc::ptr_eq(&first[0].nodes, &second[1].nodes), "a mark in the midst of a file");
    }
}

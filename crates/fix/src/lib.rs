//! Findings become proven edits of files.
//!
//! [`fix`] applies the fixes of findings, and proves each: the edited text is parsed again and checked
//! again, and what isn't as it should be is not written. [`diff`] shows a change, [`write`] writes it.

mod diff;
mod edit;
mod known;
mod lowered;
mod prove;
mod write;

use std::collections::BTreeMap;
use std::sync::Arc;

use plimsoll_doc::SourceFile;
use plimsoll_engine::{Finding, Safety};

use crate::lowered::Source;
use crate::prove::Prover;

pub use diff::{diff, is_patchable};
pub use edit::edit;
pub use write::{WriteError, write};

/// What may be written.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Fixes that can change how a workload behaves, too.
    pub allow_unsafe: bool,
}

/// What would be written to one file. Findings are numbers of those that were given to [`fix`].
#[derive(Debug)]
pub struct Change {
    pub file: Arc<SourceFile>,
    /// The whole new text; the file's own where nothing is applied.
    pub text: String,
    /// Findings whose fixes are in the text.
    pub applied: Vec<usize>,
    /// Findings that the text takes away as well, though their own fix isn't in it.
    pub mended: Vec<usize>,
    /// Findings whose fix isn't in the text, and why.
    pub refused: Vec<Refused>,
    /// Findings that have a fix which can change behaviour, where that isn't allowed.
    pub left_unsafe: Vec<usize>,
}

/// A finding whose fix is not written, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub finding: usize,
    /// One plain line.
    pub reason: String,
}

/// Judges replaced files: given file names and new texts, all findings of the whole scan with these
/// texts in place; an error where something no longer parses. It is asked with nothing replaced first.
pub type Recheck<'c> = dyn FnMut(&[(&str, &str)]) -> Result<Vec<Box<Finding>>, String> + 'c;

impl Change {
    /// Whether there is anything to write.
    pub fn is_empty(&self) -> bool {
        self.applied.is_empty()
    }
}

/// Applies the fixes of the findings that have one, aren't waived and are allowed, and proves them. A
/// fix is proved when its finding is gone, no finding is new anywhere in the scan, and the documents
/// differ in what the fix says alone. Where a proof fails, the fixes that are to blame are looked for and
/// refused, and the others are kept.
///
/// The changes are sorted by file; a file without a finding to fix has none.
pub fn fix(findings: &[Box<Finding>], options: &Options, check: &mut Recheck<'_>) -> Vec<Change> {
    let mut sources: BTreeMap<&str, Source> = BTreeMap::new();
    let mut candidates = Vec::new();
    let mut left_unsafe = Vec::new();
    for (index, finding) in findings.iter().enumerate() {
        let Some(fix) = finding.fix.as_ref().filter(|_| finding.waived.is_none()) else { continue };
        let file = &finding.place.file;
        sources.entry(file.name()).or_insert_with(|| Source::read(file));
        if fix.safety == Safety::Unsafe && !options.allow_unsafe {
            left_unsafe.push(index);
        } else {
            candidates.push(index);
        }
    }
    // Those of one file and document are next to each other: so are those to blame for the same.
    candidates.sort_by_key(|index| {
        let place = findings.get(*index).map(|finding| &finding.place);
        place.map(|place| (place.file.name(), place.document, *index))
    });
    let mut prover = Prover::new(findings, &sources, check);
    prover.run(&candidates);
    let proof = prover.finish();

    let file_of = |index: &usize| findings.get(*index).map(|finding| finding.place.file.name());
    let mut texts = proof.texts;
    sources
        .iter()
        .map(|(name, source)| {
            let of_file = |list: &[usize]| {
                let mut list: Vec<usize> =
                    list.iter().copied().filter(|index| file_of(index) == Some(name)).collect();
                list.sort_unstable();
                list
            };
            let mut refused: Vec<Refused> = proof
                .refused
                .iter()
                .filter(|refused| file_of(&refused.finding) == Some(name))
                .cloned()
                .collect();
            refused.sort_by_key(|refused| refused.finding);
            Change {
                file: Arc::clone(&source.file),
                text: texts.remove(*name).unwrap_or_else(|| source.file.text().to_owned()),
                applied: of_file(&proof.applied),
                mended: of_file(&proof.mended),
                refused,
                left_unsafe: of_file(&left_unsafe),
            }
        })
        .collect()
}

//! Baselines: the findings that were known on a day, so that a run fails on new ones alone.

mod family;
mod file;

use std::collections::HashSet;

use crate::baseline::family::Whose;
use crate::{Finding, Fingerprint, Selected};

pub use file::BaselineError;

/// The findings that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Sorted, each once.
    entries: Vec<Entry>,
}

/// A known finding. Its fingerprint is what counts; the rest is for people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    control: String,
    /// `Deployment shop/web`; empty for a document that is no object.
    object: String,
    path: String,
    fingerprint: Fingerprint,
}

/// What a baseline makes of findings.
#[derive(Debug, Default)]
pub struct Split {
    /// What the baseline doesn't know, and all that is waived, in their order.
    pub new: Vec<Box<Finding>>,
    /// What it knows, in their order.
    pub known: Vec<Box<Finding>>,
    /// Entries whose finding is gone.
    pub mended: usize,
}

/// What is left of a baseline.
#[derive(Debug)]
pub struct Pruned {
    pub baseline: Baseline,
    /// Entries that were dropped: their finding is gone.
    pub mended: usize,
    /// Entries that stay since nobody looked: their control did not run, or not where their finding is.
    pub unseen: usize,
}

/// Whether the finding of an entry is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Found,
    Mended,
    Unseen,
}

impl Baseline {
    /// The findings that are not waived. A waived one has its own end, and counts again then.
    pub fn of(findings: &[Box<Finding>]) -> Baseline {
        let open = findings.iter().filter(|finding| finding.waived.is_none());
        Baseline::new(open.map(|finding| Entry::of(finding)).collect())
    }

    fn new(mut entries: Vec<Entry>) -> Baseline {
        entries.sort();
        let mut seen = HashSet::new();
        entries.retain(|entry| seen.insert(entry.fingerprint));
        Baseline { entries }
    }

    /// Number of findings that are known.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Tells new findings from known ones. `ran` are the controls of the run, and `hidden` what they found where
    /// they aren't wanted: an entry of either kind is not taken for mended.
    pub fn split(&self, findings: Vec<Box<Finding>>, hidden: &[Box<Finding>], ran: &[Selected]) -> Split {
        let matched = family::matches(&self.entries, &findings, hidden);
        let fates = self.fates(&matched.entries, ran);
        let mended = fates.iter().filter(|fate| **fate == Fate::Mended).count();
        let mut split = Split { mended, ..Split::default() };
        for (finding, is_known) in findings.into_iter().zip(matched.findings) {
            let is_known = is_known && finding.waived.is_none();
            if is_known { split.known.push(finding) } else { split.new.push(finding) }
        }
        split
    }

    /// The baseline without what was mended, and nothing added. See [`Baseline::split`].
    pub fn prune(&self, findings: &[Box<Finding>], hidden: &[Box<Finding>], ran: &[Selected]) -> Pruned {
        let matched = family::matches(&self.entries, findings, hidden);
        let fates = self.fates(&matched.entries, ran);
        let count = |of: Fate| fates.iter().filter(|fate| **fate == of).count();
        let kept = self.entries.iter().zip(&fates).filter(|(_, fate)| **fate != Fate::Mended);
        Pruned {
            baseline: Baseline { entries: kept.map(|(entry, _)| entry.clone()).collect() },
            mended: count(Fate::Mended),
            unseen: count(Fate::Unseen),
        }
    }

    /// What became of each entry, by the finding that it has.
    fn fates(&self, found: &[Option<Whose>], ran: &[Selected]) -> Vec<Fate> {
        let ran: HashSet<&'static str> = ran.iter().map(|selected| selected.control.id).collect();
        let fate = |(entry, found): (&Entry, &Option<Whose>)| match found {
            Some(Whose::Shown(_)) => Fate::Found,
            None if ran.contains(entry.control.as_str()) => Fate::Mended,
            Some(Whose::Hidden) | None => Fate::Unseen,
        };
        self.entries.iter().zip(found).map(fate).collect()
    }
}

impl Entry {
    fn of(finding: &Finding) -> Entry {
        Entry {
            control: finding.control.id.to_owned(),
            object: finding.object.as_ref().map_or(String::new(), |object| object.to_string()),
            path: finding.path.to_string(),
            fingerprint: finding.fingerprint,
        }
    }
}

#[cfg(test)]
mod tests;

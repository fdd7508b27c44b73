//! Baselines: the findings that were known on a day, so that a run fails on new ones alone.

mod family;
mod file;

use std::collections::HashSet;

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

    /// Tells new findings from known ones. `ran` are the controls of the run: an entry of another one
    /// is not taken for mended.
    pub fn split(&self, findings: Vec<Box<Finding>>, ran: &[Selected]) -> Split {
        let matched = family::matches(&self.entries, &findings);
        let mended = self.mended(&matched.entries, ran).filter(|mended| *mended).count();
        let mut split = Split { mended, ..Split::default() };
        for (finding, is_known) in findings.into_iter().zip(matched.findings) {
            let is_known = is_known && finding.waived.is_none();
            if is_known { split.known.push(finding) } else { split.new.push(finding) }
        }
        split
    }

    /// The baseline without what was mended. Nothing is added, and entries of controls that are not
    /// among those that `ran` stay.
    pub fn prune(&self, findings: &[Box<Finding>], ran: &[Selected]) -> Baseline {
        let matched = family::matches(&self.entries, findings);
        let mended = self.mended(&matched.entries, ran);
        let kept = self.entries.iter().zip(mended).filter(|(_, mended)| !mended).map(|(entry, _)| entry);
        Baseline { entries: kept.cloned().collect() }
    }

    /// Of each entry, whether it was looked for and not found.
    fn mended<'b>(&'b self, found: &'b [bool], ran: &[Selected]) -> impl Iterator<Item = bool> + use<'b> {
        let ran: HashSet<&'static str> = ran.iter().map(|selected| selected.control.id).collect();
        self.entries
            .iter()
            .zip(found)
            .map(move |(entry, found)| !found && ran.contains(entry.control.as_str()))
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

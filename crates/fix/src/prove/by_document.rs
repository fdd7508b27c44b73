//! The search for fixes that don't hold, in all documents at once.
//!
//! A check takes everything into account and so takes long; most fixes show what they do in their own document. So
//! every check tries some fixes of each document, and what is wrong in a document is put down to those of its own:
//! as many checks are needed as for the document that needs most of them, and not for all of them in turn.

use std::collections::{BTreeMap, BTreeSet};

use super::{Failure, Outcome, Prover, REMAINS, apart, is_new};

/// The fixes of one document.
#[derive(Default)]
struct Group {
    /// Those that hold, as far as their document shows.
    kept: Vec<usize>,
    /// Sets that are still to be tried, the next one last.
    open: Vec<Vec<usize>>,
    /// Those that don't hold, and why.
    refused: Vec<(usize, String)>,
}

/// A document, by its file and its first byte.
type Place = (String, u32);

impl Prover<'_, '_> {
    /// Adds the fixes that can be proved to what is applied. Where something is wrong in a document that has no fix
    /// left to blame, others must have to do with it: then what is neither proved nor refused is given back.
    pub(super) fn solve_by_document(&mut self, candidates: &[usize]) -> Option<Vec<usize>> {
        let mut groups: BTreeMap<Place, Group> = BTreeMap::new();
        for index in candidates {
            let Some(place) = self.place(*index) else { continue };
            let group = groups.entry(place).or_default();
            match group.open.last_mut() {
                Some(set) => set.push(*index),
                None => group.open.push(vec![*index]),
            }
        }
        let mut impossible = Vec::new();
        // Documents that suffer from others.
        let mut victims: BTreeSet<Place> = BTreeSet::new();
        loop {
            let set: Vec<usize> = groups.values().flat_map(Group::tried).collect();
            let is_last = groups.values().all(|group| group.open.len() < 2);
            let blame = match self.outcome(&set) {
                Ok(outcome) => {
                    let blame = self.blame(&outcome);
                    if blame.is_empty() && is_last {
                        let refused = groups.into_values().flat_map(|group| group.refused);
                        refused.chain(impossible).for_each(|(index, reason)| self.refuse(index, &reason));
                        self.take(set, outcome);
                        return None;
                    }
                    blame
                }
                Err(Failure { impossible: misfits, .. }) if !misfits.is_empty() => {
                    let numbers: BTreeSet<usize> = misfits.iter().map(|refused| refused.finding).collect();
                    groups.values_mut().for_each(|group| group.forget(&numbers));
                    impossible.extend(misfits.into_iter().map(|refused| (refused.finding, refused.reason)));
                    continue;
                }
                // There is no telling what is to blame.
                Err(failure) if failure.blamed.is_empty() => break,
                Err(failure) => self.blame_for(&failure),
            };
            let has_none_left = |place: &&Place| groups.get(*place).is_none_or(|group| group.open.is_empty());
            victims.extend(blame.keys().filter(has_none_left).cloned());
            if !victims.is_empty() {
                break;
            }
            for (place, group) in &mut groups {
                match blame.get(place) {
                    Some(fault) => group.narrow(fault),
                    None => group.kept.extend(group.open.pop().unwrap_or_default()),
                }
            }
        }
        let mut settled = impossible;
        for (_, group) in groups.into_iter().filter(|(place, _)| !victims.contains(place)) {
            settled.extend(group.refused);
        }
        settled.iter().for_each(|(index, reason)| self.refuse(*index, reason));
        let settled: BTreeSet<usize> = settled.into_iter().map(|(index, _)| index).collect();
        Some(candidates.iter().copied().filter(|index| !settled.contains(index)).collect())
    }

    fn place(&self, index: usize) -> Option<Place> {
        self.findings.get(index).map(|finding| (finding.place.file.name().to_owned(), finding.place.document))
    }

    /// What is wrong in which documents.
    fn blame(&self, outcome: &Outcome) -> BTreeMap<Place, Fault> {
        let mut blame: BTreeMap<Place, Fault> = BTreeMap::new();
        for index in &outcome.remaining {
            if let Some(place) = self.place(*index) {
                let fault = blame.entry(place).or_insert_with(|| Fault::new(REMAINS.to_owned()));
                fault.fixes.insert(*index);
            }
        }
        for key in &outcome.new {
            let place = (key.file.clone(), key.document);
            blame.entry(place).or_insert_with(|| Fault::new(is_new(key)));
        }
        blame
    }

    /// The same of a failure that has fixes to blame.
    fn blame_for(&self, failure: &Failure) -> BTreeMap<Place, Fault> {
        let places = failure.blamed.iter().filter_map(|index| self.place(*index));
        places.map(|place| (place, Fault::new(failure.reason.clone()))).collect()
    }
}

/// What is wrong in a document.
struct Fault {
    reason: String,
    /// Fixes that are to blame; empty where there is no telling.
    fixes: BTreeSet<usize>,
}

impl Fault {
    fn new(reason: String) -> Fault {
        Fault { reason, fixes: BTreeSet::new() }
    }
}

impl Group {
    /// What is tried next.
    fn tried(&self) -> impl Iterator<Item = usize> {
        self.kept.iter().chain(self.open.last().into_iter().flatten()).copied()
    }

    /// Leaves fixes out.
    fn forget(&mut self, numbers: &BTreeSet<usize>) {
        self.open.iter_mut().for_each(|set| set.retain(|index| !numbers.contains(index)));
        self.kept.retain(|index| !numbers.contains(index));
        self.open.retain(|set| !set.is_empty());
    }

    /// Takes the set that was tried apart; a single fix is refused.
    fn narrow(&mut self, fault: &Fault) {
        let Some(set) = self.open.pop() else { return };
        if let [only] = set.as_slice() {
            self.refused.push((*only, fault.reason.clone()));
            return;
        }
        self.open.extend(apart(set, &fault.fixes));
    }
}

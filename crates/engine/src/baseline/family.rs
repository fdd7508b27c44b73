//! Twins: findings that differ in nothing but their number.
//!
//! Their fingerprints follow one another, in the order of the findings. When the first of two twins
//! is mended the second takes its number, so that twins are matched by how many there are.

use std::collections::{BTreeMap, HashMap};

use crate::Finding;
use crate::baseline::Entry;

/// Fingerprints that are nearer to each other than this belong to twins: by chance no two of a
/// 128-bit hash ever are.
const NEAR: u128 = 1 << 20;

/// What belongs to what.
pub(super) struct Matches {
    /// Of each entry, whose finding it has.
    pub entries: Vec<Option<Whose>>,
    /// Of each finding that is shown, whether it has an entry.
    pub findings: Vec<bool>,
}

/// A finding of one of two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// Its number.
    Shown(usize),
    Hidden,
}

/// Gives every finding an entry of its own, as far as there are: first its own, then a twin's, and where the
/// fingerprint comes from an item that may have changed, one of the same control and place. A waived finding
/// keeps its own entry and takes none of a twin's.
pub(super) fn matches(entries: &[Entry], shown: &[Box<Finding>], hidden: &[Box<Finding>]) -> Matches {
    let mut families = Families {
        entries,
        free: entries.iter().enumerate().map(|(index, entry)| (entry.fingerprint.0, index)).collect(),
        matches: Matches { entries: vec![None; entries.len()], findings: vec![false; shown.len()] },
    };
    let shown = (0..).map(Whose::Shown).zip(shown.iter().map(|finding| &**finding));
    let (open, waived): (Vec<_>, Vec<_>) = shown.partition(|(_, finding)| finding.waived.is_none());
    let hidden = hidden.iter().map(|finding| (Whose::Hidden, &**finding)).collect();
    let open = families.give(open, Families::own);
    let hidden = families.give(hidden, Families::own);
    let open = families.give(open, Families::twin);
    let waived = families.give(waived, Families::own);
    let hidden = families.give(hidden, Families::twin);
    let left = [open, hidden, waived].into_iter().flatten();
    let changed: Vec<_> = left.filter(|(_, finding)| finding.is_in_unnamed).collect();
    if !changed.is_empty() {
        let places = families.places();
        families.give(changed, |families, finding| {
            let entry = Entry::of(finding);
            let keys = places.get(&(entry.control.as_str(), entry.object.as_str(), entry.path.as_str()));
            keys?.iter().copied().find(|key| families.free.contains_key(key))
        });
    }
    families.matches
}

struct Families<'e> {
    entries: &'e [Entry],
    /// Entries that have no finding yet, by fingerprint.
    free: BTreeMap<u128, usize>,
    matches: Matches,
}

impl<'e> Families<'e> {
    /// The fingerprints of the entries that have no finding, by what else is known of them.
    fn places(&self) -> HashMap<(&'e str, &'e str, &'e str), Vec<u128>> {
        let mut places: HashMap<_, Vec<u128>> = HashMap::new();
        for (key, entry) in
            self.free.iter().filter_map(|(key, index)| Some((*key, self.entries.get(*index)?)))
        {
            let place = (entry.control.as_str(), entry.object.as_str(), entry.path.as_str());
            places.entry(place).or_default().push(key);
        }
        places
    }

    /// Gives findings the entries that are chosen for them; those that get none are left.
    fn give<'f>(
        &mut self,
        findings: Vec<(Whose, &'f Finding)>,
        choose: impl Fn(&Self, &Finding) -> Option<u128>,
    ) -> Vec<(Whose, &'f Finding)> {
        let mut left = Vec::new();
        for (whose, finding) in findings {
            let Some(index) = choose(self, finding).and_then(|key| self.free.remove(&key)) else {
                left.push((whose, finding));
                continue;
            };
            if let Some(slot) = self.matches.entries.get_mut(index) {
                *slot = Some(whose);
            }
            if let Whose::Shown(number) = whose
                && let Some(slot) = self.matches.findings.get_mut(number)
            {
                *slot = true;
            }
        }
        left
    }

    fn own(&self, finding: &Finding) -> Option<u128> {
        Some(finding.fingerprint.0)
    }

    fn twin(&self, finding: &Finding) -> Option<u128> {
        let key = finding.fingerprint.0;
        let near = key.saturating_sub(NEAR)..=key.saturating_add(NEAR);
        let is_twin = |index: usize| self.entries.get(index).is_some_and(|e| e.control == finding.control.id);
        self.free.range(near).find(|(_, index)| is_twin(**index)).map(|(key, _)| *key)
    }
}

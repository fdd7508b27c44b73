//! Which fixes hold what they promise.

mod by_document;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use plimsoll_doc::{Action, EditError, Literal, Operation};
use plimsoll_engine::Finding;

use crate::known::{Count, Key, Places, count, in_objects};
use crate::lowered::{ByDocument, Source};
use crate::{Recheck, Refused};

/// What is proved.
#[derive(Default)]
pub(crate) struct Proof {
    pub applied: Vec<usize>,
    pub mended: Vec<usize>,
    pub refused: Vec<Refused>,
    /// New texts by file name.
    pub texts: BTreeMap<String, String>,
}

/// Tries sets of fixes, and keeps what is proved.
pub(crate) struct Prover<'f, 'c> {
    findings: &'f [Box<Finding>],
    sources: &'f BTreeMap<&'f str, Source>,
    check: &'f mut Recheck<'c>,
    /// All findings of the scan before anything is changed.
    before: Vec<Box<Finding>>,
    proof: Proof,
}

/// Why a set of fixes isn't proved.
struct Failure {
    reason: String,
    /// Fixes that are likely to blame; empty where there is no telling.
    blamed: BTreeSet<usize>,
    /// Fixes that can't be written, and why.
    impossible: Vec<Refused>,
}

/// What a set of fixes comes to.
struct Outcome {
    texts: BTreeMap<String, String>,
    places: Places,
    before: HashMap<Key, Count>,
    after: HashMap<Key, Count>,
    /// The fixes, by the finding that each is to take away.
    fixed: HashMap<Key, Vec<usize>>,
    /// Fixes whose finding would still be there.
    remaining: BTreeSet<usize>,
    /// What would be found that wasn't, sorted.
    new: Vec<Key>,
}

/// Takes a set of fixes that isn't proved apart: what isn't to blame comes last, to be tried first, else the first
/// half does.
fn apart(mut set: Vec<usize>, blamed: &BTreeSet<usize>) -> [Vec<usize>; 2] {
    let (blamed, rest): (Vec<usize>, Vec<usize>) = set.iter().partition(|index| blamed.contains(index));
    if blamed.is_empty() || rest.is_empty() {
        let later = set.split_off(set.len() / 2);
        return [later, set];
    }
    [blamed, rest]
}

/// Leaves out items for lists that `ALL` is added to: it stands for each of them. Whether it does is proved, as
/// everything is: the finding that the item was for has to be gone.
fn without_needless(operations: &mut Vec<&Operation>) {
    let is_all = |action: &Action| *action == Action::Append(Literal::String("ALL".to_owned()));
    let all: Vec<_> = operations.iter().copied().filter(|operation| is_all(&operation.action)).collect();
    operations.retain(|operation| {
        let is_of_one_list =
            |all: &&Operation| all.anchor == operation.anchor && all.absent == operation.absent;
        is_all(&operation.action)
            || !matches!(operation.action, Action::Append(_))
            || !all.iter().any(is_of_one_list)
    });
}

const REMAINS: &str = "the finding would still be there";

fn is_new(first: &Key) -> String {
    let path = if first.path.is_empty() { "the object" } else { &first.path };
    format!("there would be a new finding: {} at {path}", first.control)
}

impl<'f, 'c> Prover<'f, 'c> {
    pub fn new(
        findings: &'f [Box<Finding>],
        sources: &'f BTreeMap<&'f str, Source>,
        check: &'f mut Recheck<'c>,
    ) -> Self {
        Prover { findings, sources, check, before: Vec::new(), proof: Proof::default() }
    }

    pub fn run(&mut self, candidates: &[usize]) {
        if candidates.is_empty() {
            return;
        }
        match (self.check)(&[]) {
            Ok(before) => self.before = before,
            Err(reason) => {
                let reason = format!("the scan can't be repeated: {reason}");
                candidates.iter().for_each(|index| self.refuse(*index, &reason));
                return;
            }
        }
        if let Some(unsolved) = self.solve_by_document(candidates) {
            self.solve(unsolved);
        }
    }

    pub fn finish(self) -> Proof {
        let mut proof = self.proof;
        // What another fix took away needs none of its own.
        proof.refused.retain(|refused| !proof.mended.contains(&refused.finding));
        proof
    }

    fn refuse(&mut self, finding: usize, reason: &str) {
        self.proof.refused.push(Refused { finding, reason: reason.to_owned() });
    }

    /// Adds as many fixes of a set to what is applied as can be proved: all at once, else the parts that
    /// aren't to blame first, else each half.
    fn solve(&mut self, set: Vec<usize>) {
        let mut open = vec![set];
        while let Some(set) = open.pop() {
            if set.is_empty() {
                continue;
            }
            let all: Vec<usize> = self.proof.applied.iter().chain(&set).copied().collect();
            let Err(failure) = self.prove(all) else { continue };
            let mut impossible = failure.impossible;
            impossible.retain(|refused| set.contains(&refused.finding));
            if !impossible.is_empty() {
                let numbers: HashSet<usize> = impossible.iter().map(|refused| refused.finding).collect();
                open.push(set.into_iter().filter(|index| !numbers.contains(index)).collect());
                self.proof.refused.extend(impossible);
                continue;
            }
            if let [only] = set.as_slice() {
                self.refuse(*only, &failure.reason);
                continue;
            }
            open.extend(apart(set, &failure.blamed));
        }
    }

    /// Applies a set of fixes, and takes it for proved where it holds what it promises.
    fn prove(&mut self, set: Vec<usize>) -> Result<(), Failure> {
        let outcome = self.outcome(&set)?;
        if !outcome.remaining.is_empty() {
            return Err(Failure::new(REMAINS.to_owned(), outcome.remaining));
        }
        if let Some(first) = outcome.new.first() {
            return Err(Failure::new(is_new(first), self.near(&set, &outcome.new)));
        }
        self.take(set, outcome);
        Ok(())
    }

    /// Takes a set of fixes for proved.
    fn take(&mut self, set: Vec<usize>, outcome: Outcome) {
        let Outcome { before, after, fixed, places, texts, .. } = outcome;
        let mut gone: HashMap<&Key, usize> = before
            .iter()
            .map(|(key, had)| (key, had.all - after.get(key).copied().unwrap_or_default().all.min(had.all)))
            .collect();
        for (key, indices) in &fixed {
            if let Some(count) = gone.get_mut(key) {
                *count = count.saturating_sub(indices.len());
            }
        }
        let mut mended = Vec::new();
        let fixes: HashSet<usize> = set.iter().copied().collect();
        for (index, finding) in self.findings.iter().enumerate().filter(|(index, _)| !fixes.contains(index)) {
            if let Some(count) = gone.get_mut(&places.before(finding)).filter(|count| **count > 0) {
                *count -= 1;
                mended.push(index);
            }
        }
        self.proof.applied = set;
        self.proof.texts = texts;
        self.proof.mended = mended;
    }

    /// Applies a set of fixes, and checks what comes out.
    fn outcome(&mut self, set: &[usize]) -> Result<Outcome, Failure> {
        let (texts, places) = self.edit(set)?;
        let replaced: Vec<(&str, &str)> =
            texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let after = (self.check)(&replaced)
            .map_err(|reason| Failure::new(format!("the scan then fails: {reason}"), BTreeSet::new()))?;
        let before = count(&self.before, |finding| places.before(finding));
        let after = count(&after, |finding| places.after(finding));

        let mut fixed: HashMap<Key, Vec<usize>> = HashMap::new();
        for index in set {
            if let Some(finding) = self.findings.get(*index) {
                fixed.entry(places.before(finding)).or_default().push(*index);
            }
        }
        let mut remaining = BTreeSet::new();
        for (key, indices) in &fixed {
            let had = before.get(key).copied().unwrap_or_default().all;
            let has = after.get(key).copied().unwrap_or_default().all;
            if has > had.saturating_sub(indices.len()) {
                remaining.extend(indices);
            }
        }
        let had = |counts: &HashMap<Key, Count>, key: &Key| counts.get(key).copied().unwrap_or_default();
        let mut new: Vec<Key> = after
            .iter()
            .filter(|(key, count)| count.exceeds(had(&before, key)))
            .map(|(key, _)| key.clone())
            .collect();
        if !new.is_empty() {
            // A setting under another key takes what is found there along, unless that is what was to be mended.
            let (totals, totals_before) = (in_objects(&after), in_objects(&before));
            let to_mend: HashSet<Key> = fixed.keys().map(Key::anywhere).collect();
            new.retain(|key| {
                let key = key.anywhere();
                to_mend.contains(&key) || had(&totals, &key).exceeds(had(&totals_before, &key))
            });
        }
        new.sort();
        Ok(Outcome { texts, places, before, after, fixed, remaining, new })
    }

    /// The fixes of a set in the documents in which findings are new.
    fn near(&self, set: &[usize], new: &[Key]) -> BTreeSet<usize> {
        let documents: BTreeSet<(&str, u32)> =
            new.iter().map(|key| (key.file.as_str(), key.document)).collect();
        set.iter()
            .copied()
            .filter(|index| {
                let place = self.findings.get(*index).map(|finding| &finding.place);
                place.is_some_and(|place| documents.contains(&(place.file.name(), place.document)))
            })
            .collect()
    }

    /// The texts of the files that a set of fixes changes, each parsed and compared with what was meant.
    fn edit(&self, set: &[usize]) -> Result<(BTreeMap<String, String>, Places), Failure> {
        let mut files: BTreeMap<&str, ByDocument<'f>> = BTreeMap::new();
        for finding in set.iter().filter_map(|index| self.findings.get(*index)) {
            let operations = finding.fix.iter().flat_map(|fix| &fix.operations);
            let file = files.entry(finding.place.file.name()).or_default();
            file.entry(finding.place.document).or_default().extend(operations);
        }
        files.values_mut().flat_map(BTreeMap::values_mut).for_each(without_needless);
        let mut texts = BTreeMap::new();
        let mut places = Places::default();
        for (name, documents) in &files {
            let Some(source) = self.sources.get(name) else { continue };
            let edited = source.edit(documents).map_err(|error| self.unwritten(set, name, source, &error))?;
            for (start, operations) in documents {
                if source.moves_items(*start, operations) {
                    places.moved.insert(((*name).to_owned(), *start));
                }
                if source.renames(*start, operations) {
                    places.renamed.insert(((*name).to_owned(), *start));
                }
            }
            places.documents.insert((*name).to_owned(), edited.documents);
            texts.insert((*name).to_owned(), edited.text);
        }
        Ok((texts, places))
    }

    /// Why a file couldn't be edited: the fixes of the set that can't be written, alone or after those
    /// before them, else all fixes of that file.
    fn unwritten(&self, set: &[usize], file: &str, source: &Source, error: &EditError) -> Failure {
        let mut documents: BTreeMap<u32, Vec<(usize, &[Operation])>> = BTreeMap::new();
        for index in set {
            if let Some(finding) = self.findings.get(*index)
                && finding.place.file.name() == file
                && let Some(fix) = &finding.fix
            {
                documents.entry(finding.place.document).or_default().push((*index, &fix.operations));
            }
        }
        let misfits = documents.iter().flat_map(|(start, fixes)| source.misfits(*start, fixes));
        let impossible: Vec<Refused> =
            misfits.map(|(finding, error)| Refused { finding, reason: error.to_string() }).collect();
        let blamed = documents.values().flatten().map(|(index, _)| *index).collect();
        Failure { impossible, ..Failure::new(error.to_string(), blamed) }
    }
}

impl Failure {
    fn new(reason: String, blamed: BTreeSet<usize>) -> Self {
        Failure { reason, blamed, impossible: Vec::new() }
    }
}

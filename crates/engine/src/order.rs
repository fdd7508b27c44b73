//! The order of findings, which depends on nothing but what was found.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use plimsoll_doc::SourceFile;
use rayon::prelude::*;

use crate::findings::Found;
use crate::{Finding, Fingerprint};

/// So many findings are put in order by one thread.
const FEW: usize = 1024;

/// Where a finding is, and what has to be known of it to put all in order: findings stand all over the memory, and
/// aren't looked at once more for that.
#[derive(Clone, Copy)]
struct Key {
    file: u32,
    /// Its number in its list.
    number: u32,
    /// Place and control, in this order of weight.
    rank: u64,
    /// A short hash of its fingerprint.
    fingerprint: u64,
}

/// What was found by one thread in a row.
pub(crate) struct List {
    found: Vec<Found>,
    keys: Vec<Key>,
}

impl List {
    /// Notes where findings are, which the thread does that found them.
    pub fn new(found: Vec<Found>, files: &Files) -> List {
        let mut last = None;
        let key = |(number, Found { rank, finding }): (u32, &Found)| {
            let Finding { place, fingerprint, .. } = &**finding.as_ref()?;
            let address = Arc::as_ptr(&place.file).addr();
            let file =
                last.filter(|(of, _)| *of == address).map_or_else(|| files.rank(address), |(_, rank)| rank);
            last = Some((address, file));
            let rank = u64::from(place.span.start) << 32 | u64::from(*rank);
            Some(Key { file, number, rank, fingerprint: folded(*fingerprint) })
        };
        let keys = (0..).zip(&found).filter_map(key).collect();
        List { found, keys }
    }

    fn found(&self, at: u32) -> &Found {
        &self.found[self.keys[at as usize].number as usize]
    }
}

/// Where a finding stands: its list, and where in that.
type At = (u32, u32);

/// By place and control, then by what is said. What is alike keeps its order.
fn compare<'f>(a: (u64, At), b: (u64, At), found: impl Fn(At) -> &'f Found) -> Ordering {
    let words = |at| found(at).finding.as_ref().map(|finding| (&*finding.path, &*finding.message));
    a.0.cmp(&b.0).then_with(|| words(a.1).cmp(&words(b.1)).then_with(|| a.1.cmp(&b.1)))
}

/// A finding among those of its file.
#[derive(Clone, Copy, Default)]
struct Entry {
    /// Place and control.
    rank: u64,
    at: At,
}

/// All findings by file, place and control, those alike told apart.
pub(crate) fn sorted(lists: Vec<List>, files: &Files) -> Vec<Box<Finding>> {
    let count = lists.iter().map(|list| list.keys.len()).sum();
    let mut twins = Twins::of(count);
    // Where the findings of each file begin, and the next one of them is to stand.
    let mut next = vec![0; files.ranks.len() + 2];
    let place = |key: &Key| (key.file as usize).min(files.ranks.len());
    for key in lists.iter().flat_map(|list| &list.keys) {
        twins.see(key.fingerprint);
        next[place(key) + 1] += 1;
    }
    for at in 1..next.len() {
        next[at] += next[at - 1];
    }
    let mut order = vec![Entry::default(); count];
    for (number, list) in (0..).zip(&lists) {
        for (at, key) in (0..).zip(&list.keys) {
            let next = &mut next[place(key)];
            order[*next] = Entry { rank: key.rank, at: (number, at) };
            *next += 1;
        }
    }
    // Those of a file are few.
    let key = |(list, at): At| &lists[list as usize].keys[at as usize];
    let found = |(list, at): At| lists[list as usize].found(at);
    let is_same_file = |a: &Entry, b: &Entry| key(a.at).file == key(b.at).file;
    let compare = |a: &Entry, b: &Entry| compare((a.rank, a.at), (b.rank, b.at), found);
    let sort = |of_file: &mut [Entry]| match of_file.len() {
        ..=FEW => of_file.sort_unstable_by(compare),
        _ => of_file.par_sort_unstable_by(compare),
    };
    if count <= FEW {
        order.chunk_by_mut(is_same_file).for_each(sort);
    } else {
        order.par_chunk_by_mut(is_same_file).for_each(sort);
    }
    let later = twins.later(order.iter().map(|entry| key(entry.at).fingerprint));
    let mut all = taken(lists, &order);
    for (place, times) in later {
        if let Some(Finding { fingerprint, .. }) = all[place].as_deref_mut() {
            fingerprint.0 = fingerprint.0.wrapping_add(times);
        }
    }
    all.into_iter().flatten().collect()
}

/// The findings of lists in an order. Lists are gone through as they lie in memory, and what they hold is put where it
/// is to stand.
fn taken(mut lists: Vec<List>, order: &[Entry]) -> Vec<Option<Box<Finding>>> {
    let mut places: Vec<Vec<u32>> = lists.iter().map(|list| vec![0; list.keys.len()]).collect();
    for (place, Entry { at: (list, at), .. }) in (0..).zip(order) {
        places[*list as usize][*at as usize] = place;
    }
    let mut all = Vec::new();
    all.resize_with(order.len(), || None);
    for (list, places) in lists.iter_mut().zip(places) {
        for (key, place) in list.keys.iter().zip(places) {
            all[place as usize] = list.found[key.number as usize].finding.take();
        }
    }
    all
}

/// The ranks of files by their names; files of one name have the same.
pub(crate) struct Files {
    /// By the address of each file.
    ranks: Vec<(usize, u32)>,
}

impl Files {
    pub fn of<'f>(files: impl Iterator<Item = &'f Arc<SourceFile>>) -> Files {
        let mut files: Vec<&Arc<SourceFile>> = files.collect();
        // Documents of one file follow each other.
        files.dedup_by(|a, b| Arc::ptr_eq(a, b));
        files.sort_by_key(|file| file.name());
        let mut rank = 0;
        let mut ranks = Vec::with_capacity(files.len());
        for (number, file) in files.iter().enumerate() {
            let before = number.checked_sub(1).map(|before| files[before].name());
            rank += u32::from(before.is_some_and(|before| before != file.name()));
            ranks.push((Arc::as_ptr(file).addr(), rank));
        }
        ranks.sort_unstable();
        Files { ranks }
    }

    fn rank(&self, address: usize) -> u32 {
        let at = self.ranks.binary_search_by_key(&address, |(of, _)| *of);
        at.ok().and_then(|at| self.ranks.get(at)).map_or(u32::MAX, |(_, rank)| *rank)
    }
}

/// Findings of one control at one path (the same object in two files, two secrets in one value) are
/// told apart by their order. Few are alike, so the first look is at a bit that stands for a fingerprint.
struct Twins {
    seen: Vec<u64>,
    /// Of fingerprints that may have been seen twice.
    twice: Vec<u64>,
}

impl Twins {
    fn of(count: usize) -> Twins {
        // A bit in sixteen is set, so one finding in so many is taken for a twin.
        let words = (count / 4).next_power_of_two();
        Twins { seen: vec![0; words], twice: vec![0; words] }
    }

    /// The word and the bit of a fingerprint.
    fn place(&self, fingerprint: u64) -> (usize, u64) {
        ((fingerprint / 64) as usize % self.seen.len(), 1 << (fingerprint % 64))
    }

    /// Takes note of a fingerprint by its short hash.
    fn see(&mut self, fingerprint: u64) {
        let (word, bit) = self.place(fingerprint);
        self.twice[word] |= self.seen[word] & bit;
        self.seen[word] |= bit;
    }

    /// Which ones in a row have a fingerprint that others before them have, and how many of those there are, once all
    /// were seen. Short hashes are compared: that two fingerprints which differ have the same is not to be expected,
    /// and would tell apart what is apart.
    fn later(&self, fingerprints: impl Iterator<Item = u64>) -> Vec<(usize, u128)> {
        let twins = self.twice.iter().map(|word| word.count_ones() as usize).sum();
        let mut counts: HashMap<u64, u128, foldhash::fast::RandomState> = HashMap::default();
        counts.reserve(twins);
        let mut later = Vec::with_capacity(twins);
        for (place, fingerprint) in fingerprints.enumerate() {
            let (word, bit) = self.place(fingerprint);
            if self.twice[word] & bit != 0 {
                let count = counts.entry(fingerprint).or_default();
                if *count > 0 {
                    later.push((place, *count));
                }
                *count += 1;
            }
        }
        later
    }
}

fn folded(Fingerprint(fingerprint): Fingerprint) -> u64 {
    (fingerprint as u64 ^ (fingerprint >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

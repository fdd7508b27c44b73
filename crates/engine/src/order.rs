//! The order of findings, which depends on nothing but what was found.

use std::collections::HashMap;
use std::sync::Arc;

use plimsoll_doc::SourceFile;
use rayon::prelude::*;

use crate::findings::Found;
use crate::{Finding, Fingerprint};

/// So many findings are put in order by one thread.
const FEW: usize = 1024;

/// What has to be known of a finding to put all in order: findings stand all over the memory, and aren't looked at once
/// more for that.
#[derive(Clone, Copy, Default)]
struct Key {
    /// Place and control, in this order of weight.
    rank: u64,
    /// A short hash of its fingerprint.
    fingerprint: u64,
    file: u32,
    /// Its number among those of its list, and later among all.
    number: u32,
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
            let Finding { place, fingerprint, .. } = &**finding;
            let address = Arc::as_ptr(&place.file).addr();
            let file =
                last.filter(|(of, _)| *of == address).map_or_else(|| files.rank(address), |(_, rank)| rank);
            last = Some((address, file));
            let rank = u64::from(place.span.start) << 32 | u64::from(*rank);
            Key { rank, fingerprint: folded(*fingerprint), file, number }
        };
        let keys = (0..).zip(&found).map(key).collect();
        List { found, keys }
    }
}

/// All findings by file, place and control, then by what is said, those alike told apart.
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
    let mut order = vec![Key::default(); count];
    let mut found = Vec::with_capacity(lists.iter().map(|list| list.found.len()).sum());
    for List { found: of_list, keys } in lists {
        for key in keys {
            let next = &mut next[place(&key)];
            order[*next] = Key { number: found.len() as u32 + key.number, ..key };
            *next += 1;
        }
        found.extend(of_list.into_iter().map(|found| Some(found.finding)));
    }
    // Those of a file are few.
    let sort = |of_file: &mut [Key]| {
        let words = |key: &Key| found[key.number as usize].as_deref().map(words);
        // What is alike keeps its order.
        let compare = |a: &Key, b: &Key| {
            let by_words = || words(a).cmp(&words(b)).then_with(|| a.number.cmp(&b.number));
            a.rank.cmp(&b.rank).then_with(by_words)
        };
        match of_file.len() {
            ..=FEW => of_file.sort_unstable_by(compare),
            _ => of_file.par_sort_unstable_by(compare),
        }
    };
    let is_same_file = |a: &Key, b: &Key| a.file == b.file;
    if count <= FEW {
        order.chunk_by_mut(is_same_file).for_each(sort);
    } else {
        order.par_chunk_by_mut(is_same_file).for_each(sort);
    }
    let later = || twins.later(order.iter().map(|key| key.fingerprint));
    let mut taken = || order.iter().filter_map(|key| found[key.number as usize].take()).collect();
    let (later, mut all): (_, Vec<Box<Finding>>) =
        if count <= FEW { (later(), taken()) } else { rayon::join(later, taken) };
    for (place, times) in later {
        let Fingerprint(fingerprint) = &mut all[place].fingerprint;
        *fingerprint = fingerprint.wrapping_add(times);
    }
    all
}

/// What a finding says.
fn words(finding: &Finding) -> (&str, &str) {
    (&finding.path, &finding.message)
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

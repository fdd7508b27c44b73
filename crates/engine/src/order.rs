//! The order of findings, which depends on nothing but what was found.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use plimsoll_doc::SourceFile;
use rayon::prelude::*;

use crate::findings::Found;
use crate::{Finding, Fingerprint};

/// So many findings are sorted by one thread.
const FEW: usize = 1024;

/// Where a finding is, and what it is sorted by.
#[derive(Clone, Copy)]
struct Key {
    /// File, place and control, in this order of weight.
    rank: u128,
    /// The list that it stands in, and its number there.
    list: u32,
    number: u32,
}

fn rank(file: u32, start: u32, control: u32) -> u128 {
    u128::from(file) << 64 | u128::from(start) << 32 | u128::from(control)
}

/// All findings by file, place and control, those alike told apart.
pub(crate) fn sorted(mut found: Vec<Vec<Found>>) -> Vec<Finding> {
    let count = found.iter().map(Vec::len).sum();
    let mut order: Vec<Key> = Vec::with_capacity(count);
    let mut files = Files::default();
    let mut twins = Twins::of(count);
    for (list, findings) in (0..).zip(&found) {
        for (number, Found { rank, finding }) in (0..).zip(findings) {
            let Some(Finding { place, fingerprint, .. }) = finding else { continue };
            twins.see(*fingerprint);
            let rank = self::rank(files.number(&place.file), place.span.start, *rank);
            order.push(Key { rank, list, number });
        }
    }
    let ranks = files.ranks();
    for key in &mut order {
        let rank = ranks.get((key.rank >> 64) as usize).copied().unwrap_or(0);
        key.rank = u128::from(rank) << 64 | u128::from(key.rank as u64);
    }
    // Findings are large: what is sorted is where they are, and each is then moved once.
    let finding = |key: &Key| found[key.list as usize][key.number as usize].finding.as_ref();
    let words = |key: &Key| finding(key).map(|finding| (&*finding.path, finding.message.as_str()));
    let compare = |a: &Key, b: &Key| -> Ordering {
        let later = || words(a).cmp(&words(b)).then_with(|| (a.list, a.number).cmp(&(b.list, b.number)));
        a.rank.cmp(&b.rank).then_with(later)
    };
    if count <= FEW {
        order.sort_unstable_by(compare)
    } else {
        order.par_sort_unstable_by(compare)
    }
    let mut all = Vec::with_capacity(count);
    for key in order {
        if let Some(mut finding) = found[key.list as usize][key.number as usize].finding.take() {
            twins.tell_apart(&mut finding);
            all.push(finding);
        }
    }
    all
}

/// The files of findings. Those of one file come one after another, mostly.
#[derive(Default)]
struct Files {
    last: Option<(usize, u32)>,
    numbers: HashMap<usize, u32>,
    files: Vec<Arc<SourceFile>>,
}

impl Files {
    fn number(&mut self, file: &Arc<SourceFile>) -> u32 {
        let address = Arc::as_ptr(file).addr();
        if let Some((last, number)) = self.last
            && last == address
        {
            return number;
        }
        let number = *self.numbers.entry(address).or_insert_with(|| {
            self.files.push(Arc::clone(file));
            self.files.len() as u32 - 1
        });
        self.last = Some((address, number));
        number
    }

    /// The rank of each by its name; files of one name have the same.
    fn ranks(&self) -> Vec<u32> {
        let mut names: Vec<&str> = self.files.iter().map(|file| file.name()).collect();
        names.sort_unstable();
        names.dedup();
        self.files.iter().map(|file| names.partition_point(|name| *name < file.name()) as u32).collect()
    }
}

/// Findings of one control at one path (the same object in two files, two secrets in one value) are
/// told apart by their order. Few are alike, so the first look is at a bit that stands for a fingerprint.
struct Twins {
    seen: Vec<u64>,
    /// Those that may have been seen twice, and how many of each were told apart.
    counts: HashMap<u128, u128, BuildHasherDefault<Folded>>,
}

impl Twins {
    fn of(count: usize) -> Twins {
        // A bit in thirty-two is set, so one finding in so many is taken for a twin.
        Twins { seen: vec![0; (count / 2).next_power_of_two()], counts: HashMap::default() }
    }

    /// Takes note of a fingerprint.
    fn see(&mut self, fingerprint: Fingerprint) {
        let bit = folded(fingerprint.0) as usize;
        let (word, bit) = (bit / 64 % self.seen.len(), 1 << (bit % 64));
        if self.seen[word] & bit != 0 {
            self.counts.insert(fingerprint.0, 0);
        }
        self.seen[word] |= bit;
    }

    /// Gives the later ones of those alike a fingerprint of their own, once all were seen.
    fn tell_apart(&mut self, finding: &mut Finding) {
        if let Some(count) = self.counts.get_mut(&finding.fingerprint.0) {
            finding.fingerprint.0 = finding.fingerprint.0.wrapping_add(*count);
            *count += 1;
        }
    }
}

fn folded(fingerprint: u128) -> u64 {
    (fingerprint as u64 ^ (fingerprint >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Fingerprints are hashes already: it is enough to fold them.
#[derive(Default)]
struct Folded(u64);

impl Hasher for Folded {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.0 = self.0.rotate_left(8) ^ u64::from(byte));
    }

    fn write_u128(&mut self, fingerprint: u128) {
        self.0 = folded(fingerprint);
    }
}

//! The order of findings, which depends on nothing but what was found.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use plimsoll_doc::SourceFile;
use rayon::prelude::*;

use crate::Finding;
use crate::findings::Found;

/// So many findings are sorted by one thread.
const FEW: usize = 1024;

/// Where a finding is, and what it is sorted by.
#[derive(Clone, Copy)]
struct Key {
    file: u32,
    start: u32,
    rank: u32,
    /// The list that it stands in, and its number there.
    list: u32,
    number: u32,
}

/// All findings by file, place and control, those alike told apart.
pub(crate) fn sorted(mut found: Vec<Vec<Found>>) -> Vec<Finding> {
    let count = found.iter().map(Vec::len).sum();
    let mut order: Vec<Key> = Vec::with_capacity(count);
    let mut files = Files::default();
    for (list, findings) in (0..).zip(&found) {
        for (number, Found { rank, finding }) in (0..).zip(findings) {
            let Some(place) = finding.as_ref().map(|finding| &finding.place) else { continue };
            let (file, start) = (files.number(&place.file), place.span.start);
            order.push(Key { file, start, rank: *rank, list, number });
        }
    }
    let ranks = files.ranks();
    for key in &mut order {
        key.file = ranks.get(key.file as usize).copied().unwrap_or(0);
    }
    // Findings are large: what is sorted is where they are, and each is then moved once.
    let finding = |key: &Key| found[key.list as usize][key.number as usize].finding.as_ref();
    let words = |key: &Key| finding(key).map(|finding| (finding.path.as_str(), finding.message.as_str()));
    let compare = |a: &Key, b: &Key| -> Ordering {
        let place = |key: &Key| (key.file, key.start, key.rank);
        place(a)
            .cmp(&place(b))
            .then_with(|| words(a).cmp(&words(b)))
            .then_with(|| (a.list, a.number).cmp(&(b.list, b.number)))
    };
    if count <= FEW {
        order.sort_unstable_by(compare)
    } else {
        order.par_sort_unstable_by(compare)
    }
    let mut twins = Twins::of(count);
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
/// told apart by their order.
struct Twins(HashMap<u128, u128, BuildHasherDefault<Folded>>);

impl Twins {
    fn of(count: usize) -> Twins {
        Twins(HashMap::with_capacity_and_hasher(count, BuildHasherDefault::default()))
    }

    fn tell_apart(&mut self, finding: &mut Finding) {
        let count = self.0.entry(finding.fingerprint.0).or_default();
        finding.fingerprint.0 = finding.fingerprint.0.wrapping_add(*count);
        *count += 1;
    }
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
        self.0 = (fingerprint as u64 ^ (fingerprint >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

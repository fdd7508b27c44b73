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

/// All findings by file, place and control, those alike told apart.
pub(crate) fn sorted(found: Vec<Vec<Found>>) -> Vec<Finding> {
    let count = found.iter().map(Vec::len).sum();
    let mut all: Vec<Finding> = Vec::with_capacity(count);
    let mut order: Vec<(u32, u32, u32, usize)> = Vec::with_capacity(count);
    let mut files = Files::default();
    for Found { rank, finding } in found.into_iter().flatten() {
        order.push((files.number(&finding.place.file), finding.place.span.start, rank, all.len()));
        all.push(finding);
    }
    let ranks = files.ranks();
    for key in &mut order {
        key.0 = ranks.get(key.0 as usize).copied().unwrap_or(0);
    }
    // Findings are large: what is sorted is where they are, and each is then moved once.
    let compare = |a: &(u32, u32, u32, usize), b: &(u32, u32, u32, usize)| -> Ordering {
        (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)).then_with(|| {
            let (first, second) = (&all[a.3], &all[b.3]);
            let words = first.path.cmp(&second.path).then_with(|| first.message.cmp(&second.message));
            words.then_with(|| a.3.cmp(&b.3))
        })
    };
    if count <= FEW {
        order.sort_unstable_by(compare)
    } else {
        order.par_sort_unstable_by(compare)
    }
    let mut from: Vec<usize> = order.into_iter().map(|key| key.3).collect();
    for start in 0..from.len() {
        let mut hole = start;
        while from[hole] != start {
            let next = from[hole];
            all.swap(hole, next);
            from[hole] = hole;
            hole = next;
        }
        from[hole] = hole;
    }
    tell_twins_apart(&mut all);
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
fn tell_twins_apart(found: &mut [Finding]) {
    if found.len() < 2 {
        return;
    }
    let mut seen: HashMap<u128, u128, BuildHasherDefault<Folded>> =
        HashMap::with_capacity_and_hasher(found.len(), BuildHasherDefault::default());
    for finding in found {
        let count = seen.entry(finding.fingerprint.0).or_default();
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

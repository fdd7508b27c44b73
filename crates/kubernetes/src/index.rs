//! Indices of an inventory: made when they are first asked for.

use std::collections;
use std::hash::BuildHasher;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crate::Pod;

/// An inventory is asked so often that its hashes have to be quick; seeded anew in each process, they can't be
/// foreseen by who writes the objects.
pub(crate) type RandomState = foldhash::fast::RandomState;
pub(crate) type HashMap<K, V> = collections::HashMap<K, V, RandomState>;

/// Objects of one group and kind, by their numbers in the inventory.
#[derive(Default)]
pub(crate) struct OfKind {
    all: Vec<u32>,
    by_name: OnceLock<ByText>,
    by_namespace: OnceLock<ByText>,
    /// By what an index was asked for: a path of a text, or of a selector.
    by_hash: RwLock<HashMap<&'static str, Arc<ByHash>>>,
}

/// Objects by the hash of something of theirs. The text itself would bind an inventory to one
/// lifetime; two texts of one hash only cost a comparison.
type ByHash = HashMap<u64, Vec<u32>>;

impl OfKind {
    pub fn push(&mut self, number: u32) {
        self.all.push(number);
    }

    pub fn all(&self) -> &[u32] {
        &self.all
    }

    pub fn named<'d>(&self, name: &str, hasher: &RandomState, name_of: impl Fn(u32) -> &'d str) -> &[u32] {
        self.by_name.get_or_init(|| ByText::new(&self.all, hasher, &name_of)).of(name, hasher, name_of)
    }

    pub fn in_namespace<'d>(
        &self,
        namespace: &str,
        hasher: &RandomState,
        namespace_of: impl Fn(u32) -> &'d str,
    ) -> &[u32] {
        let by_namespace = self.by_namespace.get_or_init(|| ByText::new(&self.all, hasher, &namespace_of));
        by_namespace.of(namespace, hasher, namespace_of)
    }

    /// The index by what `path` leads to, made by `make` where it isn't there yet.
    pub fn by_hash(&self, path: &'static str, make: impl FnOnce(&[u32]) -> ByHash) -> Arc<ByHash> {
        let known = self.by_hash.read().unwrap_or_else(PoisonError::into_inner).get(path).map(Arc::clone);
        known.unwrap_or_else(|| {
            let mut indices = self.by_hash.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(indices.entry(path).or_insert_with(|| Arc::new(make(&self.all))))
        })
    }
}

/// Objects by a text of theirs: sorted by its hash, which is found without a look at the texts, then by the text,
/// and then as they were read.
struct ByText {
    hashes: Vec<u64>,
    numbers: Vec<u32>,
}

impl ByText {
    fn new<'d>(all: &[u32], hasher: &RandomState, text: impl Fn(u32) -> &'d str) -> ByText {
        let mut sorted: Vec<(u64, u32)> =
            all.iter().map(|number| (hasher.hash_one(text(*number)), *number)).collect();
        sorted.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| (text(a.1), a.1).cmp(&(text(b.1), b.1))));
        let (hashes, numbers) = sorted.into_iter().unzip();
        ByText { hashes, numbers }
    }

    /// Those whose text is the one wanted.
    fn of<'d>(&self, wanted: &str, hasher: &RandomState, text: impl Fn(u32) -> &'d str) -> &[u32] {
        let hash = hasher.hash_one(wanted);
        let start = self.hashes.partition_point(|of| *of < hash);
        let length = self.hashes[start..].partition_point(|of| *of == hash);
        let found = &self.numbers[start..start + length];
        // Two texts may have one hash.
        match (found.first(), found.last()) {
            (Some(first), Some(last)) if text(*first) != wanted || text(*last) != wanted => {
                let start = found.partition_point(|number| text(*number) < wanted);
                let length = found[start..].partition_point(|number| text(*number) == wanted);
                &found[start..start + length]
            }
            _ => found,
        }
    }
}

/// Pods of one namespace, by their numbers in the inventory.
#[derive(Default)]
pub(crate) struct PodsOf {
    all: Vec<u32>,
    /// By key and value of each label.
    by_label: OnceLock<ByHash>,
}

/// So few pods are looked through without an index.
const FEW: usize = 16;

impl PodsOf {
    pub fn push(&mut self, number: u32) {
        self.all.push(number);
    }

    pub fn all(&self) -> &[u32] {
        &self.all
    }

    /// Pods among which are all that have these labels: those that have the rarest of them.
    pub fn with_labels<'l>(
        &self,
        labels: impl Iterator<Item = (&'l str, &'l str)>,
        pods: &[Pod<'_>],
        hasher: &RandomState,
    ) -> &[u32] {
        if self.all.len() <= FEW {
            return &self.all;
        }
        let by_label = self.by_label.get_or_init(|| {
            let mut by_label = ByHash::default();
            for &number in &self.all {
                let labels = pods.get(number as usize).into_iter().flat_map(|pod| pod.labels().entries());
                for label in labels.filter_map(|(key, value)| Some((key, value.as_str()?))) {
                    by_label.entry(hasher.hash_one(label)).or_default().push(number);
                }
            }
            by_label
        });
        labels
            .map(|label| by_label.get(&hasher.hash_one(label)).map_or(&[][..], Vec::as_slice))
            .min_by_key(|pods| pods.len())
            .unwrap_or(&self.all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_one_hash_are_told_apart() {
        let texts = ["b", "a", "c", "b"];
        let (hasher, text) = (RandomState::default(), |number: u32| texts[number as usize]);
        let index = ByText::new(&[0, 1, 2, 3], &hasher, text);
        assert_eq!(index.of("b", &hasher, text), [0, 3]);
        assert_eq!(index.of("d", &hasher, text), [0; 0]);
        for (wanted, found) in [("a", &[1][..]), ("b", &[0, 3]), ("c", &[2]), ("d", &[])] {
            let alike = ByText { hashes: vec![hasher.hash_one(wanted); 4], numbers: vec![1, 0, 3, 2] };
            assert_eq!(alike.of(wanted, &hasher, text), found, "{wanted}");
        }
    }
}

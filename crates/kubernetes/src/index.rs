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
    /// Sorted by name, and then as they were read.
    by_name: OnceLock<Vec<u32>>,
    /// Sorted by namespace, and then as they were read.
    by_namespace: OnceLock<Vec<u32>>,
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

    pub fn named<'d>(&self, name: &str, name_of: impl Fn(u32) -> &'d str) -> &[u32] {
        select(&self.all, &self.by_name, name, name_of)
    }

    pub fn in_namespace<'d>(&self, namespace: &str, namespace_of: impl Fn(u32) -> &'d str) -> &[u32] {
        select(&self.all, &self.by_namespace, namespace, namespace_of)
    }
}

impl OfKind {
    /// The index by what `path` leads to, made by `make` where it isn't there yet.
    pub fn by_hash(&self, path: &'static str, make: impl FnOnce(&[u32]) -> ByHash) -> Arc<ByHash> {
        let known = self.by_hash.read().unwrap_or_else(PoisonError::into_inner).get(path).map(Arc::clone);
        known.unwrap_or_else(|| {
            let mut indices = self.by_hash.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(indices.entry(path).or_insert_with(|| Arc::new(make(&self.all))))
        })
    }
}

/// The part of a sorted list whose key is the one wanted.
fn select<'s, 'd>(
    all: &[u32],
    sorted: &'s OnceLock<Vec<u32>>,
    wanted: &str,
    key: impl Fn(u32) -> &'d str,
) -> &'s [u32] {
    let sorted = sorted.get_or_init(|| {
        let mut sorted = all.to_vec();
        sorted.sort_by(|a, b| key(*a).cmp(key(*b)));
        sorted
    });
    let start = sorted.partition_point(|&number| key(number) < wanted);
    let rest = sorted.get(start..).unwrap_or(&[]);
    let length = rest.partition_point(|&number| key(number) == wanted);
    rest.get(..length).unwrap_or(&[])
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

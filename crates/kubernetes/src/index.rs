//! Indices of an inventory: made when they are first asked for.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;

use crate::{LabelSelector, Pod};

/// Objects of one group and kind, by their numbers in the inventory.
#[derive(Default)]
pub(crate) struct OfKind {
    all: Vec<u32>,
    /// Sorted by name, and then as they were read.
    by_name: OnceLock<Vec<u32>>,
    /// Sorted by namespace, and then as they were read.
    by_namespace: OnceLock<Vec<u32>>,
}

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
    /// By the hash of key and value of each label. The text itself would bind an inventory to one
    /// lifetime; two labels of one hash only cost a comparison.
    by_label: OnceLock<HashMap<u64, Vec<u32>>>,
    hasher: RandomState,
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

    /// Pods among which are all that a selector matches: those that have the rarest of the labels that
    /// it asks for.
    pub fn candidates(&self, selector: &LabelSelector<'_>, pods: &[Pod<'_>]) -> &[u32] {
        if self.all.len() <= FEW {
            return &self.all;
        }
        let hash = |key: &str, value: &str| self.hasher.hash_one((key, value));
        let by_label = self.by_label.get_or_init(|| {
            let mut by_label: HashMap<_, Vec<u32>> = HashMap::new();
            for &number in &self.all {
                let labels = pods.get(number as usize).into_iter().flat_map(|pod| pod.labels().entries());
                for (key, value) in labels {
                    if let Some(value) = value.as_str() {
                        by_label.entry(hash(key, value)).or_default().push(number);
                    }
                }
            }
            by_label
        });
        let with = |(key, value)| by_label.get(&hash(key, value)).map_or(&[][..], Vec::as_slice);
        selector.labels().map(with).min_by_key(|pods| pods.len()).unwrap_or(&self.all)
    }
}

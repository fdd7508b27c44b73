//! Twins: findings that differ in nothing but their number.
//!
//! Their fingerprints follow one another, in the order of the findings. When the first of two twins
//! is mended the second takes its number, so that twins are matched by how many there are.

use std::collections::BTreeMap;

use crate::Finding;
use crate::baseline::Entry;

/// Fingerprints that are nearer to each other than this belong to twins: by chance no two of a
/// 128-bit hash ever are.
const NEAR: u128 = 1 << 20;

/// What belongs to what.
pub(super) struct Matches {
    /// Of each entry, whether it has a finding.
    pub entries: Vec<bool>,
    /// Of each finding, whether it has an entry.
    pub findings: Vec<bool>,
}

/// Gives every finding an entry of its own, as far as there are: first its own, then a twin's.
/// A waived finding keeps its own entry and takes none of a twin's.
pub(super) fn matches(entries: &[Entry], findings: &[Box<Finding>]) -> Matches {
    let mut matches = Matches { entries: vec![false; entries.len()], findings: vec![false; findings.len()] };
    // Entries that have no finding yet, by fingerprint.
    let mut free: BTreeMap<u128, usize> =
        entries.iter().enumerate().map(|(index, entry)| (entry.fingerprint.0, index)).collect();
    let open = |finding: &Finding| finding.waived.is_none();
    let mut take = |free: &mut BTreeMap<u128, usize>, key: u128, number: usize| {
        let Some(index) = free.remove(&key) else { return };
        if let Some(slot) = matches.entries.get_mut(index) {
            *slot = true;
        }
        if let Some(slot) = matches.findings.get_mut(number) {
            *slot = true;
        }
    };
    let mut left = Vec::new();
    for (number, finding) in findings.iter().enumerate().filter(|(_, finding)| open(finding)) {
        let key = finding.fingerprint.0;
        if free.contains_key(&key) {
            take(&mut free, key, number);
        } else {
            left.push((number, finding));
        }
    }
    for (number, finding) in left {
        let key = finding.fingerprint.0;
        let near = key.saturating_sub(NEAR)..=key.saturating_add(NEAR);
        let is_twin = |index: usize| entries.get(index).is_some_and(|e| e.control == finding.control.id);
        let twin = free.range(near).find(|(_, index)| is_twin(**index)).map(|(key, _)| *key);
        if let Some(twin) = twin {
            take(&mut free, twin, number);
        }
    }
    for (number, finding) in findings.iter().enumerate().filter(|(_, finding)| !open(finding)) {
        take(&mut free, finding.fingerprint.0, number);
    }
    matches
}

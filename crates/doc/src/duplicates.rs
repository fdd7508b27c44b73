//! Keys that stand twice in one mapping.

use std::collections::HashMap;

use crate::Kind;
use crate::document::{Draft, KEYED, LOST, MERGED};

/// Mappings of up to this many entries are compared pair by pair.
const SMALL: usize = 16;

/// Marks the entries that a later entry of the same key takes the place of, and records the pairs.
pub(crate) fn mark(document: &mut Draft) {
    let mut entries = Vec::new();
    let mut pairs = Vec::new();
    for number in 0..document.nodes.len() as u32 {
        let node = document.node(number);
        if node.kind != Kind::Mapping {
            continue;
        }
        entries.clear();
        let mut next = document.first_child(number);
        while let Some(entry) = document.nodes.get(next as usize) {
            debug_assert!(entry.flags & KEYED != 0);
            entries.push(next);
            next = entry.next;
        }
        find(document, &entries, &mut pairs);
    }
    if pairs.is_empty() {
        return;
    }
    for &(lost, _) in &pairs {
        document.nodes[lost as usize].flags |= LOST;
    }
    pairs.retain(|&(lost, _)| document.node(lost).flags & MERGED == 0);
    pairs.sort_unstable();
    document.rest.duplicates = pairs;
}

/// Adds each entry with a later one of the same key, and the last such.
pub(crate) fn find(document: &Draft, entries: &[u32], pairs: &mut Vec<(u32, u32)>) {
    if entries.len() <= SMALL {
        for (at, &entry) in entries.iter().enumerate() {
            let key = document.key(entry);
            if let Some(&kept) = entries[at + 1..].iter().rev().find(|&&later| document.key(later) == key) {
                pairs.push((entry, kept));
            }
        }
        return;
    }
    let mut last = HashMap::with_capacity(entries.len());
    for &entry in entries.iter().rev() {
        if let Some(&kept) = last.get(&document.key(entry)) {
            pairs.push((entry, kept));
        } else {
            last.insert(document.key(entry), entry);
        }
    }
}
